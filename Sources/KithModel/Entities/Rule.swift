import KithBase

extension EntitySpec {
  /// An early warning as a Kith condition, or one noted by hand.
  package static let rule = EntitySpec(
    "rule",
    plural: "rules",
    zh: "预警规则",
    meaning: "an early warning as a Kith condition, or one noted by hand",
    synonyms: [("warning_rule", "warning_rules")],
    zhSynonyms: ["规则"],
    show: ["code", "name", "entity", "severity", "active"],
    title: "name",
    unique: [["code"]],
    fields: ruleFields,
    toMany: ruleToMany)

  private static let ruleFields: [FieldSpec] = [
    .id,
    FieldSpec("code", "编号", .text, required: true, note: "W1 … W30"),
    FieldSpec("name", "名称", .text, column: "name_zh", secondColumn: "name_en", required: true),
    FieldSpec(
      "entity", "对象类型", .text, required: true,
      note: "customer, opportunity, claim, referrer, team, project"),
    FieldSpec("condition", "条件", .text, note: "Kith; empty = recorded by hand"),
    FieldSpec("severity", "级别", .int, range: 1...3),
    FieldSpec("window_days", "窗口天数", .int, unit: "days"),
    FieldSpec("origin", "出处", .text),
    FieldSpec("active", "有效", .bool, default: "1"),
    .created,
    .updated,
  ]

  private static let ruleToMany: [ToManySpec] = [
    ToManySpec("signals", "预警", to: "signal", .key("rule")),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]
}
