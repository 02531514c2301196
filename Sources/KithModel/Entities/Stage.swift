import KithBase

extension EntitySpec {
  /// A step of a funnel with its plan.
  package static let stage = EntitySpec(
    "stage",
    plural: "stages",
    zh: "阶段",
    meaning: "a step of a funnel with its plan",
    zhSynonyms: ["商机阶段"],
    show: [
      "code", "name", "win", "planned_conversion", "planned_days", "open_count", "open_amount",
    ],
    title: "name",
    unique: [["funnel_id", "code"]],
    fields: stageFields,
    toOne: stageToOne,
    toMany: stageToMany,
    derived: stageDerived)

  private static let stageFields: [FieldSpec] = [
    .id,
    FieldSpec(
      "code", "编号", .text, required: true, zhSynonyms: ["阶段代码"],
      note: "A to F; typed bare: `stage = C`"),
    FieldSpec("name", "名称", .text, column: "name_zh", secondColumn: "name_en", required: true),
    FieldSpec("position", "顺序", .int, required: true, note: "gives `<` and `>` their meaning"),
    FieldSpec(
      "win", "赢率", .percent, synonyms: ["probability"], zhSynonyms: ["赢的机率"],
      note: "stated chance to win"),
    FieldSpec(
      "planned_conversion", "计划转化率", .percent, zhSynonyms: ["预计转化率"],
      note: "to the next stage; empty for E, F"),
    FieldSpec(
      "planned_days", "计划天数", .int, unit: "days", zhSynonyms: ["计划持续时间"], note: "empty for E, F"),
    FieldSpec(
      "jobs", "参与岗位", .list(.enumeration("job")), synonyms: ["participants"], zhSynonyms: ["参与人员"],
      note: "who of us takes part"),
    FieldSpec("key_result", "关键结果", .text, column: "key_result_zh", secondColumn: "key_result_en"),
    FieldSpec("winning", "赢单阶段", .bool, note: "reaching it counts as won (E or F)"),
    FieldSpec("forecast", "预测类别", .enumeration("forecast")),
    FieldSpec("steps", "销售进度", .list(.enumeration("progress"))),
    FieldSpec("links", "销售环节", .list(.enumeration("sales_link"))),
    FieldSpec(
      "matching_class", "对应类别", .enumeration("class"), note: "the customer's class while there"),
    FieldSpec("event_phase", "活动用语", .enumeration("event_phase")),
    .created,
    .updated,
  ]

  private static let stageToOne: [ToOneSpec] = [
    ToOneSpec("funnel", "漏斗", to: "funnel", required: true)
  ]

  private static let stageToMany: [ToManySpec] = [
    ToManySpec("opportunities", "商机", to: "opportunity", .key("stage")),
    ToManySpec("actions", "关键行动", to: "action", .key("stage")),
    ToManySpec("departures", "离开记录", to: "stage_change", .key("from")),
    ToManySpec("arrivals", "进入记录", to: "stage_change", .key("to")),
    ToManySpec("attendances", "参会", to: "attendance", .key("invited_stage")),
    ToManySpec("targets", "目标", to: "target", .key("stage")),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let stageDerived: [DerivedSpec] = [
    DerivedSpec("open_count", "未结商机数", .int, "count(opportunities where open)", origin: "272"),
    DerivedSpec(
      "open_amount", "在途金额", .money, "sum(opportunities.amount where open)", origin: "272"),
    DerivedSpec(
      "weighted", "加权金额", .money, "sum(opportunities.weighted where open)", origin: "272"),
    DerivedSpec(
      "usual_days", "常用天数", .int, algorithm: "median length of the completed visits", origin: "249"),
  ]
}
