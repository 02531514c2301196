import KithBase

/// Every constant of the sources, read as `setting.KEY`; a team may have its own value.
extension SettingSpec {
  package static let shipped: [SettingSpec] = general + segments + events + rhythm + warnings

  /// The book as a whole.
  private static let general: [SettingSpec] = [
    SettingSpec(
      "company_name", "公司名称", .text, nil, origin: "N-22", meaning: "shown for \"our company\""),
    SettingSpec(
      "currency", "币种", .text, "CNY", unit: "ISO 4217", origin: "own",
      meaning: "money of the book; minor unit 分"),
    SettingSpec(
      "time_zone", "时区", .text, "Asia/Shanghai", unit: "IANA", origin: "own",
      meaning: "cuts times into days"),
    SettingSpec(
      "week_starts", "周起始", .text, "monday", unit: "weekday", origin: "own",
      meaning: "`this week`, weekly reports"),
    SettingSpec(
      "fiscal_month", "财年起始月", .int, "1", unit: "month", origin: "own",
      meaning: "first month of year and quarter"),
    SettingSpec(
      "money_style", "金额样式", .text, "wan", unit: "wan, plain", origin: "own",
      meaning: "312.4万 or 3,124,000.00"),
    SettingSpec(
      "blocking_rules", "阻止规则", .text, nil,
      unit: "actions, skip, back, paused, reopened, claimed, referred", origin: "own",
      meaning: "rules that stop a recording instead of being noted, between commas"),
  ]

  /// Cells of the segment matrices, referral bands and rewards.
  private static let segments: [SettingSpec] = [
    SettingSpec(
      "vpc_output_1", "产值一级线", .money, "3亿", unit: "CNY", origin: "148",
      meaning: "`vpc_level` 1 from here"),
    SettingSpec(
      "vpc_output_2", "产值二级线", .money, "3000万", unit: "CNY", origin: "148",
      meaning: "2 from here, 3 below"),
    SettingSpec(
      "ndf_profit_1", "利润一级线", .money, "1000万", unit: "CNY", origin: "149", meaning: "`ndf_level` 1"
    ),
    SettingSpec(
      "ndf_profit_2", "利润二级线", .money, "200万", unit: "CNY", origin: "149", meaning: "`ndf_level` 2"),
    SettingSpec(
      "rad_budget_r", "预算持续线", .money, "50万", unit: "CNY", origin: "150", meaning: "rad.R from here"
    ),
    SettingSpec(
      "rad_budget_a", "预算开发线", .money, "10万", unit: "CNY", origin: "150",
      meaning: "rad.A from here, D below"),
    SettingSpec(
      "wallet_share_1", "拥有率一级线", .percent, "50%", origin: "151",
      meaning: "`wallet_level` 1; half-open bands"),
    SettingSpec(
      "wallet_share_2", "拥有率二级线", .percent, "25%", origin: "151", meaning: "`wallet_level` 2"),
    SettingSpec(
      "consumption_v", "消费量贵宾线", .money, nil, unit: "CNY a year", origin: "N-28",
      meaning: "proposes vpc.V; not given"),
    SettingSpec(
      "consumption_c", "消费量价值线", .money, nil, unit: "CNY a year", origin: "N-28",
      meaning: "proposes vpc.C; not given"),
    SettingSpec(
      "success_ratio", "老新成功率比", .float, "3", origin: "154",
      meaning: "existing against new customers"),
    SettingSpec(
      "cost_ratio", "老新成本比", .float, "0.5", origin: "154", meaning: "existing against new customers"
    ),
    SettingSpec(
      "referral_win_low", "推荐成功率下限", .percent, "50%", origin: "155",
      meaning: "reference band, compare only"),
    SettingSpec(
      "referral_win_high", "推荐成功率上限", .percent, "90%", origin: "155",
      meaning: "reference band, compare only"),
    SettingSpec(
      "review_period", "回顾周期", .duration(.days), "1 week", origin: "157",
      meaning: "the five measures"),
    SettingSpec(
      "next_asks_min", "再荐人数下限", .int, "1", unit: "persons", origin: "158",
      meaning: "asked of one who does not buy"),
    SettingSpec(
      "next_asks_max", "再荐人数上限", .int, "2", unit: "persons", origin: "158",
      meaning: "asked of one who does not buy"),
    SettingSpec(
      "helpers_min", "每类推荐人数", .int, "1", unit: "persons", origin: "159",
      meaning: "referrers per category at least"),
    SettingSpec(
      "referral_contact", "推荐联系时限", .duration(.days), "7 days", origin: "own",
      meaning: "`referral.uncontacted` after"),
    SettingSpec(
      "referrer_idle", "推荐人闲置时限", .duration(.days), "30 days", origin: "own",
      meaning: "list of referrers to remind"),
    SettingSpec(
      "reward_direct", "直接推荐奖励", .percent, "10%", unit: "of amount", origin: "own",
      meaning: "first degree"),
    SettingSpec(
      "reward_second", "二级推荐奖励", .percent, "3%", unit: "of amount", origin: "own",
      meaning: "second degree"),
    SettingSpec(
      "reward_window", "奖励时限", .duration(.days), "90 days", origin: "own",
      meaning: "purchase after referral within"),
    SettingSpec(
      "gift_limit", "礼品限额", .money, "¥500", unit: "CNY each", origin: "own (353)",
      meaning: "a gift above it warns"),
  ]

  /// Dates, sizes, agendas and subsidies of events.
  private static let events: [SettingSpec] = [
    SettingSpec(
      "window_first", "活动起始日", .int, "11", unit: "day of month", origin: "160",
      meaning: "event date window"),
    SettingSpec(
      "window_last", "活动截止日", .int, "26", unit: "day of month", origin: "160",
      meaning: "event date window"),
    SettingSpec(
      "training_max", "培训人数上限", .int, "30", unit: "persons", origin: "161", meaning: "size rule"),
    SettingSpec(
      "training_budget", "培训预算上限", .money, "¥2000", unit: "CNY", origin: "162",
      meaning: "budget rule"),
    SettingSpec(
      "training_slot", "培训固定时段", .text, "thursday", unit: "weekday", origin: "164",
      meaning: "recurring afternoon"),
    SettingSpec(
      "theme_lead", "主题提前期", .duration(.months), "1 month", origin: "164",
      meaning: "theme known ahead"),
    SettingSpec(
      "closing_min", "打单会人数下限", .int, "10", unit: "persons", origin: "165", meaning: "size rule"),
    SettingSpec(
      "closing_max", "打单会人数上限", .int, "20", unit: "persons", origin: "165", meaning: "size rule"),
    SettingSpec(
      "closing_new", "打单会新客户占比", .percent, "80%", origin: "165", meaning: "new : old = 8 : 2"),
    SettingSpec(
      "closing_late", "打单会后期占比", .percent, "50%", origin: "165", meaning: "invitees at C or D"),
    SettingSpec(
      "training_agenda", "培训会议程", .text,
      """
      13:30–14:00 签到; 14:00–14:10 致欢迎词; 14:10–14:50 专业知识培训; 14:50–15:00 有奖知识竞答; \
      15:00–15:40 产品讲解 (product slot); 15:40–17:00 答疑和交流
      """, origin: "163", meaning: "13:30–17:00, product 40 min"),
    SettingSpec(
      "closing_agenda", "打单会议程", .text,
      """
      13:30–14:00 签到; 14:00–14:10 致欢迎词; 14:10–14:50 主题演讲; 14:50–15:00 茶歇; 15:00–15:40 \
      应用体验演示 (product slot); 15:40–15:50 茶歇; 15:50–16:20 成功客户经验分享; 16:20–17:00 客户体验及交流
      """, origin: "166", meaning: "13:30–17:00"),
    SettingSpec(
      "subsidy_min", "补贴起点", .int, "8", unit: "customers", origin: "168", meaning: "fewer: none"),
    SettingSpec(
      "subsidy_mid", "补贴分档", .int, "10", unit: "customers", origin: "167",
      meaning: "first band up to and with this"),
    SettingSpec(
      "subsidy_max", "补贴终点", .int, "20", unit: "customers", origin: "167",
      meaning: "more: a finding"),
    SettingSpec(
      "subsidy_1_low", "一档补贴下限", .money, "¥800", unit: "CNY", origin: "167",
      meaning: "8 to 10 customers"),
    SettingSpec(
      "subsidy_1_high", "一档补贴上限", .money, "¥1500", unit: "CNY", origin: "167",
      meaning: "8 to 10 customers"),
    SettingSpec(
      "subsidy_2_low", "二档补贴下限", .money, "¥1500", unit: "CNY", origin: "167",
      meaning: "11 to 20 customers"),
    SettingSpec(
      "subsidy_2_high", "二档补贴上限", .money, "¥2000", unit: "CNY", origin: "167",
      meaning: "11 to 20 customers"),
    SettingSpec(
      "news_days", "新闻时限", .duration(.days), "3 days", origin: "168", meaning: "after the event"),
    SettingSpec(
      "signing_days", "签约观察日", .list(.int), "0, 7, 30", unit: "days", origin: "169,70",
      meaning: "conversion of an event"),
  ]

  /// Claims, contact, buying rhythm, forecast, surveys and the file of a customer.
  private static let rhythm: [SettingSpec] = [
    SettingSpec(
      "claim_valid", "报备有效期", .duration(.days), "30 days", origin: "own (206)",
      meaning: "from the last standard action"),
    SettingSpec(
      "claim_warn", "报备预警期", .duration(.days), "7 days", origin: "own",
      meaning: "\"about to lapse\""),
    SettingSpec(
      "contact_idle", "未联系时限", .duration(.days), "60 days", origin: "own",
      meaning: "default of \"no contact for\""),
    SettingSpec(
      "coverage_window", "高层覆盖期", .duration(.days), "365 days", origin: "own (222)",
      meaning: "levels met count within"),
    SettingSpec(
      "rhythm_gaps", "周期最少间隔", .int, "2", unit: "gaps", origin: "own",
      meaning: "fewer: no reorder warning"),
    SettingSpec(
      "rhythm_factor", "周期容差倍数", .float, "3", unit: "spreads", origin: "own",
      meaning: "overdue beyond interval + k × spread"),
    SettingSpec(
      "rhythm_min", "周期最小容差", .duration(.days), "14 days", origin: "own", meaning: "and by at least"
    ),
    SettingSpec(
      "season_share", "采购月占比", .percent, "25%", origin: "own (82)",
      meaning: "a month is a season from"),
    SettingSpec(
      "season_years", "采购月年数", .int, "2", unit: "years", origin: "own (82)",
      meaning: "history needed"),
    SettingSpec(
      "stop_ratio", "停用逾期比", .float, "2", origin: "own (279)",
      meaning: "product counts as stopped above"),
    SettingSpec(
      "stop_min_orders", "停用最少订单", .int, "3", unit: "orders", origin: "own (279)",
      meaning: "history needed"),
    SettingSpec(
      "decline_ratio", "衰退逾期比", .float, "1.5", origin: "own (243)", meaning: "suggested lifecycle"),
    SettingSpec(
      "departure_ratio", "脱离逾期比", .float, "3", origin: "own (243)", meaning: "suggested lifecycle"),
    SettingSpec(
      "risk_limit", "高危风险分", .int, "3", unit: "points", origin: "own (106)",
      meaning: "high risk from"),
    SettingSpec("rfm_bins", "RFM档数", .int, "5", origin: "own", meaning: "4 or 5"),
    SettingSpec(
      "rfm_min", "RFM最少客户", .int, "20", unit: "customers", origin: "own",
      meaning: "below: not shown"),
    SettingSpec(
      "stalled_factor", "停滞倍数", .float, "2", origin: "own",
      meaning: "times the usual days of the stage"),
    SettingSpec(
      "win_prior", "赢率先验权重", .int, "10", unit: "deals", origin: "own",
      meaning: "calibration weight of the stated win"),
    SettingSpec(
      "forecast_cells", "精确预测上限", .int, "1000000", unit: "cells", origin: "own",
      meaning: "convolution up to, else simulation"),
    SettingSpec("forecast_runs", "模拟次数", .int, "100000", origin: "own", meaning: "seeded"),
    SettingSpec(
      "forecast_seed", "模拟种子", .int, "1", origin: "own", meaning: "printed with the result"),
    SettingSpec(
      "small_group", "小样本界限", .int, "30", unit: "rows", origin: "own", meaning: "a note below"),
    SettingSpec(
      "survey_min", "问卷最少份数", .int, "10", unit: "responses", origin: "own",
      meaning: "csat and nps empty below"),
    SettingSpec(
      "file_overview", "企业全貌字段", .list(.text),
      """
      name, industry, size, headcount, annual_output, phase, business, problem, \
      our_position, it_level, installations, partners, first_cooperation, \
      cooperation_reason
      """, origin: "13,14", meaning: "asked for completeness"),
    SettingSpec(
      "file_organisation", "组织结构字段", .list(.text),
      """
      departments, contacts, contacts.level, contacts.has_say, contacts.department, \
      opportunities.roles where opportunity.open
      """, origin: "13,34", meaning: "asked for completeness"),
    SettingSpec(
      "file_trajectory", "购买轨迹字段", .list(.text),
      """
      purchases, purchases.ordered, purchases.items.product, purchases.items.quantity, \
      purchases.items.unit_price, installations.installed
      """, origin: "13,16", meaning: "asked for completeness"),
    SettingSpec(
      "file_communication", "沟通信息字段", .list(.text),
      "last_contact, activities, satisfaction, opportunities", origin: "13",
      meaning: "asked for completeness"),
    SettingSpec(
      "handover_fields", "交接字段", .list(.text),
      """
      scope, difficulty, planned_days, survey_depth, version, plugins, service_bought, \
      purchase.payments.milestone, notes where kind = promise
      """, origin: "216,333", meaning: "asked before delivery"),
  ]

  /// Limits of the early warnings, by the number of the rule.
  private static let warnings: [SettingSpec] = [
    SettingSpec(
      "w1_days", "W1天数", .duration(.days), "30 days", origin: "own (273)",
      meaning: "order rate against no work"),
    SettingSpec(
      "w1_factor", "W1倍数", .float, "2", origin: "own (273)", meaning: "times the yearly mean"),
    SettingSpec(
      "w2_share", "W2占比", .percent, "80%", origin: "own (274)",
      meaning: "purchases without pre-sales"),
    SettingSpec(
      "w3_days", "W3天数", .duration(.days), "180 days", origin: "own (275)",
      meaning: "new technology noted within"),
    SettingSpec(
      "w4_share", "W4占比", .percent, "30%", origin: "own (276)", meaning: "leavers of pre-sales"),
    SettingSpec(
      "w4_days", "W4天数", .duration(.days), "90 days", origin: "own (276)", meaning: "counted over"),
    SettingSpec(
      "w5_offers", "W5报价数", .int, "10", unit: "offers", origin: "own (277)",
      meaning: "last offers looked at"),
    SettingSpec(
      "w5_share", "W5占比", .percent, "80%", origin: "own (277)", meaning: "from one template"),
    SettingSpec(
      "w6_days", "W6天数", .duration(.days), "365 days", origin: "own (278)",
      meaning: "training declined within"),
    SettingSpec(
      "w6_declines", "W6谢绝次数", .int, "2", unit: "invitations", origin: "own (278)",
      meaning: "or so many trainings declined and none attended"),
    SettingSpec(
      "w8_days", "W8天数", .duration(.days), "365 days", origin: "own (279)",
      meaning: "product stopped within"),
    SettingSpec(
      "w11_actions", "W11次数", .int, "10", unit: "activities", origin: "own (280)",
      meaning: "contacts without a move"),
    SettingSpec(
      "w11_days", "W11天数", .duration(.days), "90 days", origin: "own (280)", meaning: "counted over"
    ),
    SettingSpec(
      "w13_purchases", "W13购买数", .int, "2", unit: "purchases", origin: "own (280)",
      meaning: "all at a discount"),
    SettingSpec(
      "w23_days", "W23天数", .duration(.days), "90 days", origin: "own (285)",
      meaning: "silence after a purchase"),
  ]
}
