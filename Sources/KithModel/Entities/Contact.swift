import KithBase

extension EntitySpec {
  /// A person at a customer, or someone we know.
  package static let contact = EntitySpec(
    "contact",
    plural: "contacts",
    zh: "联系人",
    meaning: "a person at a customer, or someone we know",
    synonyms: [("person", "people")],
    zhSynonyms: ["联络人"],
    show: ["name", "title", "customer", "level", "phone", "last_contact"],
    title: "name",
    time: "created",
    fields: contactFields,
    toOne: contactToOne,
    toMany: contactToMany,
    derived: contactDerived)

  private static let contactFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "姓名", .text, required: true, zhSynonyms: ["名称"]),
    FieldSpec("title", "职位", .text, note: "what the card says; never the role"),
    FieldSpec("level", "层级", .enumeration("level")),
    FieldSpec("phone", "电话", .text, synonyms: ["tel"], zhSynonyms: ["手机"]),
    FieldSpec("email", "邮箱", .text, synonyms: ["mail"]),
    FieldSpec("im", "微信", .text, synonyms: ["wechat"], note: "WeChat, QQ"),
    FieldSpec("personality", "性格", .text),
    FieldSpec("buying_values", "购买价值观", .text),
    FieldSpec("persuasion", "说服类型", .text),
    FieldSpec("resistance", "最大抗拒点", .text),
    FieldSpec("has_say", "有话语权", .bool, note: "decides or directly influences"),
    FieldSpec("knows_domain", "懂专业", .bool),
    FieldSpec("learning_value", "学习重视度", .int, range: 1...5, note: "regard for what we sell"),
    FieldSpec(
      "private", "个人备注", .text, hidden: true,
      note: "personal data: only when named; never exported by default"),
    FieldSpec("active", "在职", .bool, default: "1"),
    FieldSpec("left", "离职日期", .date),
    .created,
    .updated,
  ]

  private static let contactToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer"),
    ToOneSpec("department", "部门", to: "department"),
    ToOneSpec("merged_into", "合并到", to: "contact"),
    ToOneSpec("as_referrer", "推荐人身份", to: "referrer", through: .inverse("contact")),
  ]

  private static let contactToMany: [ToManySpec] = [
    ToManySpec("merged", "已并入", to: "contact", .key("merged_into")),
    ToManySpec("notes", "记事", to: "note", .key("contact")),
    ToManySpec("tags", "标签", to: "tag", .key("contact")),
    ToManySpec("roles", "购买角色", to: "role", .key("contact")),
    ToManySpec("referrals_received", "收到的推荐", to: "referral", .key("contact")),
    ToManySpec("rewards", "酬谢", to: "reward", .key("contact")),
    ToManySpec("activities", "跟进", to: "activity", .key("contact")),
    ToManySpec("attendances", "参会", to: "attendance", .key("contact")),
    ToManySpec("responses", "答卷", to: "response", .key("contact")),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let contactDerived: [DerivedSpec] = [
    DerivedSpec("last_contact", "最近联系", .time, "max(activities.done)", origin: "285"),
    DerivedSpec("executive", "高层", .bool, "level = executive", origin: "39"),
    DerivedSpec("open_roles", "在谈角色数", .int, "count(roles where opportunity.open)", origin: "248"),
    DerivedSpec("asks_due", "待办请求数", .int, "count(notes where kind = ask and open)", origin: "266"),
  ]
}
