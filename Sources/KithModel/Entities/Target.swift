import KithBase

extension EntitySpec {
  /// What a member or team is to reach in a time.
  package static let target = EntitySpec(
    "target",
    plural: "targets",
    zh: "目标",
    meaning: "what a member or team is to reach in a time",
    synonyms: [("quota", "quotas")],
    zhSynonyms: ["销售目标"],
    show: ["member", "team", "measure", "amount", "number", "starts", "ends"],
    title: "measure",
    time: "starts",
    fields: targetFields,
    toOne: targetToOne,
    toMany: targetToMany,
    derived: targetDerived)

  private static let targetFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("measure", "指标", .enumeration("measure"), required: true),
    FieldSpec("amount", "金额", .money, note: "when the measure is amount"),
    FieldSpec("number", "数值", .float, zhSynonyms: ["目标值"], note: "for every other measure"),
    FieldSpec("starts", "开始日期", .date, required: true),
    FieldSpec("ends", "结束日期", .date, required: true),
    .created,
    .updated,
  ]

  private static let targetToOne: [ToOneSpec] = [
    ToOneSpec("member", "成员", to: "member"),
    ToOneSpec("team", "团队", to: "team"),
    ToOneSpec("stage", "阶段", to: "stage"),
  ]

  private static let targetToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]

  private static let targetDerived: [DerivedSpec] = [
    DerivedSpec(
      "actual", "实绩", .float,
      algorithm: "the measure of the member or team in its time; actual / aim", origin: "249,272"),
    DerivedSpec(
      "attainment", "达成率", .percent,
      algorithm: "the measure of the member or team in its time; actual / aim", origin: "249,272"),
  ]
}
