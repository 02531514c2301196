import KithBase

extension EntitySpec {
  /// One answer.
  package static let answer = EntitySpec(
    "answer",
    plural: "answers",
    zh: "答案",
    meaning: "one answer",
    show: ["response", "question", "number", "text"],
    title: "question",
    unique: [["response_id", "question_id"]],
    tracked: false,
    fields: answerFields,
    toOne: answerToOne)

  private static let answerFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("number", "数值", .float),
    FieldSpec("text", "内容", .text, zhSynonyms: ["文字"]),
    .created,
    .updated,
  ]

  private static let answerToOne: [ToOneSpec] = [
    ToOneSpec("response", "答卷", to: "response", required: true),
    ToOneSpec("question", "题目", to: "question", required: true),
  ]
}
