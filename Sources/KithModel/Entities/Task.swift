import KithBase

extension EntitySpec {
  /// A checklist line of one opportunity: open, done or not needed.
  package static let task = EntitySpec(
    "task",
    plural: "tasks",
    zh: "任务",
    meaning: "a checklist line of one opportunity: open, done or not needed",
    zhSynonyms: ["行动"],
    show: ["opportunity", "action", "state", "done", "member"],
    title: "action",
    time: "done",
    unique: [["opportunity_id", "action_id"]],
    fields: taskFields,
    toOne: taskToOne,
    toMany: taskToMany,
    derived: taskDerived)

  private static let taskFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("state", "状态", .enumeration("task_state"), required: true, default: "'open'"),
    FieldSpec("done", "完成时间", .time),
    FieldSpec("remark", "备注", .text),
    .created,
    .updated,
  ]

  private static let taskToOne: [ToOneSpec] = [
    ToOneSpec("opportunity", "商机", to: "opportunity", required: true),
    ToOneSpec("action", "关键行动", to: "action", required: true),
    ToOneSpec("member", "成员", to: "member", zhSynonyms: ["完成人"]),
    ToOneSpec("activity", "跟进", to: "activity"),
  ]

  private static let taskToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]

  private static let taskDerived: [DerivedSpec] = [
    DerivedSpec("open", "未结", .bool, "state = open", origin: "251")
  ]
}
