import KithBase

extension EntitySpec {
  /// One invitee of an event, through to signing.
  package static let attendance = EntitySpec(
    "attendance",
    plural: "attendances",
    zh: "参会",
    meaning: "one invitee of an event, through to signing",
    synonyms: [("invitation", "invitations")],
    zhSynonyms: ["邀约", "到场"],
    show: ["event", "customer", "contact", "state", "headcount", "new"],
    title: "customer",
    time: "invited",
    fields: attendanceFields,
    toOne: attendanceToOne,
    toMany: attendanceToMany,
    derived: attendanceDerived)

  private static let attendanceFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("state", "状态", .enumeration("attendance_state"), required: true),
    FieldSpec("invited", "邀约时间", .time),
    FieldSpec("headcount", "人数", .int, unit: "persons", default: "1"),
    FieldSpec("new", "新客户", .bool, note: "does not use the promoted product"),
    FieldSpec("need", "需求", .text, note: "learned there"),
    .created,
    .updated,
  ]

  private static let attendanceToOne: [ToOneSpec] = [
    ToOneSpec("event", "活动", to: "event", required: true),
    ToOneSpec("customer", "客户", to: "customer"),
    ToOneSpec("contact", "联系人", to: "contact"),
    ToOneSpec("invited_stage", "邀约阶段", to: "stage"),
    ToOneSpec("referral", "推荐", to: "referral"),
    ToOneSpec("purchase", "购买", to: "purchase", zhSynonyms: ["签约"]),
  ]

  private static let attendanceToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]

  private static let attendanceDerived: [DerivedSpec] = [
    DerivedSpec("attended", "已到场", .bool, "state = attended", origin: "70")
  ]
}
