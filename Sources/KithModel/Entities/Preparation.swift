import KithBase

extension EntitySpec {
  /// Material, publicity or cost of an event.
  package static let preparation = EntitySpec(
    "preparation",
    plural: "preparations",
    zh: "筹备",
    meaning: "material, publicity or cost of an event",
    zhSynonyms: ["活动资料", "活动宣传", "活动费用"],
    show: ["event", "kind", "name", "quantity", "amount"],
    title: "name",
    time: "due",
    tracked: false,
    fields: preparationFields,
    toOne: preparationToOne)

  private static let preparationFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("kind", "类型", .enumeration("preparation_kind"), required: true),
    FieldSpec("name", "名称", .text, required: true, zhSynonyms: ["资料"]),
    FieldSpec("channel", "渠道", .enumeration("channel"), note: "publicity"),
    FieldSpec("provider", "提供方", .enumeration("provider")),
    FieldSpec("quantity", "数量", .float),
    FieldSpec("audience", "触达人数", .int, unit: "persons", note: "publicity"),
    FieldSpec("amount", "金额", .money, note: "cost"),
    FieldSpec("due", "到期日", .date),
    .created,
    .updated,
  ]

  private static let preparationToOne: [ToOneSpec] = [
    ToOneSpec("event", "活动", to: "event", required: true)
  ]
}
