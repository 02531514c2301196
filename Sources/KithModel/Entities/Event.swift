import KithBase

extension EntitySpec {
  /// Training, closing event, liaison event, party or market event.
  package static let event = EntitySpec(
    "event",
    plural: "events",
    zh: "活动",
    meaning: "training, closing event, liaison event, party or market event",
    synonyms: [("campaign", "campaigns")],
    zhSynonyms: ["市场活动"],
    show: ["name", "kind", "date", "host", "attended_count", "cost"],
    title: "name",
    time: "date",
    fields: eventFields,
    toOne: eventToOne,
    toMany: eventToMany,
    derived: eventDerived)

  private static let eventFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true, synonyms: ["title"], zhSynonyms: ["主题"]),
    FieldSpec("kind", "类型", .enumeration("event_kind"), required: true),
    FieldSpec("date", "日期", .date, column: "on_date", required: true),
    FieldSpec("begins", "开始时间", .time),
    FieldSpec("finishes", "结束时间", .time),
    FieldSpec("venue", "地点", .text),
    FieldSpec("form", "形式", .text),
    FieldSpec("tone", "基调", .text),
    FieldSpec("purpose", "目的", .text),
    FieldSpec("content", "核心内容", .text),
    FieldSpec("topic", "培训主题", .text, note: "matches tags"),
    FieldSpec("series", "系列", .text, note: "e.g. every Thursday"),
    FieldSpec("co_host", "协办", .text),
    FieldSpec("max_headcount", "人数上限", .int, unit: "persons"),
    FieldSpec("budget", "预算", .money),
    FieldSpec("state", "状态", .enumeration("event_state"), required: true, default: "'planned'"),
    FieldSpec("news", "新闻日期", .date, note: "due in 3 days"),
    FieldSpec("cautions", "注意事项", .text, note: "and success factors"),
    FieldSpec("subsidy_state", "补贴状态", .enumeration("subsidy_state"), zhSynonyms: ["报销状态"]),
    FieldSpec("subsidy_claimed", "申报补贴", .money),
    FieldSpec("subsidy_granted", "获批补贴", .money),
    FieldSpec("subsidy_submitted", "申报日期", .date),
    .created,
    .updated,
  ]

  private static let eventToOne: [ToOneSpec] = [
    ToOneSpec("host", "主办", to: "team"),
    ToOneSpec("product", "产品", to: "product", zhSynonyms: ["推介产品"]),
  ]

  private static let eventToMany: [ToManySpec] = [
    ToManySpec("opportunities", "商机", to: "opportunity", .key("event")),
    ToManySpec("participants", "参与人员", to: "participant", .key("event")),
    ToManySpec("sessions", "议程", to: "session", .key("event")),
    ToManySpec("attendances", "参会", to: "attendance", .key("event")),
    ToManySpec("preparations", "筹备", to: "preparation", .key("event")),
    ToManySpec("customers", "客户", to: "customer", .chain(["attendances", "customer"])),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let eventDerived: [DerivedSpec] = [
    DerivedSpec("invited_count", "邀约数", .int, "count(attendances)", origin: "70"),
    DerivedSpec("attended_count", "到场数", .int, "count(attendances where attended)", origin: "70"),
    DerivedSpec(
      "attended_headcount", "到场人数", .int, "sum(attendances.headcount where attended)",
      origin: "161,165"),
    DerivedSpec("attend_rate", "到场率", .percent, "attended_count / invited_count", origin: "70"),
    DerivedSpec(
      "no_show_rate", "缺席率", .percent,
      """
      count(attendances where state = absent) / count(attendances where state in \
      (attended, absent))
      """, origin: "70"),
    DerivedSpec(
      "new_share", "新客户占比", .percent, "count(attendances where attended and new) / attended_count",
      origin: "165,238"),
    DerivedSpec(
      "late_share", "后期占比", .percent,
      "count(attendances where invited_stage in (C, D)) / invited_count", origin: "165,238"),
    DerivedSpec("size_ok", "规模合适", .bool, "attended_headcount <= max_headcount", origin: "161,165"),
    DerivedSpec("cost", "成本", .money, "sum(preparations.amount)", origin: "68,238"),
    DerivedSpec("cost_per_customer", "户均成本", .money, "cost / attended_count", origin: "238"),
    DerivedSpec(
      "product_time", "产品时长", .duration(.microseconds), "sum(sessions.length where product_slot)",
      origin: "163"),
    DerivedSpec(
      "news_late", "新闻逾期", .bool, "state = held and (news ?? today) > date + setting.news_days",
      origin: "168,262"),
    DerivedSpec(
      "signings", "签约数", .int,
      """
      distinct(attendances.customer where attended and any(customer.purchases.items where \
      (self.product is empty or product = self.product) and (purchase.signed ?? \
      purchase.ordered) >= self.date and (purchase.signed ?? purchase.ordered) <= self.date + p))
      """,
      parameters: ["DAYS"], origin: "169,237,261"),
    DerivedSpec(
      "signed_amount", "签约金额", .money,
      """
      sum(attendances.customer.purchases.items.amount where (self.product is empty or product = \
      self.product) and (purchase.signed ?? purchase.ordered) >= self.date and (purchase.signed \
      ?? purchase.ordered) <= self.date + p and any(purchase.customer.attendances where attended \
      and event = self))
      """,
      parameters: ["DAYS"], origin: "169,237,261"),
    DerivedSpec(
      "in_window", "日期合适", .bool,
      """
      day_of(date) >= setting.window_first and day_of(date) <= setting.window_last and date not \
      in (calendar_days | where tax_day or closing_day | select date)
      """,
      origin: "160,165"),
    DerivedSpec(
      "subsidy_due", "应得补贴", .money,
      """
      case when kind != closing then empty when distinct(attendances.customer where attended) < \
      setting.subsidy_min then ¥0 when distinct(attendances.customer where attended) <= \
      setting.subsidy_mid then max(setting.subsidy_1_low, min(setting.subsidy_1_high, cost)) when \
      distinct(attendances.customer where attended) <= setting.subsidy_max then \
      max(setting.subsidy_2_low, min(setting.subsidy_2_high, cost)) end
      """,
      origin: "167"),
    DerivedSpec(
      "agenda_ok", "议程合理", .bool,
      """
      case when any(sessions) then none(sessions where overlaps or begins < self.begins or \
      finishes > self.finishes or (product_slot and finishes - self.begins < self.finishes - \
      finishes)) end
      """,
      origin: "163,191"),
  ]
}
