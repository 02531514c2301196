import KithBase

extension EntitySpec {
  /// One thing to remember or keep: a liking, an ask, a need hint, a concern, a promise.
  package static let note = EntitySpec(
    "note",
    plural: "notes",
    zh: "记事",
    meaning: "one thing to remember or keep: a liking, an ask, a need hint, a concern, a promise",
    zhSynonyms: ["备忘"],
    show: ["kind", "text", "customer", "contact", "due", "done"],
    title: "text",
    time: "due",
    tracked: false,
    fields: noteFields,
    toOne: noteToOne,
    derived: noteDerived)

  private static let noteFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("kind", "类型", .enumeration("note_kind"), required: true),
    FieldSpec("text", "内容", .text, required: true),
    FieldSpec("due", "到期日", .date, zhSynonyms: ["期限"]),
    FieldSpec("done", "完成时间", .time, note: "asked, kept, resolved"),
    .created,
    .updated,
  ]

  private static let noteToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer"),
    ToOneSpec("contact", "联系人", to: "contact"),
    ToOneSpec("opportunity", "商机", to: "opportunity"),
    ToOneSpec("project", "项目", to: "project"),
    ToOneSpec("member", "成员", to: "member"),
  ]

  private static let noteDerived: [DerivedSpec] = [
    DerivedSpec("open", "未结", .bool, "done is empty", origin: "31"),
    DerivedSpec("overdue", "逾期", .bool, "open and due < today", origin: "271"),
  ]
}
