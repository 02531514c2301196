import KithBase

extension EntitySpec {
  /// One of us on an opportunity, a project or an event.
  package static let participant = EntitySpec(
    "participant",
    plural: "participants",
    zh: "参与人员",
    meaning: "one of us on an opportunity, a project or an event",
    zhSynonyms: ["商机团队", "项目成员"],
    show: ["opportunity", "project", "event", "member", "job", "since"],
    title: "member",
    time: "since",
    fields: participantFields,
    toOne: participantToOne,
    toMany: participantToMany)

  private static let participantFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("job", "岗位", .enumeration("job")),
    FieldSpec("since", "起始日期", .date),
    .created,
    .updated,
  ]

  private static let participantToOne: [ToOneSpec] = [
    ToOneSpec("opportunity", "商机", to: "opportunity"),
    ToOneSpec("project", "项目", to: "project"),
    ToOneSpec("event", "活动", to: "event"),
    ToOneSpec("member", "成员", to: "member", required: true),
  ]

  private static let participantToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]
}
