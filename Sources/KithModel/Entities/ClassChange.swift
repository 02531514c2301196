import KithBase

extension EntitySpec {
  /// Every change of a customer's class, one row each.
  package static let classChange = EntitySpec(
    "class_change",
    plural: "class_changes",
    zh: "类别变更",
    meaning: "every change of a customer's class, one row each",
    zhSynonyms: ["类别历史"],
    show: ["customer", "from", "to", "at", "author"],
    title: "to",
    time: "at",
    importable: false,
    tracked: false,
    fields: classChangeFields,
    toOne: classChangeToOne,
    derived: [
      DerivedSpec(
        "stay", "停留时长", .duration(.microseconds),
        "(next(at sort at per customer) ?? now) - at", origin: "245")
    ])

  private static let classChangeFields: [FieldSpec] = [
    .id,
    FieldSpec("from", "变更前", .enumeration("class"), column: "from_class"),
    FieldSpec("to", "变更后", .enumeration("class"), column: "to_class", required: true),
    FieldSpec("at", "时间", .time, column: "at", required: true),
    FieldSpec("evidence", "证据", .text, zhSynonyms: ["依据"], note: "visit, agreement …"),
  ]

  private static let classChangeToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer", required: true),
    ToOneSpec("author", "操作人", to: "member"),
  ]
}
