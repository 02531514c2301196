import KithBase

extension EntitySpec {
  /// A firm or person we know or were told of.
  package static let customer = EntitySpec(
    "customer",
    plural: "customers",
    zh: "客户",
    meaning: "a firm or person we know or were told of",
    synonyms: [("account", "accounts"), ("company", "companies")],
    zhSynonyms: ["公司", "老客户"],
    show: ["name", "city", "tier", "class", "owner", "revenue", "last_contact"],
    title: "name",
    time: "created",
    fields: customerFields,
    toOne: customerToOne,
    toMany: customerToMany,
    derived: customerDerived + customerScores + customerQuestions)

  private static let customerFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true, zhSynonyms: ["客户名称", "账户名称"]),
    FieldSpec(
      "aliases", "别名", .text,
      note: "former names and spellings, one a line; search and `duplicates` read it"),
    FieldSpec("name_key", "规范名", .text, hidden: true, note: "folded name, kept by kith; hidden"),
    FieldSpec("person", "个人", .bool, note: "a person, not a firm"),
    FieldSpec("known", "认识", .bool, note: "known to us or to a referrer of ours"),
    FieldSpec(
      "industry", "行业", .enumeration("industry"), synonyms: ["sector"],
      note: "an import may add values"),
    FieldSpec("industry_focus", "行业重点", .text),
    FieldSpec("policy", "政策导向", .text),
    FieldSpec("business", "主营业务", .text),
    FieldSpec("our_position", "我方地位", .text, note: "our place in that industry"),
    FieldSpec("size", "规模", .enumeration("size")),
    FieldSpec(
      "headcount", "人数", .int, unit: "persons", synonyms: ["employees"], zhSynonyms: ["人员规模"]),
    FieldSpec("founded", "成立年份", .int, unit: "year"),
    FieldSpec(
      "annual_output", "年产值", .money, synonyms: ["output"], zhSynonyms: ["产值"], note: "a year"),
    FieldSpec("annual_profit", "年利润", .money, note: "a year"),
    FieldSpec("budget", "预算", .money),
    FieldSpec("consumption", "消费量", .money, note: "a year; threshold not given by the source"),
    FieldSpec(
      "wallet_share", "拥有率", .percent, synonyms: ["ownership"], note: "our share of what it spends"),
    FieldSpec("power", "购买力", .int, range: 1...3, note: "set by hand, 1 is high; empty = computed"),
    FieldSpec("phase", "发展阶段", .enumeration("phase"), zhSynonyms: ["所处阶段"]),
    FieldSpec("problem", "最大问题", .text, zhSynonyms: ["企业问题"]),
    FieldSpec("need", "需求", .text, note: "need status"),
    FieldSpec("it_level", "信息化程度", .int, range: 1...5, note: "own scale"),
    FieldSpec("it_strategy", "信息化规划", .text),
    FieldSpec("relationship", "客情", .int, range: 1...5, zhSynonyms: ["客情关系"], note: "own scale"),
    FieldSpec(
      "opinion", "对我评价", .int, range: 1...5, zhSynonyms: ["美誉度"], note: "reputation with them"),
    FieldSpec("recognition", "产品认可度", .int, range: 1...5),
    FieldSpec("first_cooperation", "初次合作", .date),
    FieldSpec("cooperation_reason", "合作原因", .text),
    FieldSpec(
      "class", "类别", .enumeration("class"), zhSynonyms: ["客户类别"],
      note: "empty = not yet a target; changes kept in class_change"),
    FieldSpec("potential_level", "潜在层次", .enumeration("potential_level")),
    FieldSpec("list_kind", "名单性质", .enumeration("list_kind")),
    FieldSpec("lifecycle", "生命周期", .enumeration("lifecycle")),
    FieldSpec("high_risk", "高危", .bool, note: "set by hand or by a rule"),
    FieldSpec("vpc", "公司级细分", .enumeration("vpc"), note: "set, or proposed from consumption"),
    FieldSpec("rad_status", "持续状态", .enumeration("rad_status"), note: "apart from `rad`"),
    FieldSpec("source", "来源", .enumeration("source")),
    FieldSpec("left", "离网日期", .date),
    FieldSpec("city", "城市", .text),
    FieldSpec("province", "省", .text, zhSynonyms: ["省份"]),
    FieldSpec("region", "地区", .text, zhSynonyms: ["大区"]),
    FieldSpec("country", "国家", .text),
    FieldSpec("address", "地址", .text, synonyms: ["location"], zhSynonyms: ["位置"]),
    FieldSpec("phone", "电话", .text, synonyms: ["tel"], zhSynonyms: ["手机"]),
    FieldSpec("email", "邮箱", .text, synonyms: ["mail"]),
    FieldSpec("website", "网址", .text),
    .created,
    .updated,
  ]

  private static let customerToOne: [ToOneSpec] = [
    ToOneSpec("owner", "负责人", to: "member", zhSynonyms: ["客户经理"]),
    ToOneSpec("grid", "网格", to: "grid"),
    ToOneSpec("parent", "上级", to: "customer", zhSynonyms: ["上级单位"]),
    ToOneSpec("merged_into", "合并到", to: "customer"),
    ToOneSpec(
      "referral", "来源推荐", to: "referral",
      through: .first(path: "referrals_received", by: "referred")),
    ToOneSpec("referrer", "推荐人", to: "referrer", through: .chain(["referral", "referrer"])),
  ]

  private static let customerToMany: [ToManySpec] = [
    ToManySpec("children", "下级", to: "customer", .key("parent")),
    ToManySpec("merged", "已并入", to: "customer", .key("merged_into")),
    ToManySpec("contacts", "联系人", to: "contact", .key("customer")),
    ToManySpec("claims", "认领", to: "claim", .key("customer")),
    ToManySpec("class_changes", "类别变更", to: "class_change", .key("customer")),
    ToManySpec("departments", "部门", to: "department", .key("customer")),
    ToManySpec("installations", "在用产品", to: "installation", .key("customer")),
    ToManySpec("partners", "往来单位", to: "partner", .key("customer")),
    ToManySpec("partner_of", "关联客户", to: "partner", .key("other")),
    ToManySpec("rivals", "竞争情报", to: "rival", .key("customer")),
    ToManySpec("notes", "记事", to: "note", .key("customer")),
    ToManySpec("tags", "标签", to: "tag", .key("customer")),
    ToManySpec("opportunities", "商机", to: "opportunity", .key("customer")),
    ToManySpec("advocates", "客户方推荐人", to: "referrer", .key("customer")),
    ToManySpec("referrals_received", "收到的推荐", to: "referral", .key("customer")),
    ToManySpec("activities", "跟进", to: "activity", .key("customer")),
    ToManySpec("attendances", "参会", to: "attendance", .key("customer")),
    ToManySpec("responses", "答卷", to: "response", .key("customer")),
    ToManySpec("purchases", "购买", to: "purchase", .key("customer")),
    ToManySpec("projects", "项目", to: "project", .key("customer")),
    ToManySpec("signals", "预警", to: "signal", .key("customer")),
    ToManySpec("referrals_made", "做出的推荐", to: "referral", .chain(["advocates", "referrals"])),
    ToManySpec("referred", "推荐的客户", to: "customer", .firstReferred),
    ToManySpec("products", "买过的产品", to: "product", .chain(["purchases", "items", "product"])),
    ToManySpec("events", "活动", to: "event", .chain(["attendances", "event"])),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let customerDerived: [DerivedSpec] = [
    DerivedSpec("bought", "已购买", .bool, "any(purchases)", origin: "1"),
    DerivedSpec("revenue", "收入", .money, "sum(purchases.amount)", origin: "82"),
    DerivedSpec("first_purchase", "首次购买", .date, "min(purchases.ordered)", origin: "16"),
    DerivedSpec("last_purchase", "最近购买", .date, "max(purchases.ordered)", origin: "241"),
    DerivedSpec("recency", "距上次购买", .duration(.days), "today - last_purchase", origin: "241"),
    DerivedSpec("frequency", "购买次数", .int, "distinct(purchases.ordered)", origin: "241"),
    DerivedSpec(
      "interval", "购买周期", .duration(.microseconds), "median(purchases.gap where gap > 0 days)",
      origin: "241"),
    DerivedSpec(
      "spread", "周期波动", .duration(.microseconds), "median(purchases.deviation where gap > 0 days)",
      origin: "241"),
    DerivedSpec(
      "interval_weak", "周期存疑", .bool, "count(purchases where gap > 0 days) = 1", origin: "241"),
    DerivedSpec(
      "next_purchase", "预计下次购买", .date, "last_purchase + round(days(interval)) * 1 day",
      origin: "241"),
    DerivedSpec("overdue_ratio", "逾期比", .float, "recency / interval", origin: "241"),
    DerivedSpec(
      "reorder_due", "该补货", .bool,
      """
      count(purchases where gap > 0 days) >= setting.rhythm_gaps and recency > interval + \
      setting.rhythm_factor * spread and recency > interval + setting.rhythm_min
      """, origin: "241,267,279"),
    DerivedSpec("breadth", "产品线数", .int, "distinct(purchases.items.product.line)", origin: "242"),
    DerivedSpec(
      "stopped_count", "停用产品数", .int, "count(installations where stopped is not empty)",
      origin: "279"),
    DerivedSpec(
      "open_amount", "在途金额", .money, "sum(opportunities.amount where open)", origin: "249"),
    DerivedSpec("won_amount", "赢单金额", .money, "sum(opportunities.amount where won)", origin: "249"),
    DerivedSpec(
      "growing", "在增长", .bool,
      """
      sum(purchases.amount where ordered in last 365 days) > sum(purchases.amount where \
      ordered >= 730 days ago and ordered < 365 days ago)
      """, origin: "201"),
    DerivedSpec(
      "vpc_level", "购买力级别", .int,
      """
      power ?? case when annual_output >= setting.vpc_output_1 then 1 when annual_output >= \
      setting.vpc_output_2 then 2 when annual_output is not empty then 3 end
      """, origin: "148"),
    DerivedSpec(
      "ndf_level", "利润级别", .int,
      """
      power ?? case when annual_profit >= setting.ndf_profit_1 then 1 when annual_profit >= \
      setting.ndf_profit_2 then 2 when annual_profit is not empty then 3 end
      """, origin: "149"),
    DerivedSpec(
      "wallet_level", "拥有率级别", .int,
      """
      case when wallet_share >= setting.wallet_share_1 then 1 when wallet_share >= \
      setting.wallet_share_2 then 2 when wallet_share is not empty then 3 end
      """, origin: "151"),
    DerivedSpec(
      "tier", "等级", .enumeration("tier"),
      """
      case \
      when vpc = V and vpc_level = 1 then tier.V1 \
      when vpc = V and vpc_level = 2 then tier.V2 \
      when vpc = V and vpc_level = 3 then tier.V3 \
      when vpc = C and vpc_level = 1 then tier.C1 \
      when vpc = C and vpc_level = 2 then tier.C2 \
      when vpc = C and vpc_level = 3 then tier.C3 \
      when vpc = P and vpc_level = 1 then tier.P1 \
      when vpc = P and vpc_level = 2 then tier.P2 \
      when vpc = P and vpc_level = 3 then tier.P3 end
      """, origin: "152"),
    DerivedSpec(
      "ndf", "客户经理细分", .enumeration("ndf"),
      """
      case when vpc = C and (any(purchases.items where product.course) or any(attendances \
      where attended and event.product.course)) then ndf.F when vpc = C and any(purchases) \
      then ndf.D when vpc = C then ndf.N end
      """, origin: "108"),
    DerivedSpec(
      "rad", "大客户细分", .enumeration("rad"),
      """
      case when vpc = V and budget >= setting.rad_budget_r then rad.R when vpc = V and budget \
      >= setting.rad_budget_a then rad.A when vpc = V and budget is not empty then rad.D end
      """, origin: "109,150"),
    DerivedSpec(
      "ndf_cell", "客户经理格", .enumeration("ndf_cell"),
      """
      case \
      when ndf = F and ndf_level = 1 then ndf_cell.F1 \
      when ndf = F and ndf_level = 2 then ndf_cell.F2 \
      when ndf = F and ndf_level = 3 then ndf_cell.F3 \
      when ndf = D and ndf_level = 1 then ndf_cell.D1 \
      when ndf = D and ndf_level = 2 then ndf_cell.D2 \
      when ndf = D and ndf_level = 3 then ndf_cell.D3 \
      when ndf = N and ndf_level = 1 then ndf_cell.N1 \
      when ndf = N and ndf_level = 2 then ndf_cell.N2 \
      when ndf = N and ndf_level = 3 then ndf_cell.N3 end
      """, origin: "152"),
    DerivedSpec(
      "rad_cell", "大客户格", .enumeration("rad_cell"),
      """
      case \
      when rad = R and wallet_level = 1 then rad_cell.R1 \
      when rad = R and wallet_level = 2 then rad_cell.R2 \
      when rad = R and wallet_level = 3 then rad_cell.R3 \
      when rad = A and wallet_level = 1 then rad_cell.A1 \
      when rad = A and wallet_level = 2 then rad_cell.A2 \
      when rad = A and wallet_level = 3 then rad_cell.A3 \
      when rad = D and wallet_level = 1 then rad_cell.D1 \
      when rad = D and wallet_level = 2 then rad_cell.D2 \
      when rad = D and wallet_level = 3 then rad_cell.D3 end
      """, origin: "152"),
    DerivedSpec("key_account", "大客户", .bool, "vpc = V", origin: "19"),
    DerivedSpec("class_since", "类别起始", .time, "max(class_changes.at)", origin: "245"),
    DerivedSpec("class_age", "类别时长", .duration(.microseconds), "now - class_since", origin: "245"),
    DerivedSpec(
      "exec_covered", "高层覆盖", .bool,
      """
      any(activities where done in last setting.coverage_window and contact.level = executive \
      and kind in (visit, executive_visit, phone))
      """, origin: "222,268"),
    DerivedSpec(
      "levels_met", "已见层级数", .int,
      "distinct(activities.contact.level where done in last setting.coverage_window)",
      origin: "222,248"),
    DerivedSpec(
      "last_event", "最近参会", .date, "max(attendances.event.date where attended)", origin: "61"),
    DerivedSpec(
      "last_contact", "最近联系", .time,
      """
      case \
      when last_event is empty or max(activities.done) >= last_event then max(activities.done) \
      when true then last_event end
      """, origin: "285"),
    DerivedSpec("idle", "未联系时长", .duration(.microseconds), "now - last_contact", origin: "285"),
    DerivedSpec(
      "satisfaction", "满意度", .percent, "last(responses.score sort answered)", origin: "24,246"),
    DerivedSpec("open_signals", "未结预警数", .int, "count(signals where open)", origin: "268"),
    DerivedSpec("risk", "风险分", .int, "sum(signals.rule.severity where open)", origin: "268"),
    DerivedSpec(
      "suggested_lifecycle", "建议周期", .enumeration("lifecycle"),
      """
      case when class = off_net or overdue_ratio > setting.departure_ratio then \
      lifecycle.departure when high_risk or overdue_ratio > setting.decline_ratio then \
      lifecycle.decline when \
      distinct(installations.product.line where in_use) >= 2 then lifecycle.maturity when \
      growing then lifecycle.growth else lifecycle.acquisition end
      """, origin: "201,243"),
    DerivedSpec(
      "referral_value", "推荐价值", .money, "sum(referred.opportunities.amount where won)",
      origin: "234"),
    DerivedSpec(
      "generation", "推荐代数", .int, algorithm: "0 for a root; 1 + that of who referred it; loop-safe",
      origin: "49"),
    DerivedSpec(
      "downline_count", "下线人数", .int, algorithm: "distinct customers in the tree below; loop-safe",
      origin: "49"),
    DerivedSpec(
      "satisfaction_change", "满意度变化", .percent,
      "satisfaction - element(list(responses.score sort answered), -2)", origin: "280"),
    DerivedSpec(
      "completeness", "档案完整度", .percent,
      """
      (filled(setting.file_overview) + filled(setting.file_organisation) + \
      filled(setting.file_trajectory) + filled(setting.file_communication)) / 4
      """, origin: "6,331"),
    DerivedSpec(
      "season_months", "采购月", .list(.int),
      """
      case when distinct(year_of(purchases.ordered)) >= setting.season_years then \
      frequent(list(month_of(purchases.ordered)), setting.season_share) end
      """, origin: "82,241"),
  ]

  /// Scores by rank among all buyers: 1 + floor(n × those worse ÷ all), at most n; equal values have
  /// equal scores.
  private static let customerScores: [DerivedSpec] = [
    DerivedSpec(
      "r_score", "近度分", .int, score("recency desc", bins: "setting.rfm_bins"),
      emptyReason: tooFewBuyers),
    DerivedSpec(
      "f_score", "频度分", .int, score("if(bought, frequency) asc", bins: "setting.rfm_bins"),
      emptyReason: tooFewBuyers),
    DerivedSpec(
      "m_score", "额度分", .int, score("if(bought, revenue) asc", bins: "setting.rfm_bins"),
      emptyReason: tooFewBuyers),
    DerivedSpec(
      "rfm", "RFM", .text,
      "case when r_score is not empty then f\"{r_score}{f_score}{m_score}\" end"),
    DerivedSpec(
      "rfm_quarters", "四分RFM", .text,
      """
      case when recency is not empty and count(recency per all) >= setting.rfm_min then \
      f"{\(score("recency desc", bins: "4"))}{\(score("if(bought, frequency) asc", bins: "4"))}\
      {\(score("if(bought, revenue) asc", bins: "4"))}" end
      """, emptyReason: tooFewBuyers),
    DerivedSpec(
      "rfm_segment", "RFM分群", .enumeration("rfm_segment"),
      """
      case when rfm_quarters in ("333", "334", "343", "344", "433", "434", "443", "444") \
      then rfm_segment.premium \
      when rfm_quarters in ("143", "232", "233", "234", "243", "244", "332") \
      then rfm_segment.repeat \
      when rfm_quarters in ("124", "133", "134", "144", "224", "313", "314", "323", "324", "413", \
      "414", "423", "424") then rfm_segment.top_spender \
      when rfm_quarters in ("122", "123", "132", "212", "214", "222", "223", "312", "322", "412", \
      "422") then rfm_segment.at_risk \
      when rfm_quarters in ("111", "112", "113", "114", "211", "311", "411") \
      then rfm_segment.inactive \
      when rfm_quarters is not empty then rfm_segment.other end
      """),
  ]

  private static let tooFewBuyers = (
    english: "fewer customers have bought than setting rfm_min asks for, so there are no scores",
    chinese: "已购买的客户少于设置 rfm_min，因此不评分"
  )

  private static func score(_ key: String, bins: String) -> String {
    let value = key.split(separator: " ").dropLast().joined(separator: " ")
    return """
      case when count(\(value) per all) >= setting.rfm_min then min(\(bins), 1 + floor(\(bins) * \
      (rank(\(key)) - 1) / count(\(value) per all))) end
      """
  }

  /// Fields that are asked about something: a class, a period, a product, a profile, a cadence.
  private static let customerQuestions: [DerivedSpec] = [
    DerivedSpec(
      "days_in", "停留天数", .int,
      """
      case when any(class_changes where to = p) then floor(days(sum(class_changes.stay where to \
      = p))) end
      """, parameters: ["CLASS"], origin: "245"),
    DerivedSpec(
      "entered", "进入时间", .time, "min(class_changes.at where to = p)", parameters: ["CLASS"],
      origin: "245"),
    DerivedSpec(
      "reached", "到达过", .bool,
      "class = p or class >= p or any(class_changes where to = p or to >= p)",
      parameters: ["CLASS"], origin: "245"),
    DerivedSpec(
      "buying_state", "购买状态", .enumeration("buying_state"),
      """
      case when any(purchases where ordered in p) and none(purchases where ordered < p) then \
      buying_state.new when any(purchases where ordered in p) and any(purchases where ordered in \
      before_p) then buying_state.returning when any(purchases where ordered in p) then \
      buying_state.resurrecting when any(purchases where ordered in before_p) then \
      buying_state.dormant end
      """, parameters: ["PERIOD"]),
    DerivedSpec(
      "stopped_buying", "已停购", .bool,
      """
      any(installations where product = p and stopped <= today) or (distinct( \
      purchases.items.purchase.ordered where product = p) >= setting.stop_min_orders and (today \
      - max(purchases.items.purchase.ordered where product = p)) / \
      median_gap(list(purchases.items.purchase.ordered where product = p)) > setting.stop_ratio)
      """, parameters: ["PRODUCT"], origin: "267,279"),
    DerivedSpec(
      "price_trend", "价格走势", .percent,
      """
      case when distinct(purchases.items.purchase.ordered where product = p and unit_price is \
      not empty) >= 2 then last(purchases.items.unit_price where product = p and unit_price is \
      not empty sort purchase.ordered) / first(purchases.items.unit_price where product = p and \
      unit_price is not empty sort purchase.ordered) - 1 end
      """, parameters: ["PRODUCT"], origin: "13,242"),
    DerivedSpec(
      "new_for", "是新客户", .bool,
      """
      none(purchases.items where product = p) and none(installations where product = p and \
      in_use)
      """, parameters: ["PRODUCT"], origin: "9"),
    DerivedSpec(
      "fit", "理想度", .percent, algorithm: "share of the profile's given conditions that hold",
      parameters: ["PROFILE"], origin: "48,257"),
    DerivedSpec(
      "value_kept", "维系价值", .money,
      """
      sum(purchases.items.amount where purchase.ordered in p and (product.kind in (maintenance, \
      app_service) or (product_since in p and product_since > purchase.customer.first_purchase))) \
      + sum(referred.opportunities.amount where won and closed in p)
      """, parameters: ["PERIOD"], origin: "81,239"),
    DerivedSpec(
      "touch_due", "联系到期", .date,
      algorithm: """
        last touch of the cadence's kinds + its period (or its max_days, if sooner), today if \
        never; not before the open deals resume
        """, parameters: ["CADENCE"], origin: "128,240,264"),
    DerivedSpec(
      "kept", "达标", .bool,
      algorithm: """
        touches of the cadence's kinds in the period ≥ its times; empty for whom its condition \
        leaves out
        """, parameters: ["CADENCE", "PERIOD"], origin: "128,240,264"),
  ]
}
