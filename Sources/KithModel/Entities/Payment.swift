import KithBase

extension EntitySpec {
  /// A payment milestone and what came in.
  package static let payment = EntitySpec(
    "payment",
    plural: "payments",
    zh: "回款",
    meaning: "a payment milestone and what came in",
    synonyms: [("receipt", "receipts")],
    show: ["purchase", "milestone", "due", "amount", "received", "overdue"],
    title: "milestone",
    time: "due",
    fields: paymentFields,
    toOne: paymentToOne,
    toMany: paymentToMany,
    derived: paymentDerived)

  private static let paymentFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("milestone", "回款节点", .text),
    FieldSpec("due", "到期日", .date),
    FieldSpec("amount", "金额", .money, zhSynonyms: ["应收"], note: "what is due"),
    FieldSpec("paid", "回款日期", .date),
    FieldSpec("received", "实收", .money),
    .created,
    .updated,
  ]

  private static let paymentToOne: [ToOneSpec] = [
    ToOneSpec("purchase", "购买", to: "purchase", required: true)
  ]

  private static let paymentToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]

  private static let paymentDerived: [DerivedSpec] = [
    DerivedSpec("outstanding", "未回款", .money, "amount - (received ?? ¥0)", origin: "271,272"),
    DerivedSpec("overdue", "逾期", .bool, "due < today and outstanding > ¥0", origin: "271,272"),
  ]
}
