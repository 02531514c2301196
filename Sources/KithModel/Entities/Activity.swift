import KithBase

extension EntitySpec {
  /// A visit, call, message, quote or service case, planned or done.
  package static let activity = EntitySpec(
    "activity",
    plural: "activities",
    zh: "跟进",
    meaning: "a visit, call, message, quote or service case, planned or done",
    synonyms: [("touch", "touches")],
    zhSynonyms: ["跟进活动", "跟进记录"],
    show: ["kind", "customer", "contact", "member", "planned", "done", "result"],
    title: "purpose",
    time: "done",
    fields: activityFields,
    toOne: activityToOne,
    toMany: activityToMany,
    derived: activityDerived)

  private static let activityFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("kind", "类型", .enumeration("activity_kind"), required: true, zhSynonyms: ["方式"]),
    FieldSpec(
      "state", "状态", .enumeration("activity_state"), required: true, default: "'open'",
      synonyms: ["status"]),
    FieldSpec("planned", "计划日期", .date),
    FieldSpec("done", "完成时间", .time, note: "of a service case: when solved"),
    FieldSpec("direction", "方向", .enumeration("direction")),
    FieldSpec("purpose", "目的", .text, note: "of a service case: what it is about"),
    FieldSpec("result", "结果", .text),
    FieldSpec("standard", "规范动作", .bool, note: "keeps a claim alive"),
    FieldSpec("found_deal", "发现商机", .bool, note: "visit form"),
    FieldSpec("need", "需求", .text, note: "visit form"),
    FieldSpec("new_tech", "新技术动向", .text, note: "W3"),
    FieldSpec("training_declined", "谢绝培训", .bool, note: "W6"),
    FieldSpec(
      "out_of_scope", "超出范围", .bool, zhSynonyms: ["超范围需求"], note: "new need beyond the contract"),
    .created,
    .updated,
  ]

  private static let activityToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer"),
    ToOneSpec("contact", "联系人", to: "contact"),
    ToOneSpec("opportunity", "商机", to: "opportunity"),
    ToOneSpec("referral", "推荐", to: "referral"),
    ToOneSpec("member", "成员", to: "member"),
    ToOneSpec("cadence", "频次规则", to: "cadence"),
    ToOneSpec("product", "产品", to: "product"),
  ]

  private static let activityToMany: [ToManySpec] = [
    ToManySpec("tasks", "任务", to: "task", .key("activity")),
    ToManySpec("responses", "答卷", to: "response", .key("activity")),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let activityDerived: [DerivedSpec] = [
    DerivedSpec("open", "未结", .bool, "state = open", origin: "59"),
    DerivedSpec("overdue", "逾期", .bool, "open and planned < today"),
  ]
}
