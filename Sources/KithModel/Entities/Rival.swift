import KithBase

extension EntitySpec {
  /// A competitor met at a customer, or in one opportunity.
  package static let rival = EntitySpec(
    "rival",
    plural: "rivals",
    zh: "竞争情报",
    meaning: "a competitor met at a customer, or in one opportunity",
    zhSynonyms: ["对手情况"],
    show: ["customer", "opportunity", "competitor", "price", "strategy"],
    title: "competitor",
    time: "since",
    fields: rivalFields,
    toOne: rivalToOne,
    toMany: rivalToMany)

  private static let rivalFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("since", "起始日期", .date),
    FieldSpec("replaced_us", "已取代我方", .bool, note: "W9"),
    FieldSpec("solution", "方案特点", .text),
    FieldSpec("price", "对手报价", .money),
    FieldSpec("strategy", "竞争策略", .text, note: "the rival's"),
    FieldSpec("strengths", "优势", .text),
    FieldSpec("weaknesses", "劣势", .text),
    FieldSpec("remark", "备注", .text),
    .created,
    .updated,
  ]

  private static let rivalToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer"),
    ToOneSpec("opportunity", "商机", to: "opportunity"),
    ToOneSpec("competitor", "竞争对手", to: "competitor", required: true),
  ]

  private static let rivalToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]
}
