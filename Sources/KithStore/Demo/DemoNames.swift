/// Words that names are put together from. No real firm or person is meant.
enum DemoNames {
  static let brandFirst = words(
    """
    瑞 恒 盛 达 华 鑫 宏 金 泰 安 远 博 中 天 海 新 宇 星 佳 利 德 诚 信 永 兴 隆 昌 荣 嘉 明 凯 龙
    """)

  static let brandSecond = words(
    """
    丰 源 通 和 祥 康 顺 成 润 宝 联 创 科 立 威 力 光 元 正 江 峰 阳 图 腾 合 益 美 方 众 智 升 邦
    """)

  static let legalForms = words("有限公司 有限公司 有限公司 有限责任公司 股份有限公司 集团有限公司")

  /// A line of business as it stands in a name, with the industry it belongs to.
  static let trades: [(word: String, industry: String)] = [
    ("机械", "manufacturing"), ("电子", "manufacturing"), ("贸易", "trade"), ("商贸", "trade"),
    ("科技", "it"), ("信息技术", "it"), ("软件", "it"), ("建设工程", "construction"),
    ("建筑装饰", "construction"), ("物流", "transport"), ("运输", "transport"), ("食品", "manufacturing"),
    ("服饰", "manufacturing"), ("五金制品", "manufacturing"), ("塑胶制品", "manufacturing"),
    ("精密模具", "manufacturing"), ("医疗器械", "health"), ("医药", "health"), ("酒店管理", "hospitality"),
    ("餐饮管理", "hospitality"), ("房地产开发", "real_estate"), ("物业管理", "real_estate"),
    ("教育咨询", "education"), ("培训学校", "education"), ("文化传播", "culture"), ("广告", "culture"),
    ("投资管理", "finance"), ("小额贷款", "finance"), ("农业发展", "agriculture"), ("种业", "agriculture"),
    ("矿业", "mining"), ("能源", "utilities"), ("环保工程", "environment"), ("企业管理咨询", "business_services"),
    ("人力资源", "business_services"), ("检测技术", "science"), ("汽车服务", "personal_services"),
    ("包装", "manufacturing"), ("纺织", "manufacturing"), ("化工", "manufacturing"),
  ]

  static let englishFirst = words(
    """
    North South East West Blue Green Silver Golden Bright Swift Prime Grand Pacific Summit River
    Harbor Cedar Maple Stone Iron Crystal Lotus Dragon Phoenix Orient Unity Delta Nova Apex Terra
    Vista Crown
    """)

  static let englishSecond = words(
    """
    field bridge gate port wood land works point line way light mark ford hill star peak
    """)

  static let englishTrades = [
    "Logistics", "Trading", "Electronics", "Foods", "Textiles", "Machinery", "Chemicals",
    "Software",
    "Consulting", "Packaging", "Medical", "Education", "Hotels", "Energy", "Media", "Tools",
  ]

  static let englishForms = [" Ltd", " Co. Ltd", " Inc", " Group"]

  static let surnames = words(
    """
    王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 罗 高 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾
    """)

  static let givenFirst = words(
    """
    志 建 国 文 明 永 德 秀 桂 海 春 丽 晓 玉 美 伟 家 雨 子 思 佳 浩 俊 雅 静 慧 立 宏 世 天 嘉 欣
    """)

  static let givenSecond = words(
    """
    强 华 平 芳 军 英 敏 杰 霞 涛 红 兰 辉 鹏 燕 刚 玲 波 斌 萍 宇 晨 轩 怡 琳 峰 梅 超 勇 娟 洋 婷
    """)

  static let titles: [(title: String, level: String)] = [
    ("总经理", "executive"), ("副总经理", "executive"), ("财务总监", "executive"), ("董事长", "executive"),
    ("采购经理", "middle"), ("信息部经理", "middle"), ("财务经理", "middle"), ("行政经理", "middle"),
    ("生产主管", "middle"), ("会计", "staff"), ("出纳", "staff"), ("采购员", "staff"), ("系统管理员", "staff"),
    ("文员", "staff"), ("工程师", "staff"),
  ]

  private static func words(_ text: String) -> [String] {
    text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
  }
}
