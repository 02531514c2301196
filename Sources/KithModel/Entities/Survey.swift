import KithBase

extension EntitySpec {
  /// A questionnaire.
  package static let survey = EntitySpec(
    "survey",
    plural: "surveys",
    zh: "问卷",
    meaning: "a questionnaire",
    show: ["name", "kind", "subject", "csat", "nps"],
    title: "name",
    time: "created",
    tracked: false,
    fields: surveyFields,
    toMany: surveyToMany,
    derived: surveyDerived)

  private static let surveyFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true),
    FieldSpec("kind", "类型", .enumeration("survey_kind")),
    FieldSpec("subject", "对象", .enumeration("survey_subject")),
    .created,
    .updated,
  ]

  private static let surveyToMany: [ToManySpec] = [
    ToManySpec("questions", "题目", to: "question", .key("survey")),
    ToManySpec("responses", "答卷", to: "response", .key("survey")),
  ]

  private static let surveyDerived: [DerivedSpec] = [
    DerivedSpec(
      "csat", "满意率", .percent,
      """
      case when count(responses) >= setting.survey_min then count(responses.answers where \
      question.kind = scale5 and number >= 4) / count(responses.answers where question.kind = \
      scale5) end
      """, origin: "246"),
    DerivedSpec(
      "nps", "净推荐值", .percent,
      """
      case when count(responses) >= setting.survey_min then (count(responses.answers where \
      question.kind = scale10 and number >= 9) - count(responses.answers where question.kind = \
      scale10 and number <= 6)) / count(responses.answers where question.kind = scale10) end
      """, origin: "246"),
    DerivedSpec(
      "response_rate", "答复率", .percent, algorithm: "responses / those asked (survey calls linked)",
      origin: "248"),
  ]
}
