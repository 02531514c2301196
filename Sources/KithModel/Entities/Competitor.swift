import KithBase

extension EntitySpec {
  /// A rival vendor.
  package static let competitor = EntitySpec(
    "competitor",
    plural: "competitors",
    zh: "竞争对手",
    meaning: "a rival vendor",
    zhSynonyms: ["对手"],
    show: ["name", "kind", "lost_amount"],
    title: "name",
    time: "created",
    unique: [["name"]],
    tracked: false,
    fields: competitorFields,
    toMany: competitorToMany,
    derived: competitorDerived)

  private static let competitorFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true),
    FieldSpec("kind", "类型", .enumeration("competitor_kind")),
    .created,
    .updated,
  ]

  private static let competitorToMany: [ToManySpec] = [
    ToManySpec("installations", "在用产品", to: "installation", .key("competitor")),
    ToManySpec("rivals", "竞争情报", to: "rival", .key("competitor")),
    ToManySpec("lost_opportunities", "输掉的商机", to: "opportunity", .key("lost_to")),
  ]

  private static let competitorDerived: [DerivedSpec] = [
    DerivedSpec("lost_amount", "输掉金额", .money, "sum(lost_opportunities.amount where lost)")
  ]
}
