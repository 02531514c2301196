import KithBase

extension EntitySpec {
  /// A constant of the sources, for all or for one team.
  package static let setting = EntitySpec(
    "setting",
    plural: "settings",
    zh: "设置",
    meaning: "a constant of the sources, for all or for one team",
    synonyms: [("parameter", "parameters")],
    zhSynonyms: ["常数"],
    show: ["key", "value", "unit", "team", "origin"],
    title: "key",
    unique: [["key", "team_id"], ["key", "team_id IS NULL"]],
    importable: false,
    fields: settingFields,
    toOne: settingToOne,
    toMany: settingToMany)

  private static let settingFields: [FieldSpec] = [
    .id,
    FieldSpec(
      "key", "键名", .text, required: true, zhSynonyms: ["参数名"], note: "read as `setting.KEY`"),
    FieldSpec("value", "取值", .text, note: "empty = not given by the source"),
    FieldSpec("unit", "单位", .text),
    FieldSpec("origin", "出处", .text, note: "catalogue item or `own`"),
    FieldSpec("remark", "备注", .text),
  ]

  private static let settingToOne: [ToOneSpec] = [
    ToOneSpec("team", "团队", to: "team")
  ]

  private static let settingToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]
}
