import KithBase

extension EntitySpec {
  /// One customer or person referred.
  package static let referral = EntitySpec(
    "referral",
    plural: "referrals",
    zh: "推荐",
    meaning: "one customer or person referred",
    synonyms: [("introduction", "introductions")],
    zhSynonyms: ["转介绍"],
    show: ["referrer", "customer", "referred", "state", "in_target", "closed"],
    title: "customer",
    time: "referred",
    fields: referralFields,
    toOne: referralToOne,
    toMany: referralToMany,
    derived: referralDerived)

  private static let referralFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("referred", "推荐时间", .time, note: "empty in a roster without dates"),
    FieldSpec("met", "认识时间", .time, note: "first known to us"),
    FieldSpec(
      "state", "状态", .enumeration("referral_state"), required: true, default: "'new'",
      synonyms: ["status"]),
    FieldSpec("closed", "关闭时间", .time, zhSynonyms: ["成交时间"], note: "won, lost or no need"),
    FieldSpec("in_target", "属目标客户", .bool, zhSynonyms: ["目标客户"], note: "empty = not yet judged"),
    FieldSpec("referrer_present", "推荐人到场", .bool),
    FieldSpec("asked_next", "已请再荐", .bool),
    FieldSpec("need", "需求", .text, zhSynonyms: ["需求信息"], note: "what the referrer passed on"),
    .created,
    .updated,
  ]

  private static let referralToOne: [ToOneSpec] = [
    ToOneSpec("referrer", "推荐人", to: "referrer", required: true),
    ToOneSpec("ask", "推荐请求", to: "ask"),
    ToOneSpec("parent", "上级", to: "referral", zhSynonyms: ["上级推荐"]),
    ToOneSpec("customer", "客户", to: "customer", zhSynonyms: ["被推荐客户"]),
    ToOneSpec("contact", "联系人", to: "contact", zhSynonyms: ["被推荐人"]),
  ]

  private static let referralToMany: [ToManySpec] = [
    ToManySpec("opportunities", "商机", to: "opportunity", .key("referral")),
    ToManySpec("children", "下级", to: "referral", .key("parent")),
    ToManySpec("rewards", "酬谢", to: "reward", .key("referral")),
    ToManySpec("activities", "跟进", to: "activity", .key("referral")),
    ToManySpec("attendances", "参会", to: "attendance", .key("referral")),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let referralDerived: [DerivedSpec] = [
    DerivedSpec("open", "未结", .bool, "state in (new, contacted, talking)", origin: "44"),
    DerivedSpec("won", "赢单", .bool, "state = won", origin: "231"),
    DerivedSpec("lost", "丢单", .bool, "state in (lost, no_need)", origin: "44"),
    DerivedSpec(
      "time_to_win", "成交用时", .duration(.microseconds),
      "case when won then closed - (met ?? referred) end", origin: "232"),
    DerivedSpec("talks", "会谈次数", .int, "count(activities where done is not empty)", origin: "230"),
    DerivedSpec(
      "uncontacted", "未联系", .bool, "state = new and referred < today - setting.referral_contact",
      origin: "255"),
    DerivedSpec("rewarded", "已酬谢", .bool, "any(rewards)", origin: "254"),
    DerivedSpec("generation", "推荐代数", .int, algorithm: "1 + that of the parent", origin: "49"),
    DerivedSpec(
      "root", "源头", .object("referrer"), algorithm: "first referrer of the chain", origin: "49"),
  ]
}
