import KithBase

extension EntitySpec {
  /// One deal in work.
  package static let opportunity = EntitySpec(
    "opportunity",
    plural: "opportunities",
    zh: "商机",
    meaning: "one deal in work",
    synonyms: [("deal", "deals")],
    zhSynonyms: ["销售机会"],
    show: ["name", "customer", "stage", "amount", "win", "expected_close", "owner"],
    title: "name",
    time: "created",
    fields: opportunityFields,
    toOne: opportunityToOne,
    toMany: opportunityToMany,
    derived: opportunityDerived)

  private static let opportunityFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true, zhSynonyms: ["商机名称"]),
    FieldSpec(
      "state", "状态", .enumeration("opportunity_state"), required: true, default: "'open'",
      synonyms: ["status"], zhSynonyms: ["结果"]),
    FieldSpec("amount", "金额", .money, synonyms: ["value"]),
    FieldSpec("cost", "成本", .money),
    FieldSpec(
      "manual_win", "手工赢率", .percent, note: "wins over the stage's; a stage change never clears it"),
    FieldSpec("expected_close", "预计成交", .date, synonyms: ["close_date"], zhSynonyms: ["预计成交日"]),
    FieldSpec("closed", "关闭时间", .time, zhSynonyms: ["成交时间"]),
    FieldSpec("kind", "类型", .enumeration("opportunity_kind")),
    FieldSpec("source", "来源", .enumeration("source")),
    FieldSpec("lost_reason", "丢单原因", .enumeration("lost_reason")),
    FieldSpec("need", "需求", .text, zhSynonyms: ["产品需求意向"]),
    FieldSpec("need_gap", "需求差距", .text, synonyms: ["gap"]),
    FieldSpec("gap_kind", "差距来源", .enumeration("gap_kind"), note: "the four questions"),
    FieldSpec("motive", "购买动机", .enumeration("motive")),
    FieldSpec(
      "buying_step", "采购步骤", .enumeration("buying_step"), note: "where the customer stands"),
    FieldSpec("expected_price", "价格预期", .money),
    FieldSpec("strategy", "竞争策略", .text, note: "ours; W29"),
    FieldSpec("plan", "销售方案", .text, zhSynonyms: ["销售计划"], note: "sales plan, per decider"),
    FieldSpec("decision_process", "决策流程", .text, zhSynonyms: ["决策路线"]),
    FieldSpec("goals_agreed", "目标已商定", .bool, note: "goal and cost agreed beforehand"),
    FieldSpec("expected_return", "期望回报", .text),
    FieldSpec("framework_agreed", "框架意向", .bool),
    FieldSpec("approved", "立项日期", .date, note: "approved by the customer"),
    FieldSpec("added_value", "附加值", .text),
    FieldSpec("support", "公司支持", .text, note: "support asked for"),
    FieldSpec("next_step", "下一步", .text),
    FieldSpec("next_due", "下一步日期", .date),
    FieldSpec("resumes", "暂停至", .date, note: "silences `stalled` until then"),
    .created,
    .updated,
  ]

  private static let opportunityToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer"),
    ToOneSpec("funnel", "漏斗", to: "funnel", required: true),
    ToOneSpec("stage", "阶段", to: "stage"),
    ToOneSpec("owner", "负责人", to: "member"),
    ToOneSpec("product", "产品", to: "product", zhSynonyms: ["主要产品"]),
    ToOneSpec("lost_to", "输给", to: "competitor"),
    ToOneSpec("referral", "推荐", to: "referral"),
    ToOneSpec("event", "活动", to: "event"),
    ToOneSpec("merged_into", "合并到", to: "opportunity"),
  ]

  private static let opportunityToMany: [ToManySpec] = [
    ToManySpec("rivals", "竞争情报", to: "rival", .key("opportunity")),
    ToManySpec("notes", "记事", to: "note", .key("opportunity")),
    ToManySpec("merged", "已并入", to: "opportunity", .key("merged_into")),
    ToManySpec("tasks", "任务", to: "task", .key("opportunity")),
    ToManySpec("stage_changes", "阶段变更", to: "stage_change", .key("opportunity")),
    ToManySpec("roles", "购买角色", to: "role", .key("opportunity")),
    ToManySpec("offers", "报价", to: "offer", .key("opportunity")),
    ToManySpec("participants", "参与人员", to: "participant", .key("opportunity")),
    ToManySpec("activities", "跟进", to: "activity", .key("opportunity")),
    ToManySpec("purchases", "购买", to: "purchase", .key("opportunity")),
    ToManySpec("signals", "预警", to: "signal", .key("opportunity")),
    ToManySpec("contacts", "联系人", to: "contact", .chain(["roles", "contact"])),
    ToManySpec("competitors", "竞争对手", to: "competitor", .chain(["rivals", "competitor"])),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let opportunityDerived: [DerivedSpec] = [
    DerivedSpec("open", "未结", .bool, "state = open", origin: "51"),
    DerivedSpec("won", "赢单", .bool, "state = won", origin: "51"),
    DerivedSpec("lost", "丢单", .bool, "state in (lost, abandoned)", origin: "51"),
    DerivedSpec("paused", "已暂停", .bool, "resumes > today"),
    DerivedSpec(
      "win", "赢率", .percent,
      "case when won then 100% when not open then 0% else manual_win ?? stage.win end",
      origin: "144"),
    DerivedSpec("weighted", "加权金额", .money, "amount * win", origin: "272"),
    DerivedSpec("margin", "毛利率", .percent, "(amount - cost) / amount"),
    DerivedSpec(
      "age", "商机时长", .duration(.microseconds), "(closed ?? now) - created", origin: "56,239"),
    DerivedSpec("late", "延期", .bool, "open and expected_close < today"),
    DerivedSpec("next_late", "下一步逾期", .bool, "open and next_due < today"),
    DerivedSpec(
      "stage_since", "阶段起始", .time, "max(stage_changes.at where to is not empty)", origin: "54"),
    DerivedSpec(
      "over_days", "超期天数", .int,
      """
      case when current_days > stage.planned_days then current_days - stage.planned_days \
      when stage.planned_days is not empty then 0 end
      """, origin: "272,286"),
    DerivedSpec(
      "stalled", "停滞", .bool,
      "open and not paused and (over_days > 0 or current_days > setting.stalled_factor * stage.usual_days)",
      origin: "272,286"),
    DerivedSpec("moved_back", "回退过", .bool, "any(stage_changes where to < from)", origin: "54"),
    DerivedSpec("back_moves", "回退次数", .int, "count(stage_changes where to < from)", origin: "54"),
    DerivedSpec(
      "pushed", "推迟次数", .int, "count(changes where field = \"expected_close\" and to > from)",
      origin: "54"),
    DerivedSpec(
      "slip", "成交偏差", .duration(.microseconds),
      "closed - first(stage_changes.expected_close sort at)", origin: "54"),
    DerivedSpec(
      "tasks_required", "必做行动数", .int, "count(stage.actions where required)", origin: "251"),
    DerivedSpec(
      "tasks_done", "已做行动数", .int,
      """
      count(tasks where action.stage = stage and action.required and state in (done, \
      not_needed))
      """, origin: "251"),
    DerivedSpec("stage_ready", "阶段就绪", .bool, "tasks_done = tasks_required", origin: "225"),
    DerivedSpec("has_coach", "有教练", .bool, "any(roles where role = coach)", origin: "272,286"),
    DerivedSpec(
      "role_coverage", "角色覆盖", .percent,
      "distinct(roles.role where role in (coach, user, technical, economic)) / 4", origin: "200,243"
    ),
    DerivedSpec(
      "opponent_open", "反对未化解", .bool,
      "any(roles where role = opponent and (driver_met < 3 or stance != us))", origin: "272,286"),
    DerivedSpec("contested", "有对手", .bool, "any(rivals)", origin: "234"),
    DerivedSpec(
      "rival_unanswered", "对手未应对", .bool, "contested and strategy is empty", origin: "286"),
    DerivedSpec("last_contact", "最近联系", .time, "max(activities.done)", origin: "285"),
    DerivedSpec(
      "idle", "未联系时长", .duration(.microseconds), "now - (last_contact ?? created)", origin: "285"),
    DerivedSpec(
      "open_promises", "未兑现承诺数", .int, "count(notes where kind in (promise, special) and open)",
      origin: "271"),
    DerivedSpec(
      "open_concerns", "未解顾虑数", .int, "count(notes where kind = concern and open)", origin: "286"),
    DerivedSpec(
      "current_days", "本阶段天数", .int, algorithm: "whole days from `stage_since`", origin: "286"),
    DerivedSpec(
      "days_in", "停留天数", .int,
      algorithm: "over stage_changes; visits summed; skips count as reached", parameters: ["STAGE"],
      origin: "54"),
    DerivedSpec(
      "entered", "进入时间", .time,
      algorithm: "over stage_changes; visits summed; skips count as reached", parameters: ["STAGE"],
      origin: "54"),
    DerivedSpec(
      "reached", "到达过", .bool,
      algorithm: "over stage_changes; visits summed; skips count as reached", parameters: ["STAGE"],
      origin: "54"),
    DerivedSpec(
      "skipped", "跳过", .bool,
      algorithm: "over stage_changes; visits summed; skips count as reached", parameters: ["STAGE"],
      origin: "54"),
    DerivedSpec(
      "missing_roles", "缺失角色", .list(.enumeration("role")),
      algorithm: "coach, user, technical, economic without a contact", origin: "200,269"),
    DerivedSpec(
      "missing_participants", "缺参与人", .list(.enumeration("job")),
      "minus(stage.jobs, list(participants.job))", origin: "226,272"),
    DerivedSpec(
      "chain_win", "链式赢率", .percent,
      """
      case when won then 100% when not open then 0% when any(funnel.stages where winning) and \
      none(funnel.stages where position >= opportunity.stage.position and position < \
      min(funnel.stages.position where winning) and planned_conversion is empty) and stage is not \
      empty then product(list(funnel.stages.planned_conversion where position >= \
      opportunity.stage.position and position < min(funnel.stages.position where winning) sort \
      position)) end
      """, origin: "N-17"),
  ]
}
