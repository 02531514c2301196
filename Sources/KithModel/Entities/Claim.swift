import KithBase

extension EntitySpec {
  /// A grid's claim or a member's registration of a customer.
  package static let claim = EntitySpec(
    "claim",
    plural: "claims",
    zh: "认领",
    meaning: "a grid's claim or a member's registration of a customer",
    synonyms: [("registration", "registrations")],
    zhSynonyms: ["报备", "认领报备"],
    show: ["customer", "kind", "grid", "member", "claimed", "expires"],
    title: "customer",
    time: "claimed",
    fields: claimFields,
    toOne: claimToOne,
    toMany: claimToMany,
    derived: claimDerived)

  private static let claimFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("kind", "类型", .enumeration("claim_kind"), required: true),
    FieldSpec("claimed", "认领时间", .time, required: true),
    FieldSpec("ended", "终止时间", .time),
    FieldSpec("end_reason", "终止原因", .enumeration("claim_end")),
    FieldSpec("reason", "原因", .text, zhSynonyms: ["认领依据"], note: "why it may be claimed"),
    .created,
    .updated,
  ]

  private static let claimToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer", required: true),
    ToOneSpec("grid", "网格", to: "grid"),
    ToOneSpec("member", "成员", to: "member"),
  ]

  private static let claimToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]

  private static let claimDerived: [DerivedSpec] = [
    DerivedSpec(
      "last_action", "最近规范动作", .time,
      """
      max(customer.activities.done where standard and done >= claim.claimed and \
      (claim.member is empty or member = claim.member))
      """,
      origin: "206"),
    DerivedSpec(
      "expires", "有效期至", .time, "(last_action ?? claimed) + setting.claim_valid", origin: "206,270"),
    DerivedSpec(
      "lapsed", "已失效", .bool, "(ended is empty or ended > now) and expires < now", origin: "280"),
    DerivedSpec(
      "live", "有效中", .bool, "(ended is empty or ended > now) and expires >= now", origin: "206"),
  ]
}
