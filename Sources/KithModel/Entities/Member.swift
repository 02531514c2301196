import KithBase

extension EntitySpec {
  /// One of our people.
  package static let member = EntitySpec(
    "member",
    plural: "members",
    zh: "成员",
    meaning: "one of our people",
    synonyms: [("salesperson", "salespeople"), ("rep", "reps"), ("seller", "sellers")],
    zhSynonyms: ["销售", "员工", "销售人员"],
    show: ["name", "job", "team", "manager", "open_amount"],
    title: "name",
    time: "joined",
    fields: memberFields,
    toOne: memberToOne,
    toMany: memberToMany,
    derived: memberDerived)

  private static let memberFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "姓名", .text, required: true, zhSynonyms: ["名称"]),
    FieldSpec("job", "岗位", .enumeration("job")),
    FieldSpec("phone", "电话", .text),
    FieldSpec("email", "邮箱", .text),
    FieldSpec("joined", "入职日期", .date),
    FieldSpec("left", "离岗日期", .date, zhSynonyms: ["离职日期"], note: "left or moved: W4"),
    .created,
    .updated,
  ]

  private static let memberToOne: [ToOneSpec] = [
    ToOneSpec("team", "团队", to: "team"),
    ToOneSpec("manager", "直属上级", to: "member"),
  ]

  private static let memberToMany: [ToManySpec] = [
    ToManySpec("customers", "客户", to: "customer", .key("owner")),
    ToManySpec("reports", "下属", to: "member", .key("manager")),
    ToManySpec("led_teams", "所带团队", to: "team", .key("leader")),
    ToManySpec("grids", "网格", to: "grid", .key("owner")),
    ToManySpec("claims", "认领", to: "claim", .key("member")),
    ToManySpec("class_changes", "类别变更", to: "class_change", .key("author")),
    ToManySpec("notes", "记事", to: "note", .key("member")),
    ToManySpec("opportunities", "商机", to: "opportunity", .key("owner")),
    ToManySpec("tasks", "任务", to: "task", .key("member")),
    ToManySpec("stage_changes", "阶段变更", to: "stage_change", .key("author")),
    ToManySpec("participations", "参与", to: "participant", .key("member")),
    ToManySpec("referrers", "推荐人", to: "referrer", .key("owner")),
    ToManySpec("asks", "推荐请求", to: "ask", .key("member")),
    ToManySpec("profiles", "客户画像", to: "profile", .key("owner")),
    ToManySpec("activities", "跟进", to: "activity", .key("member")),
    ToManySpec("purchases", "购买", to: "purchase", .key("owner")),
    ToManySpec("signals", "预警", to: "signal", .key("member")),
    ToManySpec("targets", "目标", to: "target", .key("member")),
    ToManySpec("lists", "清单", to: "list", .key("owner")),
    ToManySpec("batches", "批次", to: "batch", .key("author")),
    ToManySpec("changes_made", "所做变更", to: "change", .key("author")),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let memberDerived: [DerivedSpec] = [
    DerivedSpec("active", "在职", .bool, "left is empty or left > today"),
    DerivedSpec(
      "open_amount", "在途金额", .money, "sum(opportunities.amount where open)", origin: "249"),
    DerivedSpec(
      "win_rate", "赢单率", .percent,
      "count(opportunities where won) / count(opportunities where won or lost)", origin: "249"),
  ]
}
