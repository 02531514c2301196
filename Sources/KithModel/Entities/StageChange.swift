import KithBase

extension EntitySpec {
  /// Every stage move and closing, one row each.
  package static let stageChange = EntitySpec(
    "stage_change",
    plural: "stage_changes",
    zh: "阶段变更",
    meaning: "every stage move and closing, one row each",
    zhSynonyms: ["阶段历史"],
    show: ["opportunity", "from", "to", "state", "at", "amount"],
    title: "to",
    time: "at",
    importable: false,
    tracked: false,
    fields: stageChangeFields,
    toOne: stageChangeToOne,
    derived: stageChangeDerived)

  private static let stageChangeFields: [FieldSpec] = [
    .id,
    FieldSpec("state", "状态", .enumeration("opportunity_state"), required: true),
    FieldSpec("at", "时间", .time, column: "at", required: true),
    FieldSpec("amount", "金额", .money, note: "at that moment"),
    FieldSpec("expected_close", "预计成交", .date, note: "at that moment"),
    FieldSpec("reason", "原因", .text),
  ]

  private static let stageChangeToOne: [ToOneSpec] = [
    ToOneSpec("from", "变更前", to: "stage"),
    ToOneSpec("to", "变更后", to: "stage"),
    ToOneSpec("opportunity", "商机", to: "opportunity", required: true),
    ToOneSpec("author", "操作人", to: "member"),
  ]

  private static let stageChangeDerived: [DerivedSpec] = [
    DerivedSpec("back", "是回退", .bool, "to < from", origin: "54")
  ]
}
