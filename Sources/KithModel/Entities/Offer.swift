import KithBase

extension EntitySpec {
  /// A product or quotation put to the customer, with the answer.
  package static let offer = EntitySpec(
    "offer",
    plural: "offers",
    zh: "报价",
    meaning: "a product or quotation put to the customer, with the answer",
    synonyms: [("quote", "quotes"), ("quotation", "quotations")],
    zhSynonyms: ["报价单", "商机产品"],
    show: ["opportunity", "product", "quantity", "amount", "offered", "answer"],
    title: "product",
    time: "offered",
    fields: offerFields,
    toOne: offerToOne,
    toMany: offerToMany)

  private static let offerFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("offered", "报价日期", .date, note: "empty = meant, not yet quoted"),
    FieldSpec("quantity", "数量", .float),
    FieldSpec("amount", "金额", .money),
    FieldSpec("terms", "商务条款", .text),
    FieldSpec("template", "方案模板", .text, note: "W5"),
    FieldSpec("answer", "答复", .enumeration("offer_answer"), note: "W16"),
    FieldSpec("answered", "答复时间", .time),
    .created,
    .updated,
  ]

  private static let offerToOne: [ToOneSpec] = [
    ToOneSpec("opportunity", "商机", to: "opportunity", required: true),
    ToOneSpec("product", "产品", to: "product"),
  ]

  private static let offerToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]
}
