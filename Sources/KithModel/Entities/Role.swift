import KithBase

extension EntitySpec {
  /// What one contact is in one opportunity (CUTE and more).
  package static let role = EntitySpec(
    "role",
    plural: "roles",
    zh: "购买角色",
    meaning: "what one contact is in one opportunity (CUTE and more)",
    synonyms: [("buying_role", "buying_roles")],
    zhSynonyms: ["角色"],
    show: ["opportunity", "contact", "role", "stance", "influence", "trust"],
    title: "role",
    time: "created",
    unique: [["opportunity_id", "contact_id", "role"]],
    fields: roleFields,
    toOne: roleToOne,
    toMany: roleToMany)

  private static let roleFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("role", "角色", .enumeration("role"), required: true),
    FieldSpec("stance", "立场", .enumeration("stance"), synonyms: ["supports"]),
    FieldSpec("influence", "影响力", .int, range: 1...5),
    FieldSpec("trust", "信赖感", .int, range: 0...5, zhSynonyms: ["好感"]),
    FieldSpec("driver", "驱动力", .enumeration("driver")),
    FieldSpec("driver_met", "满足程度", .int, range: 0...5),
    FieldSpec("evidence", "证据", .text, note: "usage report, test certificate"),
    FieldSpec("from_title", "按职位判定", .bool, note: "role guessed from the title: a finding"),
    .created,
    .updated,
  ]

  private static let roleToOne: [ToOneSpec] = [
    ToOneSpec("opportunity", "商机", to: "opportunity", required: true),
    ToOneSpec("contact", "联系人", to: "contact", required: true),
  ]

  private static let roleToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]
}
