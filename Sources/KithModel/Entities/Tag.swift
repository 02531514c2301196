import KithBase

extension EntitySpec {
  /// One word put on a customer or contact: topic of interest, management link, need.
  package static let tag = EntitySpec(
    "tag",
    plural: "tags",
    zh: "标签",
    meaning: "one word put on a customer or contact: topic of interest, management link, need",
    zhSynonyms: ["话题"],
    show: ["name", "kind", "customer", "contact"],
    title: "name",
    time: "created",
    unique: [
      ["name", "customer_id", "contact_id IS NULL"],
      ["name", "contact_id", "contact_id IS NOT NULL"],
    ],
    tracked: false,
    fields: tagFields,
    toOne: tagToOne)

  private static let tagFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true),
    FieldSpec("kind", "类型", .enumeration("tag_kind"), required: true, default: "'free'"),
    .created,
    .updated,
  ]

  private static let tagToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer"),
    ToOneSpec("contact", "联系人", to: "contact"),
  ]
}
