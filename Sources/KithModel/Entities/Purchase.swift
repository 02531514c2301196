import KithBase

extension EntitySpec {
  /// An order or contract; a service contract is one with a term.
  package static let purchase = EntitySpec(
    "purchase",
    plural: "purchases",
    zh: "购买",
    meaning: "an order or contract; a service contract is one with a term",
    synonyms: [("order", "orders")],
    zhSynonyms: ["订单", "服务合同"],
    show: ["ordered", "customer", "name", "amount", "owner"],
    title: "contract",
    time: "ordered",
    fields: purchaseFields,
    toOne: purchaseToOne,
    toMany: purchaseToMany,
    derived: purchaseDerived)

  private static let purchaseFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, zhSynonyms: ["购买项目"]),
    FieldSpec("ordered", "购买日期", .date, required: true, zhSynonyms: ["订单日期", "购买时间"]),
    FieldSpec("contract", "合同号", .text, zhSynonyms: ["订单号"], note: "contract or order number"),
    FieldSpec("signed", "签订日期", .date),
    FieldSpec("provisioned", "开通日期", .date, zhSynonyms: ["发货日期"], note: "provisioned or shipped"),
    FieldSpec("starts", "开始日期", .date, note: "term of a service"),
    FieldSpec("ends", "结束日期", .date),
    FieldSpec("amount", "金额", .money, zhSynonyms: ["销售额"], note: "sum of its items"),
    FieldSpec("cost", "成本", .money),
    FieldSpec("discount_kind", "优惠方式", .enumeration("discount_kind"), note: "W13"),
    FieldSpec("presales", "售前参与", .bool, note: "W2"),
    FieldSpec("returned", "已退货", .bool, zhSynonyms: ["退回"]),
    FieldSpec("city", "城市", .text, note: "delivered to"),
    FieldSpec("province", "省", .text, zhSynonyms: ["省份"]),
    FieldSpec("region", "地区", .text),
    .created,
    .updated,
  ]

  private static let purchaseToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer", required: true),
    ToOneSpec("opportunity", "商机", to: "opportunity"),
    ToOneSpec("owner", "负责人", to: "member"),
  ]

  private static let purchaseToMany: [ToManySpec] = [
    ToManySpec("attendances", "参会", to: "attendance", .key("purchase")),
    ToManySpec("items", "明细", to: "item", .key("purchase")),
    ToManySpec("payments", "回款", to: "payment", .key("purchase")),
    ToManySpec("projects", "项目", to: "project", .key("purchase")),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let purchaseDerived: [DerivedSpec] = [
    DerivedSpec(
      "gap", "距前次", .duration(.days), "ordered - previous(ordered sort ordered per customer)",
      origin: "241"),
    DerivedSpec(
      "deviation", "偏离周期", .duration(.microseconds),
      "if(gap > customer.interval, gap - customer.interval, customer.interval - gap)", origin: "241"
    ),
    DerivedSpec("profit", "利润", .money, "amount - cost", origin: "data"),
    DerivedSpec(
      "in_force", "在服务期", .bool, "starts <= today and (ends is empty or ends >= today)",
      origin: "271"),
    DerivedSpec(
      "collected_rate", "回款率", .percent, "sum(payments.received) / sum(payments.amount)",
      origin: "248,249"),
  ]
}
