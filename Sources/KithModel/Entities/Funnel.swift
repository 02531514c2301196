import KithBase

extension EntitySpec {
  /// Ordered stages that opportunities move through.
  package static let funnel = EntitySpec(
    "funnel",
    plural: "funnels",
    zh: "漏斗",
    meaning: "ordered stages that opportunities move through",
    synonyms: [("pipeline", "pipelines")],
    zhSynonyms: ["流程", "商机流程"],
    show: ["name", "main"],
    title: "name",
    tracked: false,
    fields: funnelFields,
    toMany: funnelToMany)

  private static let funnelFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true),
    FieldSpec("main", "默认", .bool, note: "the one meant when none is named"),
    .created,
    .updated,
  ]

  private static let funnelToMany: [ToManySpec] = [
    ToManySpec("opportunities", "商机", to: "opportunity", .key("funnel")),
    ToManySpec("stages", "阶段", to: "stage", .key("funnel")),
  ]
}
