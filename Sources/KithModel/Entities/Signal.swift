import KithBase

extension EntitySpec {
  /// A warning raised, by rule or by hand.
  package static let signal = EntitySpec(
    "signal",
    plural: "signals",
    zh: "预警",
    meaning: "a warning raised, by rule or by hand",
    synonyms: [("warning", "warnings"), ("alert", "alerts")],
    zhSynonyms: ["信号", "预警信号"],
    show: ["rule", "customer", "opportunity", "raised", "handled"],
    title: "rule",
    time: "raised",
    fields: signalFields,
    toOne: signalToOne,
    toMany: signalToMany,
    derived: signalDerived)

  private static let signalFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("raised", "发现时间", .time, required: true),
    FieldSpec("by_hand", "手工", .bool),
    FieldSpec("evidence", "证据", .text),
    FieldSpec("handled", "处理时间", .time),
    FieldSpec("handling", "处理", .text),
    .created,
    .updated,
  ]

  private static let signalToOne: [ToOneSpec] = [
    ToOneSpec("rule", "预警规则", to: "rule", required: true),
    ToOneSpec("customer", "客户", to: "customer"),
    ToOneSpec("opportunity", "商机", to: "opportunity"),
    ToOneSpec("member", "成员", to: "member"),
    ToOneSpec("referrer", "推荐人", to: "referrer"),
    ToOneSpec("team", "团队", to: "team"),
  ]

  private static let signalToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]

  private static let signalDerived: [DerivedSpec] = [
    DerivedSpec("open", "未结", .bool, "handled is empty", origin: "268")
  ]
}
