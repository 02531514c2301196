import KithBase

extension EntitySpec {
  /// Team, region, branch or channel partner: a tree.
  package static let team = EntitySpec(
    "team",
    plural: "teams",
    zh: "团队",
    meaning: "team, region, branch or channel partner: a tree",
    show: ["name", "kind", "parent", "leader", "open_amount"],
    title: "name",
    time: "created",
    fields: teamFields,
    toOne: teamToOne,
    toMany: teamToMany,
    derived: teamDerived)

  private static let teamFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true),
    FieldSpec("kind", "类型", .enumeration("team_kind")),
    .created,
    .updated,
  ]

  private static let teamToOne: [ToOneSpec] = [
    ToOneSpec("parent", "上级", to: "team"),
    ToOneSpec("leader", "主管", to: "member", zhSynonyms: ["经理"]),
  ]

  private static let teamToMany: [ToManySpec] = [
    ToManySpec("members", "成员", to: "member", .key("team")),
    ToManySpec("children", "下级", to: "team", .key("parent")),
    ToManySpec("grids", "网格", to: "grid", .key("team")),
    ToManySpec("events", "活动", to: "event", .key("host")),
    ToManySpec("responses", "答卷", to: "response", .key("team")),
    ToManySpec("signals", "预警", to: "signal", .key("team")),
    ToManySpec("targets", "目标", to: "target", .key("team")),
    ToManySpec("settings", "设置", to: "setting", .key("team")),
    ToManySpec("customers", "客户", to: "customer", .chain(["members", "customers"])),
    ToManySpec("opportunities", "商机", to: "opportunity", .chain(["members", "opportunities"])),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let teamDerived: [DerivedSpec] = [
    DerivedSpec(
      "open_amount", "在途金额", .money, "sum(opportunities.amount where open)", origin: "249")
  ]
}
