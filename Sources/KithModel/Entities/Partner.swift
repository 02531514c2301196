import KithBase

extension EntitySpec {
  /// A main trading partner of a customer.
  package static let partner = EntitySpec(
    "partner",
    plural: "partners",
    zh: "往来单位",
    meaning: "a main trading partner of a customer",
    synonyms: [("trading_partner", "trading_partners")],
    zhSynonyms: ["业务往来单位"],
    show: ["name", "customer", "relation", "other"],
    title: "name",
    time: "created",
    tracked: false,
    fields: partnerFields,
    toOne: partnerToOne)

  private static let partnerFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true, zhSynonyms: ["单位名称"]),
    FieldSpec("relation", "往来关系", .enumeration("partner_relation")),
    .created,
    .updated,
  ]

  private static let partnerToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer", required: true),
    ToOneSpec("other", "对方客户", to: "customer"),
  ]
}
