import KithBase

extension EntitySpec {
  /// A product, course or service we sell; carries its line and generation.
  package static let product = EntitySpec(
    "product",
    plural: "products",
    zh: "产品",
    meaning: "a product, course or service we sell; carries its line and generation",
    zhSynonyms: ["商品"],
    show: ["name", "line", "kind", "list_price", "core", "active"],
    title: "name",
    time: "launched",
    fields: productFields,
    toMany: productToMany)

  private static let productFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true, zhSynonyms: ["产品名称"]),
    FieldSpec("line", "产品线", .text, synonyms: ["series"]),
    FieldSpec("category", "品类", .text),
    FieldSpec("kind", "类型", .enumeration("product_kind")),
    FieldSpec("unit", "单位", .text),
    FieldSpec("list_price", "标价", .money),
    FieldSpec("core", "核心产品", .bool),
    FieldSpec("release", "代次", .text, note: "1.0, 2.0, 3.0"),
    FieldSpec("course", "公开课", .bool, note: "drives ndf.F"),
    FieldSpec("bundle", "组合", .bool),
    FieldSpec("launched", "上市日期", .date),
    FieldSpec("active", "有效", .bool, default: "1"),
    .created,
    .updated,
  ]

  private static let productToMany: [ToManySpec] = [
    ToManySpec("installations", "在用产品", to: "installation", .key("product")),
    ToManySpec("opportunities", "商机", to: "opportunity", .key("product")),
    ToManySpec("offers", "报价", to: "offer", .key("product")),
    ToManySpec("activities", "跟进", to: "activity", .key("product")),
    ToManySpec("events", "活动", to: "event", .key("product")),
    ToManySpec("items", "明细", to: "item", .key("product")),
    ToManySpec("customers", "客户", to: "customer", .chain(["items", "purchase", "customer"])),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]
}
