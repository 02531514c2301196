import KithBase

extension EntitySpec {
  /// The ideal customer: 4 inner criteria, 6 outward traits as Kith conditions.
  package static let profile = EntitySpec(
    "profile",
    plural: "profiles",
    zh: "客户画像",
    meaning: "the ideal customer: 4 inner criteria, 6 outward traits as Kith conditions",
    synonyms: [("ideal_profile", "ideal_profiles")],
    zhSynonyms: ["理想客户画像"],
    show: ["name", "owner", "profitable", "capable"],
    title: "name",
    time: "created",
    tracked: false,
    fields: profileFields,
    toOne: profileToOne,
    toMany: profileToMany)

  private static let profileFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true),
    FieldSpec("profitable", "能赚到钱", .text),
    FieldSpec("capable", "在能力之内", .text),
    FieldSpec("cooperative", "配合尊重", .text),
    FieldSpec("pleasant", "合作愉快", .text),
    FieldSpec("industry_rule", "行业条件", .text, note: "Kith over the customer, as the five below"),
    FieldSpec("location_rule", "位置条件", .text),
    FieldSpec("size_rule", "规模条件", .text),
    FieldSpec("contact_rule", "接触对象条件", .text),
    FieldSpec("personality_rule", "性格条件", .text),
    FieldSpec("need_rule", "需求条件", .text),
    .created,
    .updated,
  ]

  private static let profileToOne: [ToOneSpec] = [
    ToOneSpec("owner", "负责人", to: "member")
  ]

  private static let profileToMany: [ToManySpec] = [
    ToManySpec("asks", "推荐请求", to: "ask", .key("profile"))
  ]
}
