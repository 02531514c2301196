import KithBase

extension EntitySpec {
  /// A line of a stage's checklist (A1 to D9).
  package static let action = EntitySpec(
    "action",
    plural: "actions",
    zh: "关键行动",
    meaning: "a line of a stage's checklist (A1 to D9)",
    synonyms: [("key_action", "key_actions")],
    show: ["code", "name", "stage", "required"],
    title: "name",
    unique: [["stage_id", "code"]],
    tracked: false,
    fields: actionFields,
    toOne: actionToOne,
    toMany: actionToMany)

  private static let actionFields: [FieldSpec] = [
    .id,
    FieldSpec("code", "编号", .text, required: true, note: "A1 … D9"),
    FieldSpec(
      "name", "名称", .text, column: "name_zh", secondColumn: "name_en", required: true,
      note: "the line"),
    FieldSpec("required", "必做", .bool, default: "1"),
    FieldSpec("evidence_kind", "证据类型", .enumeration("evidence_kind")),
    FieldSpec("condition", "条件", .text, note: "Kith over the opportunity; may tick it by itself"),
    .created,
    .updated,
  ]

  private static let actionToOne: [ToOneSpec] = [
    ToOneSpec("stage", "阶段", to: "stage", required: true)
  ]

  private static let actionToMany: [ToManySpec] = [
    ToManySpec("tasks", "任务", to: "task", .key("action"))
  ]
}
