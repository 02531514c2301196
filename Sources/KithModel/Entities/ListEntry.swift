import KithBase

extension EntitySpec {
  /// Who was on a list at one run, with the values that held.
  package static let listEntry = EntitySpec(
    "list_entry",
    plural: "list_entries",
    zh: "清单成员",
    meaning: "who was on a list at one run, with the values that held",
    show: ["list", "run", "entity", "object"],
    title: "object",
    time: "run",
    importable: false,
    tracked: false,
    fields: listEntryFields,
    toOne: listEntryToOne)

  private static let listEntryFields: [FieldSpec] = [
    .id,
    FieldSpec("run", "运行时间", .time, required: true),
    FieldSpec("entity", "对象类型", .text, required: true),
    FieldSpec("object", "对象编号", .int, column: "object_id", required: true),
    FieldSpec("detail", "详情", .text, note: "condition values of that run, JSON"),
  ]

  private static let listEntryToOne: [ToOneSpec] = [
    ToOneSpec("list", "清单", to: "list", required: true)
  ]
}
