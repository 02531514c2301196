extension EnumerationSpec {
  /// customer.class, class_change.from, class_change.to, stage.matching_class.
  package static let `class` = EnumerationSpec(
    "class", "类别", ordered: true,
    [
      EnumerationValue("target", "目标", en: "Target", synonyms: ["目标客户"]),
      EnumerationValue("listed", "清单", en: "Listed", synonyms: ["清单客户"]),
      EnumerationValue("potential", "潜在", en: "Potential", synonyms: ["潜在客户"]),
      EnumerationValue("intent", "意向", en: "Intent", synonyms: ["意向客户"]),
      EnumerationValue("order", "订单", en: "Order", synonyms: ["订单客户"]),
      EnumerationValue("on_net", "在网", en: "On net", synonyms: ["在网客户"]),
      EnumerationValue("off_net", "已离网", en: "Off net", outsideOrder: true),
    ])

  /// customer.potential_level.
  package static let potentialLevel = EnumerationSpec(
    "potential_level", "潜在层次", ordered: true,
    [
      EnumerationValue("rivals", "对手客户", en: "Rival's customer", synonyms: ["竞争对手的客户"]),
      EnumerationValue("unaware", "未意识到", en: "Needs it, not aware"),
      EnumerationValue("latent", "在网潜需", en: "On net, latent need"),
    ])

  /// customer.list_kind.
  package static let listKind = EnumerationSpec(
    "list_kind", "名单性质", ordered: false,
    [
      EnumerationValue("stock", "在网存量", en: "On-net stock"),
      EnumerationValue("rival", "对手名单", en: "Rival's", synonyms: ["竞争对手客户"]),
      EnumerationValue("special", "特殊客户", en: "Special", synonyms: ["特殊"]),
    ])

  /// customer.lifecycle.
  package static let lifecycle = EnumerationSpec(
    "lifecycle", "生命周期", ordered: true,
    [
      EnumerationValue("acquisition", "获取", en: "Acquisition"),
      EnumerationValue("growth", "提升", en: "Growth"),
      EnumerationValue("maturity", "成熟", en: "Maturity"),
      EnumerationValue("decline", "衰退", en: "Decline"),
      EnumerationValue("departure", "脱离", en: "Departure"),
    ])

  /// customer.vpc.
  package static let vpc = EnumerationSpec(
    "vpc", "公司级细分", ordered: true,
    [
      EnumerationValue("P", "潜在客户", en: "Potential"),
      EnumerationValue("C", "价值客户", en: "Common (value)"),
      EnumerationValue("V", "贵宾客户", en: "VIP"),
    ])

  /// customer.ndf.
  package static let ndf = EnumerationSpec(
    "ndf", "客户经理细分", ordered: true,
    [
      EnumerationValue("N", "未成交", en: "No deal"),
      EnumerationValue("D", "成交客户", en: "Deal", synonyms: ["转期"]),
      EnumerationValue("F", "已上课", en: "Finished course", synonyms: ["已上公开课"]),
    ])

  /// customer.rad.
  package static let rad = EnumerationSpec(
    "rad", "大客户细分", ordered: true,
    [
      EnumerationValue("D", "可发展", en: "Development"),
      EnumerationValue("A", "可开发", en: "Acquisition"),
      EnumerationValue("R", "持续", en: "Retention"),
    ])

  /// customer.rad_status.
  package static let radStatus = EnumerationSpec(
    "rad_status", "持续状态", ordered: true,
    [
      EnumerationValue("development", "可发展", en: "Development"),
      EnumerationValue("acquisition", "可开发", en: "Acquisition"),
      EnumerationValue("retention", "持续", en: "Retention"),
    ])

  /// customer.tier, referrer.tier.
  package static let tier = EnumerationSpec(
    "tier", "等级", ordered: true,
    [
      EnumerationValue("P3", "潜在三级"),
      EnumerationValue("P2", "潜在二级"),
      EnumerationValue("P1", "潜在一级"),
      EnumerationValue("C3", "价值三级"),
      EnumerationValue("C2", "价值二级"),
      EnumerationValue("C1", "价值一级"),
      EnumerationValue("V3", "贵宾三级"),
      EnumerationValue("V2", "贵宾二级"),
      EnumerationValue("V1", "贵宾一级"),
    ])

  /// customer.ndf_cell.
  package static let ndfCell = EnumerationSpec(
    "ndf_cell", "客户经理格", ordered: true,
    [
      EnumerationValue("N3", "未成交三级"),
      EnumerationValue("N2", "未成交二级"),
      EnumerationValue("N1", "未成交一级"),
      EnumerationValue("D3", "成交三级"),
      EnumerationValue("D2", "成交二级"),
      EnumerationValue("D1", "成交一级"),
      EnumerationValue("F3", "已上课三级"),
      EnumerationValue("F2", "已上课二级"),
      EnumerationValue("F1", "已上课一级"),
    ])

  /// customer.rad_cell.
  package static let radCell = EnumerationSpec(
    "rad_cell", "大客户格", ordered: true,
    [
      EnumerationValue("D3", "可发展三级"),
      EnumerationValue("D2", "可发展二级"),
      EnumerationValue("D1", "可发展一级"),
      EnumerationValue("A3", "可开发三级"),
      EnumerationValue("A2", "可开发二级"),
      EnumerationValue("A1", "可开发一级"),
      EnumerationValue("R3", "持续三级"),
      EnumerationValue("R2", "持续二级"),
      EnumerationValue("R1", "持续一级"),
    ])

  /// customer.phase.
  package static let phase = EnumerationSpec(
    "phase", "发展阶段", ordered: true,
    [
      EnumerationValue("survival", "生存", en: "Survival"),
      EnumerationValue("growth", "发展", en: "Growth"),
      EnumerationValue("maturity", "成熟", en: "Maturity"),
    ])

  /// customer.size.
  package static let size = EnumerationSpec(
    "size", "规模", ordered: true,
    [
      EnumerationValue("small", "小型", en: "Small", synonyms: ["小型企业"]),
      EnumerationValue("medium", "中型", en: "Medium"),
      EnumerationValue("large", "大型", en: "Large"),
    ])

  /// customer.industry.
  package static let industry = EnumerationSpec(
    "industry", "行业", ordered: false,
    [
      EnumerationValue("agriculture", "农林牧渔", en: "Agriculture"),
      EnumerationValue("mining", "采矿", en: "Mining"),
      EnumerationValue("manufacturing", "制造", en: "Manufacturing"),
      EnumerationValue("utilities", "水电燃气", en: "Utilities"),
      EnumerationValue("construction", "建筑", en: "Construction"),
      EnumerationValue("trade", "批发零售", en: "Wholesale and retail", synonyms: ["工贸"]),
      EnumerationValue("transport", "交通物流", en: "Transport"),
      EnumerationValue("hospitality", "住宿餐饮", en: "Hospitality"),
      EnumerationValue("it", "信息技术", en: "Information technology"),
      EnumerationValue("finance", "金融", en: "Finance"),
      EnumerationValue("real_estate", "房地产", en: "Real estate"),
      EnumerationValue("business_services", "商务服务", en: "Business services"),
      EnumerationValue("science", "科研技术", en: "Research"),
      EnumerationValue("environment", "水利环境", en: "Environment"),
      EnumerationValue("personal_services", "居民服务", en: "Personal services"),
      EnumerationValue("education", "教育", en: "Education"),
      EnumerationValue("health", "卫生", en: "Health"),
      EnumerationValue("culture", "文体娱乐", en: "Culture and sport"),
      EnumerationValue("government", "公共管理", en: "Government"),
      EnumerationValue("international", "国际组织", en: "International"),
    ])

  /// customer.source, opportunity.source.
  package static let source = EnumerationSpec(
    "source", "来源", ordered: false,
    [
      EnumerationValue("referral", "推荐", en: "Referral"),
      EnumerationValue("event", "活动", en: "Event"),
      EnumerationValue("visit", "拜访", en: "Visit"),
      EnumerationValue("phone", "电话营销", en: "Telemarketing"),
      EnumerationValue("leaflet", "宣传资料", en: "Leaflet"),
      EnumerationValue("newsletter", "内刊", en: "Newsletter", synonyms: ["内部通讯"]),
      EnumerationValue("agent", "代理商", en: "Agent or partner", synonyms: ["合作伙伴"]),
      EnumerationValue("survey", "调查", en: "Survey"),
      EnumerationValue("web", "网络", en: "Web"),
      EnumerationValue("other", "其他来源", en: "Other"),
    ])

  /// customer.rfm_segment.
  package static let rfmSegment = EnumerationSpec(
    "rfm_segment", "RFM分群", ordered: false,
    [
      EnumerationValue("premium", "重要价值", en: "Premium"),
      EnumerationValue("repeat", "重复购买", en: "Repeat"),
      EnumerationValue("top_spender", "高消费", en: "Top spender"),
      EnumerationValue("at_risk", "流失风险", en: "At risk"),
      EnumerationValue("inactive", "沉睡", en: "Inactive"),
      EnumerationValue("other", "其他客户", en: "Other"),
    ])

  /// customer.buying_state(PERIOD).
  package static let buyingState = EnumerationSpec(
    "buying_state", "购买状态", ordered: false,
    [
      EnumerationValue("new", "新增", en: "New"),
      EnumerationValue("returning", "持续购买", en: "Returning"),
      EnumerationValue("resurrecting", "重新激活", en: "Resurrecting"),
      EnumerationValue("dormant", "休眠", en: "Dormant"),
    ])
}
