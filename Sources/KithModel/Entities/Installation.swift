import KithBase

extension EntitySpec {
  /// A product or system the customer runs: ours, its own or a rival's.
  package static let installation = EntitySpec(
    "installation",
    plural: "installations",
    zh: "在用产品",
    meaning: "a product or system the customer runs: ours, its own or a rival's",
    synonyms: [("system", "systems")],
    zhSynonyms: ["信息系统", "在用系统"],
    show: ["customer", "name", "vendor", "version", "installed", "stopped"],
    title: "name",
    time: "installed",
    fields: installationFields,
    toOne: installationToOne,
    toMany: installationToMany,
    derived: installationDerived)

  private static let installationFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true),
    FieldSpec("vendor", "厂家", .enumeration("vendor")),
    FieldSpec("version", "版本", .text),
    FieldSpec("modules", "模块", .text, zhSynonyms: ["插件"]),
    FieldSpec("effect", "应用效果", .int, range: 1...5),
    FieldSpec("installed", "启用日期", .date, zhSynonyms: ["上线时间"]),
    FieldSpec("stopped", "停用日期", .date, note: "W8"),
    FieldSpec("stop_reason", "停用原因", .text),
    .created,
    .updated,
  ]

  private static let installationToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer", required: true),
    ToOneSpec("product", "产品", to: "product"),
    ToOneSpec("competitor", "竞争对手", to: "competitor"),
  ]

  private static let installationToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]

  private static let installationDerived: [DerivedSpec] = [
    DerivedSpec("in_use", "在用", .bool, "stopped is empty", origin: "83")
  ]
}
