import KithBase

extension EntitySpec {
  /// One import, merge, edit or rule run; the unit of undo.
  package static let batch = EntitySpec(
    "batch",
    plural: "batches",
    zh: "批次",
    meaning: "one import, merge, edit or rule run; the unit of undo",
    zhSynonyms: ["导入批次"],
    show: ["at", "kind", "file", "entity", "rows_new", "rows_rejected"],
    title: "file",
    time: "at",
    importable: false,
    tracked: false,
    fields: batchFields,
    toOne: batchToOne,
    toMany: batchToMany)

  private static let batchFields: [FieldSpec] = [
    .id,
    FieldSpec("kind", "类型", .enumeration("batch_kind"), required: true),
    FieldSpec("at", "时间", .time, column: "at", required: true),
    FieldSpec("file", "文件", .text),
    FieldSpec("entity", "对象类型", .text),
    FieldSpec("rows_read", "读入行数", .int),
    FieldSpec("rows_new", "新增行数", .int),
    FieldSpec("rows_updated", "更新行数", .int),
    FieldSpec("rows_rejected", "拒绝行数", .int),
    FieldSpec("keys", "匹配列", .text),
  ]

  private static let batchToOne: [ToOneSpec] = [
    ToOneSpec("author", "操作人", to: "member")
  ]

  private static let batchToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .key("batch"))
  ]
}
