import KithBase

extension EntitySpec {
  /// A gift, reward or thanks to a referrer or contact.
  package static let reward = EntitySpec(
    "reward",
    plural: "rewards",
    zh: "酬谢",
    meaning: "a gift, reward or thanks to a referrer or contact",
    zhSynonyms: ["酬谢奖励", "奖励"],
    show: ["referrer", "kind", "amount", "given", "compliant"],
    title: "kind",
    time: "given",
    tracked: false,
    fields: rewardFields,
    toOne: rewardToOne)

  private static let rewardFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("kind", "类型", .enumeration("reward_kind"), required: true),
    FieldSpec("amount", "金额", .money, zhSynonyms: ["价值"]),
    FieldSpec("given", "酬谢日期", .date, required: true),
    FieldSpec("compliant", "合规", .bool, note: "empty = not yet judged"),
    FieldSpec("remark", "备注", .text),
    .created,
    .updated,
  ]

  private static let rewardToOne: [ToOneSpec] = [
    ToOneSpec("referrer", "推荐人", to: "referrer"),
    ToOneSpec("contact", "联系人", to: "contact"),
    ToOneSpec("referral", "推荐", to: "referral"),
  ]
}
