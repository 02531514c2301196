import KithBase

extension EntitySpec {
  /// Someone who can refer: a customer, a contact or anyone we know.
  package static let referrer = EntitySpec(
    "referrer",
    plural: "referrers",
    zh: "推荐人",
    meaning: "someone who can refer: a customer, a contact or anyone we know",
    zhSynonyms: ["介绍人"],
    show: ["name", "category", "customer", "owner", "last_asked", "referral_value"],
    title: "name",
    time: "created",
    unique: [["contact_id"]],
    fields: referrerFields,
    toOne: referrerToOne,
    toMany: referrerToMany,
    derived: referrerDerived)

  private static let referrerFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "姓名", .text, required: true, zhSynonyms: ["名称"]),
    FieldSpec("category", "推荐类别", .enumeration("referrer_category"), required: true),
    FieldSpec("can_refer", "能否推荐", .bool, note: "empty = not yet known"),
    FieldSpec("relationship", "客情", .int, range: 1...5, zhSynonyms: ["关系"]),
    FieldSpec("reach", "可触达资源", .text, note: "whom they can reach"),
    FieldSpec("reward_preference", "酬谢偏好", .text),
    FieldSpec("phone", "电话", .text),
    FieldSpec("email", "邮箱", .text),
    FieldSpec("active", "有效", .bool, default: "1"),
    .created,
    .updated,
  ]

  private static let referrerToOne: [ToOneSpec] = [
    ToOneSpec("contact", "联系人", to: "contact"),
    ToOneSpec("customer", "客户", to: "customer"),
    ToOneSpec("owner", "负责人", to: "member"),
  ]

  private static let referrerToMany: [ToManySpec] = [
    ToManySpec("asks", "推荐请求", to: "ask", .key("referrer")),
    ToManySpec("referrals", "推荐", to: "referral", .key("referrer")),
    ToManySpec("rewards", "酬谢", to: "reward", .key("referrer")),
    ToManySpec("signals", "预警", to: "signal", .key("referrer")),
    ToManySpec("referred", "推荐的客户", to: "customer", .firstReferred),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let referrerDerived: [DerivedSpec] = [
    DerivedSpec("city", "城市", .text, "customer.city", origin: "42"),
    DerivedSpec("province", "省", .text, "customer.province", origin: "42"),
    DerivedSpec("region", "地区", .text, "customer.region", origin: "42"),
    DerivedSpec("tier", "等级", .enumeration("tier"), "customer.tier", origin: "42"),
    DerivedSpec("last_asked", "最近请求", .time, "max(asks.asked)", origin: "42"),
    DerivedSpec("reminder_due", "该提醒", .bool, "any(asks where overdue)", origin: "179,253"),
    DerivedSpec(
      "target_rate", "目标率", .percent,
      "count(referrals where in_target) / count(referrals where in_target is not empty)",
      origin: "229"),
    DerivedSpec(
      "win_rate", "赢单率", .percent, "count(referrals where won) / count(referrals where not open)",
      origin: "233"),
    DerivedSpec(
      "reward_due", "该酬谢", .bool, "any(referrals where won and none(rewards))", origin: "254"),
    DerivedSpec(
      "referral_value", "推荐价值", .money, "sum(referred.opportunities.amount where won)",
      origin: "234"),
    DerivedSpec(
      "downline_count", "下线人数", .int, algorithm: "as for a customer, from this person", origin: "49"
    ),
  ]
}
