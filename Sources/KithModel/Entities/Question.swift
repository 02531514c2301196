import KithBase

extension EntitySpec {
  /// A question of a survey.
  package static let question = EntitySpec(
    "question",
    plural: "questions",
    zh: "题目",
    meaning: "a question of a survey",
    zhSynonyms: ["问题"],
    show: ["survey", "position", "text", "kind"],
    title: "text",
    tracked: false,
    fields: questionFields,
    toOne: questionToOne,
    toMany: questionToMany)

  private static let questionFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("position", "顺序", .int),
    FieldSpec("text", "内容", .text, required: true, zhSynonyms: ["题干"]),
    FieldSpec("kind", "类型", .enumeration("question_kind"), zhSynonyms: ["题型"]),
    FieldSpec("dimension", "维度", .enumeration("dimension")),
    .created,
    .updated,
  ]

  private static let questionToOne: [ToOneSpec] = [
    ToOneSpec("survey", "问卷", to: "survey", required: true)
  ]

  private static let questionToMany: [ToManySpec] = [
    ToManySpec("answers", "答案", to: "answer", .key("question"))
  ]
}
