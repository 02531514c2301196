import KithBase

extension EntitySpec {
  /// One filled survey.
  package static let response = EntitySpec(
    "response",
    plural: "responses",
    zh: "答卷",
    meaning: "one filled survey",
    show: ["survey", "customer", "contact", "answered", "score"],
    title: "survey",
    time: "answered",
    tracked: false,
    fields: responseFields,
    toOne: responseToOne,
    toMany: responseToMany)

  private static let responseFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("answered", "答复时间", .time, required: true),
    FieldSpec("score", "得分", .percent),
    FieldSpec("comment", "意见", .text),
    .created,
    .updated,
  ]

  private static let responseToOne: [ToOneSpec] = [
    ToOneSpec("survey", "问卷", to: "survey", required: true),
    ToOneSpec("customer", "客户", to: "customer"),
    ToOneSpec("contact", "联系人", to: "contact"),
    ToOneSpec("activity", "跟进", to: "activity"),
    ToOneSpec("team", "团队", to: "team"),
  ]

  private static let responseToMany: [ToManySpec] = [
    ToManySpec("answers", "答案", to: "answer", .key("response"))
  ]
}
