/// Words of names and of trade in which a character is read otherwise than alone.
///
/// Places first of all (重庆 chongqing, 六安 luan), then 行 as hang, 长 as zhang, 还 as huan.
/// Only what the reading of the single characters would get wrong.
enum PinyinPhrases {
  /// `WORD READING` pairs between commas.
  static let text = """
    白术 bai zhu, 班长 ban zhang, 宝藏 bao zang, 蚌埠 beng bu, 秘鲁 bi lu, 泌阳 bi yang, 部长 bu zhang, \
    差旅 chai lv, 偿还 chang huan, 厂长 chang zhang, 车行 che hang, 成长 cheng zhang, 称职 chen zhi, \
    重复 chong fu, 重构 chong gou, 重建 chong jian, 重启 chong qi, 重庆 chong qing, 重新 chong xin, \
    重阳 chong yang, 重组 chong zu, 船长 chuan zhang, 穿着 chuan zhuo, 出差 chu chai, 处长 chu zhang, \
    村长 cun zhang, 大夫 dai fu, 大厦 da sha, 店长 dian zhang, 地壳 di qiao, 东阿 dong e, \
    董事长 dong shi zhang, 队长 dui zhang, 堵塞 du se, 阿胶 e jiao, 仿佛 fang fu, 返还 fan huan, \
    繁峙 fan shi, 分行 fen hang, 复辟 fu bi, 咖喱 ga li, 伽马 ga ma, 蛤蜊 ge li, 工行 gong hang, \
    供给 gong ji, 广厦 guang sha, 关卡 guan qia, 馆长 guan zhang, 归还 gui huan, 涡阳 guo yang, \
    海参 hai shen, 巷道 hang dao, 行家 hang jia, 行列 hang lie, 行情 hang qing, 行业 hang ye, \
    行长 hang zhang, 洪洞 hong tong, 黄陂 huang pi, 还款 huan kuan, 还原 huan yuan, 会长 hui zhang, \
    珲春 hun chun, 湖泊 hu po, 建行 jian hang, 校对 jiao dui, 校验 jiao yan, 校准 jiao zhun, \
    家长 jia zhang, 今朝 jin zhao, 给水 ji shui, 角色 jue se, 筠连 jun lian, 龟裂 jun lie, \
    局长 ju zhang, 喀什 ka shi, 科长 ke zhang, 恐吓 kong he, 空调 kong tiao, 会稽 kuai ji, \
    会计 kuai ji, 乐亭 lao ting, 梁山泊 liang shan po, 理事长 li shi zhang, 露面 lou mian, 六安 lu an, \
    绿林 lu lin, 萝卜 luo bo, 埋怨 man yuan, 模板 mu ban, 模具 mu ju, 牟平 mu ping, 模样 mu yang, \
    内行 nei hang, 农行 nong hang, 暖和 nuan huo, 迫击炮 pai ji pao, 番禺 pan yu, 便宜 pian yi, \
    扁舟 pian zhou, 纤夫 qian fu, 荨麻 qian ma, 犍为 qian wei, 壳牌 qiao pai, 切削 qie xiao, \
    琴行 qin hang, 区长 qu zhang, 人参 ren shen, 商行 shang hang, 单县 shan xian, 生长 sheng zhang, \
    社长 she zhang, 似的 shi de, 什邡 shi fang, 什锦 shi jin, 十里堡 shi li pu, 市长 shi zhang, \
    率领 shuai ling, 率先 shuai xian, 所长 suo zhang, 宕昌 tan chang, 弹簧 tan huang, 弹性 tan xing, \
    调节 tiao jie, 调解 tiao jie, 调料 tiao liao, 调试 tiao shi, 调味 tiao wei, 调整 tiao zheng, \
    同行 tong hang, 投行 tou hang, 投降 tou xiang, 团长 tuan zhang, 吐蕃 tu bo, 退还 tui huan, \
    外行 wai hang, 瓦窑堡 wa yao bu, 吴堡 wu bu, 县长 xian zhang, 校长 xiao zhang, 协调 xie tiao, \
    解州 xie zhou, 星宿 xing xiu, 西洋参 xi yang shen, 西藏 xi zang, 畜产 xu chan, 雪茄 xue jia, \
    血泊 xue po, 畜牧 xu mu, 浚县 xun xian, 鸭绿江 ya lu jiang, 央行 yang hang, 洋行 yang hang, \
    铅山 yan shan, 荥经 ying jing, 银行 yin hang, 音乐 yin yue, 游说 you shui, 院长 yuan zhang, \
    乐队 yue dui, 乐器 yue qi, 乐清 yue qing, 乐团 yue tuan, 尉犁 yu li, 匀称 yun chen, 蔚县 yu xian, \
    藏药 zang yao, 藏族 zang zu, 增长 zeng zhang, 站长 zhan zhang, 招行 zhao hang, 朝晖 zhao hui, \
    朝霞 zhao xia, 镇长 zhen zhang, 支行 zhi hang, 中牟 zhong mu, 传记 zhuan ji, 着力 zhuo li, \
    着陆 zhuo lu, 着装 zhuo zhuang, 自给 zi ji, 仔细 zi xi, 自传 zi zhuan, 总行 zong hang, \
    枞阳 zong yang, 组长 zu zhang
    """
}
