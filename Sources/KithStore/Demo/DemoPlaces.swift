/// A hundred cities with province and region, the largest first.
struct DemoPlace {
  var city: String
  var province: String
  var region: String

  static let all: [DemoPlace] = table.split(separator: "\n").flatMap { line -> [DemoPlace] in
    let words = line.split(separator: " ").map(String.init)
    guard words.count > 2 else { return [] }
    return words.dropFirst(2).map { DemoPlace(city: $0, province: words[1], region: words[0]) }
  }

  /// Places of `all` by size, by city name.
  static let bySize: [DemoPlace] = {
    let large = ["上海", "北京", "深圳", "广州", "重庆", "苏州", "成都", "杭州", "武汉", "南京"]
    let first = large.compactMap { name in all.first { $0.city == name } }
    return first + all.filter { !large.contains($0.city) }
  }()

  /// Region, province, cities.
  private static let table = """
    华东 上海 上海
    华北 北京 北京
    华南 广东 深圳 广州 东莞 佛山 惠州 中山 珠海 江门 汕头 湛江
    华东 江苏 苏州 南京 无锡 常州 南通 徐州 扬州 盐城
    华东 浙江 杭州 宁波 温州 嘉兴 绍兴 台州 金华
    西南 重庆 重庆
    西南 四川 成都 绵阳 德阳 宜宾
    华中 湖北 武汉 宜昌 襄阳 荆州 黄石
    华北 天津 天津
    华东 山东 青岛 济南 烟台 潍坊 临沂 淄博 济宁
    华中 河南 郑州 洛阳 南阳 新乡
    华中 湖南 长沙 株洲 岳阳 衡阳
    华东 福建 厦门 福州 泉州 漳州
    西北 陕西 西安 宝鸡 咸阳
    华东 安徽 合肥 芜湖 马鞍山
    东北 辽宁 沈阳 大连 鞍山
    华北 河北 石家庄 唐山 保定 廊坊 沧州
    西南 云南 昆明 曲靖 玉溪
    华南 广西 南宁 柳州 桂林
    华东 江西 南昌 赣州 九江
    东北 吉林 长春 吉林
    东北 黑龙江 哈尔滨 大庆
    西南 贵州 贵阳 遵义
    华北 山西 太原 大同
    华北 内蒙古 呼和浩特 包头 鄂尔多斯
    西北 甘肃 兰州 天水
    西北 新疆 乌鲁木齐 克拉玛依
    华南 海南 海口 三亚
    西北 宁夏 银川
    西北 青海 西宁
    西南 西藏 拉萨
    """
}
