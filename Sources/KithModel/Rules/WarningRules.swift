/// An early warning as it ships; a row of `rule` in a new book, where it may be edited.
package struct WarningRule: Sendable {
  /// `W7`.
  package var code: String
  package var zh: String
  package var en: String
  /// The entity it watches.
  package var entity: String
  /// 1 to 3.
  package var severity: Int64
  /// Kith over the entity; nil where a person records the warning.
  package var condition: String?

  package init(
    _ code: String, _ zh: String, _ en: String, on entity: String, severity: Int64,
    condition: String? = nil
  ) {
    self.code = code
    self.zh = zh
    self.en = en
    self.entity = entity
    self.severity = severity
    self.condition = condition
  }

  package static let shipped: [WarningRule] = [
    WarningRule(
      "W1", "无作为而订单飞来", "Orders pour in without work", on: "customer", severity: 2,
      condition: """
        count(purchases where ordered in last setting.w1_days) >= setting.w1_factor * \
        count(purchases where ordered in last 365 days) / 12 and any(purchases where ordered in \
        last setting.w1_days) and none(activities where done in last setting.w1_days)
        """),
    WarningRule(
      "W2", "售前价值不高", "Pre-sales no longer needed", on: "customer", severity: 1,
      condition: """
        count(purchases where ordered in last 365 days and not presales) / count(purchases \
        where ordered in last 365 days) >= setting.w2_share
        """),
    WarningRule(
      "W3", "研究新技术", "Studies a new technology", on: "customer", severity: 2,
      condition: "any(activities where new_tech is not empty and done in last setting.w3_days)"),
    WarningRule(
      "W4", "售前离职转岗", "Pre-sales staff leave", on: "team", severity: 3,
      condition: """
        count(members where job = presales and left in last setting.w4_days) / count(members \
        where job = presales) >= setting.w4_share
        """),
    WarningRule(
      "W5", "方案千篇一律", "Proposals all alike", on: "member", severity: 1,
      condition: """
        count(opportunities.offers where offered is not empty and template is not empty) >= \
        setting.w5_offers and commonest_share(tail(list(opportunities.offers.template where \
        offered is not empty sort offered), setting.w5_offers)) >= setting.w5_share
        """),
    WarningRule(
      "W6", "谢绝培训", "Declines training", on: "customer", severity: 2,
      condition: """
        any(activities where training_declined and done in last setting.w6_days) or \
        (count(attendances where state = declined and event.kind = training and event.date \
        in last setting.w6_days) >= setting.w6_declines and none(attendances where attended \
        and event.kind = training and event.date in last setting.w6_days))
        """),
    WarningRule(
      "W7", "很久没有采购", "No purchase for too long", on: "customer", severity: 2,
      condition: "reorder_due"),
    WarningRule(
      "W8", "产品停用", "Product stopped", on: "customer", severity: 3,
      condition: "any(installations where vendor = us and stopped in last setting.w8_days)"),
    WarningRule(
      "W9", "被对手取代", "Replaced by a rival", on: "customer", severity: 3,
      condition: "any(rivals where replaced_us)"),
    WarningRule(
      "W10", "报备失效", "Registration lapses", on: "claim", severity: 2, condition: "lapsed"),
    WarningRule(
      "W11", "多次接触未成交", "Many contacts, no deal", on: "customer", severity: 1,
      condition: """
        class = listed and count(activities where done in last setting.w11_days) >= \
        setting.w11_actions and class_since < today - setting.w11_days
        """),
    WarningRule(
      "W12", "体验有落差", "Experience below expectation", on: "customer", severity: 2,
      condition: "satisfaction_change < 0%"),
    WarningRule(
      "W13", "只靠优惠维系", "Kept by discount only", on: "customer", severity: 1,
      condition: """
        count(purchases where ordered in last 365 days) >= setting.w13_purchases and \
        none(purchases where \
        ordered in last 365 days and discount_kind not in (promotion, price_cut))
        """),
    WarningRule("W14", "离网", "Off net", on: "customer", severity: 3, condition: "class = off_net"),
    WarningRule(
      "W15", "项目停滞", "Delivery stalls", on: "project", severity: 2,
      condition: "state = stalled or late"),
    WarningRule(
      "W16", "不愿交服务费", "Refuses the service fee", on: "customer", severity: 2,
      condition: "any(opportunities.offers where answer = refused and product.kind = maintenance)"),
    WarningRule("W17", "不需要厂家服务", "No service wanted", on: "customer", severity: 1),
    WarningRule("W18", "方案未获领导认可", "Plan not approved by leaders", on: "customer", severity: 1),
    WarningRule(
      "W19", "无高层联系", "No executive contact", on: "customer", severity: 2,
      condition: "class = on_net and not exec_covered"),
    WarningRule("W20", "对现有系统不满", "Unhappy with another system", on: "customer", severity: 1),
    WarningRule("W21", "客户自建系统", "Builds its own systems", on: "customer", severity: 1),
    WarningRule("W22", "四问出现机会", "Opening: one of the four questions", on: "customer", severity: 1),
    WarningRule(
      "W23", "售后联系少", "Silence after the sale", on: "customer", severity: 1,
      condition: """
        last_purchase in last 180 days and none(activities where done in last setting.w23_days)
        """),
    WarningRule(
      "W24", "推荐人该提醒", "Referrer to be reminded", on: "referrer", severity: 1,
      condition: "reminder_due"),
    WarningRule("W25", "大环境不利", "Negative climate", on: "customer", severity: 1),
    WarningRule(
      "W26", "阶段超期", "Over its planned days", on: "opportunity", severity: 2, condition: "stalled"),
    WarningRule(
      "W27", "反对者未处理", "Opponent not dealt with", on: "opportunity", severity: 3,
      condition: "open and opponent_open"),
    WarningRule(
      "W28", "缺少线人", "No coach", on: "opportunity", severity: 2,
      condition: "stage = A and open and not has_coach"),
    WarningRule(
      "W29", "对手无策略", "Rival without an answer", on: "opportunity", severity: 2,
      condition: "open and stage >= B and rival_unanswered"),
    WarningRule(
      "W30", "顾虑未解", "Concern unresolved", on: "opportunity", severity: 3,
      condition: "open and stage = D and open_concerns > 0"),
  ]
}
