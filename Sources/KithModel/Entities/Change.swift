import KithBase

extension EntitySpec {
  /// One field of one object changed; also owner, tier inputs, merges.
  package static let change = EntitySpec(
    "change",
    plural: "changes",
    zh: "变更",
    meaning: "one field of one object changed; also owner, tier inputs, merges",
    zhSynonyms: ["变更日志"],
    show: ["at", "entity", "object", "field", "from", "to", "author"],
    title: "field",
    time: "at",
    importable: false,
    tracked: false,
    fields: changeFields,
    toOne: changeToOne)

  private static let changeFields: [FieldSpec] = [
    .id,
    FieldSpec("entity", "对象类型", .text, required: true),
    FieldSpec(
      "object", "对象编号", .int, column: "object_id", required: true,
      note: "the paths `customer`, `opportunity` … lead to it"),
    FieldSpec("field", "字段", .text, required: true, note: "its English name"),
    FieldSpec("from", "变更前", .text, column: "from_value"),
    FieldSpec("to", "变更后", .text, column: "to_value"),
    FieldSpec("at", "时间", .time, column: "at", required: true),
    FieldSpec("reason", "原因", .text),
    FieldSpec("by_rule", "按规则", .bool),
  ]

  private static let changeToOne: [ToOneSpec] = [
    ToOneSpec("author", "操作人", to: "member"),
    ToOneSpec("batch", "批次", to: "batch"),
    ToOneSpec("customer", "客户", to: "customer", through: .object),
    ToOneSpec("contact", "联系人", to: "contact", through: .object),
    ToOneSpec("member", "成员", to: "member", through: .object),
    ToOneSpec("team", "团队", to: "team", through: .object),
    ToOneSpec("grid", "网格", to: "grid", through: .object),
    ToOneSpec("claim", "认领", to: "claim", through: .object),
    ToOneSpec("department", "部门", to: "department", through: .object),
    ToOneSpec("installation", "在用产品", to: "installation", through: .object),
    ToOneSpec("rival", "竞争情报", to: "rival", through: .object),
    ToOneSpec("opportunity", "商机", to: "opportunity", through: .object),
    ToOneSpec("stage", "阶段", to: "stage", through: .object),
    ToOneSpec("task", "任务", to: "task", through: .object),
    ToOneSpec("role", "购买角色", to: "role", through: .object),
    ToOneSpec("offer", "报价", to: "offer", through: .object),
    ToOneSpec("participant", "参与人员", to: "participant", through: .object),
    ToOneSpec("referrer", "推荐人", to: "referrer", through: .object),
    ToOneSpec("referral", "推荐", to: "referral", through: .object),
    ToOneSpec("activity", "跟进", to: "activity", through: .object),
    ToOneSpec("event", "活动", to: "event", through: .object),
    ToOneSpec("attendance", "参会", to: "attendance", through: .object),
    ToOneSpec("product", "产品", to: "product", through: .object),
    ToOneSpec("purchase", "购买", to: "purchase", through: .object),
    ToOneSpec("payment", "回款", to: "payment", through: .object),
    ToOneSpec("project", "项目", to: "project", through: .object),
    ToOneSpec("rule", "预警规则", to: "rule", through: .object),
    ToOneSpec("signal", "预警", to: "signal", through: .object),
    ToOneSpec("target", "目标", to: "target", through: .object),
    ToOneSpec("list", "清单", to: "list", through: .object),
    ToOneSpec("setting", "设置", to: "setting", through: .object),
    ToOneSpec("term", "词条", to: "term", through: .object),
  ]
}
