import KithBase

extension EntitySpec {
  /// One step with a referrer: inform, remind, target, connect, engage.
  package static let ask = EntitySpec(
    "ask",
    plural: "asks",
    zh: "推荐请求",
    meaning: "one step with a referrer: inform, remind, target, connect, engage",
    synonyms: [("referral_ask", "referral_asks")],
    zhSynonyms: ["请求"],
    show: ["referrer", "member", "step", "asked", "promised", "answered"],
    title: "step",
    time: "asked",
    tracked: false,
    fields: askFields,
    toOne: askToOne,
    toMany: askToMany,
    derived: askDerived)

  private static let askFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("step", "步骤", .enumeration("ask_step"), required: true),
    FieldSpec("asked", "请求时间", .time, required: true),
    FieldSpec("benefit", "合作效益", .text, note: "quantified"),
    FieldSpec("promised", "约定日期", .date, note: "names are due then"),
    FieldSpec("promised_count", "约定人数", .int, unit: "persons"),
    FieldSpec("answered", "答复时间", .time),
    .created,
    .updated,
  ]

  private static let askToOne: [ToOneSpec] = [
    ToOneSpec("referrer", "推荐人", to: "referrer", required: true),
    ToOneSpec("member", "成员", to: "member", zhSynonyms: ["销售人员"]),
    ToOneSpec("profile", "客户画像", to: "profile"),
  ]

  private static let askToMany: [ToManySpec] = [
    ToManySpec("referrals", "推荐", to: "referral", .key("ask"))
  ]

  private static let askDerived: [DerivedSpec] = [
    DerivedSpec(
      "overdue", "逾期", .bool, "promised < today and answered is empty and none(referrals)",
      origin: "179")
  ]
}
