/// What the demo firm sells: forty products in seven lines.
struct DemoProduct {
  var name: String
  var line: String
  var category: String
  /// A code of `product_kind`.
  var kind: String
  var unit: String
  /// In yuan.
  var price: Int64
  var isCore = false
  var release = "2.0"

  var isCourse: Bool { kind == "course" }
  var isService: Bool { kind == "maintenance" || kind == "app_service" }

  static let all: [DemoProduct] = [
    DemoProduct(
      name: "财务云标准版", line: "财务云", category: "财务", kind: "licence", unit: "套", price: 19_800,
      isCore: true),
    DemoProduct(
      name: "财务云专业版", line: "财务云", category: "财务", kind: "licence", unit: "套", price: 48_000,
      isCore: true),
    DemoProduct(
      name: "财务云旗舰版", line: "财务云", category: "财务", kind: "licence", unit: "套", price: 128_000,
      isCore: true, release: "3.0"),
    DemoProduct(
      name: "固定资产模块", line: "财务云", category: "财务", kind: "licence", unit: "套", price: 9_800),
    DemoProduct(
      name: "合并报表模块", line: "财务云", category: "财务", kind: "licence", unit: "套", price: 68_000),
    DemoProduct(
      name: "发票管家", line: "财务云", category: "税务", kind: "licence", unit: "套", price: 3_600),
    DemoProduct(
      name: "税务助手", line: "财务云", category: "税务", kind: "licence", unit: "套", price: 2_400),
    DemoProduct(
      name: "供应链标准版", line: "供应链", category: "供应链", kind: "licence", unit: "套", price: 36_000,
      isCore: true),
    DemoProduct(
      name: "供应链专业版", line: "供应链", category: "供应链", kind: "licence", unit: "套", price: 86_000,
      isCore: true),
    DemoProduct(
      name: "仓储管理", line: "供应链", category: "仓储", kind: "licence", unit: "套", price: 42_000),
    DemoProduct(
      name: "采购协同", line: "供应链", category: "采购", kind: "licence", unit: "套", price: 28_000),
    DemoProduct(
      name: "条码终端", line: "供应链", category: "仓储", kind: "hardware", unit: "台", price: 3_200),
    DemoProduct(
      name: "生产制造标准版", line: "智能制造", category: "制造", kind: "licence", unit: "套", price: 98_000,
      isCore: true),
    DemoProduct(
      name: "生产制造旗舰版", line: "智能制造", category: "制造", kind: "licence", unit: "套", price: 260_000,
      release: "3.0"),
    DemoProduct(
      name: "车间看板", line: "智能制造", category: "制造", kind: "licence", unit: "套", price: 22_000),
    DemoProduct(
      name: "设备管理", line: "智能制造", category: "制造", kind: "licence", unit: "套", price: 38_000),
    DemoProduct(
      name: "质量追溯", line: "智能制造", category: "制造", kind: "licence", unit: "套", price: 46_000),
    DemoProduct(
      name: "客户管理基础版", line: "客户管理", category: "营销", kind: "licence", unit: "用户", price: 980),
    DemoProduct(
      name: "客户管理专业版", line: "客户管理", category: "营销", kind: "licence", unit: "用户", price: 1_980,
      isCore: true),
    DemoProduct(
      name: "营销自动化", line: "客户管理", category: "营销", kind: "licence", unit: "套", price: 58_000),
    DemoProduct(
      name: "电商对接", line: "客户管理", category: "营销", kind: "app_service", unit: "年", price: 6_800),
    DemoProduct(
      name: "人事薪酬", line: "协同办公", category: "人力", kind: "licence", unit: "套", price: 26_000),
    DemoProduct(
      name: "绩效考核", line: "协同办公", category: "人力", kind: "licence", unit: "套", price: 18_000),
    DemoProduct(
      name: "协同办公标准版", line: "协同办公", category: "协同", kind: "licence", unit: "用户", price: 680),
    DemoProduct(
      name: "移动审批", line: "协同办公", category: "协同", kind: "app_service", unit: "年", price: 4_800),
    DemoProduct(
      name: "集成平台", line: "平台", category: "平台", kind: "platform", unit: "套", price: 150_000,
      isCore: true),
    DemoProduct(
      name: "数据分析平台", line: "平台", category: "平台", kind: "platform", unit: "套", price: 180_000,
      release: "3.0"),
    DemoProduct(
      name: "低代码平台", line: "平台", category: "平台", kind: "platform", unit: "套", price: 120_000,
      release: "1.0"),
    DemoProduct(
      name: "实施人天", line: "服务", category: "服务", kind: "implementation", unit: "人天", price: 2_000),
    DemoProduct(
      name: "高级实施人天", line: "服务", category: "服务", kind: "implementation", unit: "人天", price: 3_500),
    DemoProduct(
      name: "客户化开发", line: "服务", category: "服务", kind: "customisation", unit: "人天", price: 3_000),
    DemoProduct(
      name: "运维服务标准", line: "服务", category: "服务", kind: "maintenance", unit: "年", price: 8_000,
      isCore: true),
    DemoProduct(
      name: "运维服务金牌", line: "服务", category: "服务", kind: "maintenance", unit: "年", price: 24_000),
    DemoProduct(
      name: "云主机", line: "服务", category: "服务", kind: "app_service", unit: "年", price: 5_600),
    DemoProduct(
      name: "财税实务公开课", line: "培训", category: "培训", kind: "course", unit: "人", price: 1_280),
    DemoProduct(
      name: "企业数字化公开课", line: "培训", category: "培训", kind: "course", unit: "人", price: 2_680),
    DemoProduct(
      name: "供应链管理公开课", line: "培训", category: "培训", kind: "course", unit: "人", price: 1_980),
    DemoProduct(
      name: "软件操作内训", line: "培训", category: "培训", kind: "course", unit: "天", price: 6_000),
    DemoProduct(
      name: "服务器", line: "平台", category: "平台", kind: "hardware", unit: "台", price: 32_000),
    DemoProduct(
      name: "智慧工厂组合", line: "智能制造", category: "制造", kind: "licence", unit: "套", price: 420_000,
      release: "3.0"),
  ]
}
