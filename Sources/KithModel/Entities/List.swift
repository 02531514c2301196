import KithBase

extension EntitySpec {
  /// A named query kept in the book.
  package static let list = EntitySpec(
    "list",
    plural: "lists",
    zh: "清单",
    meaning: "a named query kept in the book",
    synonyms: [("saved_list", "saved_lists")],
    zhSynonyms: ["名单"],
    show: ["name", "mode", "every", "owner"],
    title: "name",
    time: "created",
    unique: [["name"]],
    fields: listFields,
    toOne: listToOne,
    toMany: listToMany)

  private static let listFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true),
    FieldSpec("query", "查询", .text, required: true, note: "Kith"),
    FieldSpec("mode", "模式", .enumeration("list_mode"), required: true, default: "'live'"),
    FieldSpec("every", "频率", .enumeration("frequency"), note: "empty = on demand"),
    .created,
    .updated,
  ]

  private static let listToOne: [ToOneSpec] = [
    ToOneSpec("owner", "负责人", to: "member", zhSynonyms: ["所有者"])
  ]

  private static let listToMany: [ToManySpec] = [
    ToManySpec("entries", "清单成员", to: "list_entry", .key("list")),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]
}
