import KithBase

extension EntitySpec {
  /// Territory cell with its coverage counts.
  package static let grid = EntitySpec(
    "grid",
    plural: "grids",
    zh: "网格",
    meaning: "territory cell with its coverage counts",
    synonyms: [("territory", "territories")],
    zhSynonyms: ["片区"],
    show: ["name", "team", "covered_count", "coverage", "penetration"],
    title: "name",
    time: "counted",
    fields: gridFields,
    toOne: gridToOne,
    toMany: gridToMany,
    derived: gridDerived)

  private static let gridFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true),
    FieldSpec("stock_count", "存量客户数", .int),
    FieldSpec("covered_count", "覆盖客户数", .int),
    FieldSpec("building_count", "在建覆盖数", .int),
    FieldSpec("planned_count", "预建覆盖数", .int),
    FieldSpec("counted", "盘点日期", .date, note: "earlier counts stay in change"),
    .created,
    .updated,
  ]

  private static let gridToOne: [ToOneSpec] = [
    ToOneSpec("team", "团队", to: "team"),
    ToOneSpec("parent", "上级", to: "grid"),
    ToOneSpec("owner", "负责人", to: "member"),
  ]

  private static let gridToMany: [ToManySpec] = [
    ToManySpec("customers", "客户", to: "customer", .key("grid")),
    ToManySpec("children", "下级", to: "grid", .key("parent")),
    ToManySpec("claims", "认领", to: "claim", .key("grid")),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let gridDerived: [DerivedSpec] = [
    DerivedSpec(
      "claimed_rate", "认领率", .percent,
      """
      count(customers where class = target and any(claims where live)) / count(customers \
      where class = target)
      """, origin: "332"),
    DerivedSpec("coverage", "覆盖率", .percent, "covered_count / stock_count", origin: "245"),
    DerivedSpec(
      "penetration", "渗透率", .percent, "count(customers where class = on_net) / covered_count",
      origin: "245"),
    DerivedSpec(
      "reachable", "可达率", .percent,
      "(covered_count + building_count + planned_count) / stock_count", origin: "94"),
  ]
}
