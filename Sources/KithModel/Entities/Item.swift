import KithBase

extension EntitySpec {
  /// A line of a purchase.
  package static let item = EntitySpec(
    "item",
    plural: "items",
    zh: "明细",
    meaning: "a line of a purchase",
    synonyms: [("order_line", "order_lines")],
    zhSynonyms: ["购买明细", "订单明细"],
    show: ["purchase", "product", "quantity", "unit_price", "amount"],
    title: "product",
    time: "purchase.ordered",
    tracked: false,
    fields: itemFields,
    toOne: itemToOne,
    derived: itemDerived)

  private static let itemFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("quantity", "数量", .float, required: true, default: "1"),
    FieldSpec("unit_price", "单价", .money),
    FieldSpec("discount", "折扣", .percent),
    FieldSpec("amount", "金额", .money),
    FieldSpec("cost", "成本", .money),
    .created,
    .updated,
  ]

  private static let itemToOne: [ToOneSpec] = [
    ToOneSpec("purchase", "购买", to: "purchase", required: true),
    ToOneSpec("product", "产品", to: "product", required: true),
  ]

  private static let itemDerived: [DerivedSpec] = [
    DerivedSpec("profit", "利润", .money, "amount - cost", origin: "data"),
    DerivedSpec(
      "product_since", "产品首购", .date, "min(purchase.ordered per purchase.customer, product)",
      origin: "81"),
  ]
}
