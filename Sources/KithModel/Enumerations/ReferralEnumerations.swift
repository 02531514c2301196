extension EnumerationSpec {
  /// Referrer.category.
  package static let referrerCategory = EnumerationSpec(
    "referrer_category", "推荐类别", ordered: false,
    [
      EnumerationValue("customer", "客户", en: "Customer"),
      EnumerationValue("colleague", "同事", en: "Colleague"),
      EnumerationValue("relative", "亲戚", en: "Relative", synonyms: ["亲人"]),
      EnumerationValue("neighbour", "邻居", en: "Neighbour"),
      EnumerationValue("friend", "朋友", en: "Friend"),
      EnumerationValue("classmate", "同学", en: "Classmate"),
      EnumerationValue("competitor", "竞争对手", en: "Competitor"),
      EnumerationValue(
        "other_sales", "其他公司销售", en: "Other firms' salespeople", synonyms: ["其他公司销售人员"]),
      EnumerationValue("acquaintance", "认识的人", en: "Anyone we know"),
    ])

  /// Ask.step.
  package static let askStep = EnumerationSpec(
    "ask_step", "推荐步骤", ordered: true,
    [
      EnumerationValue("inform", "告知", en: "Inform"),
      EnumerationValue("remind", "提醒", en: "Remind"),
      EnumerationValue("target", "目标", en: "Target"),
      EnumerationValue("connect", "联系", en: "Connect"),
      EnumerationValue("engage", "接触", en: "Engage"),
    ])

  /// Referral.state.
  package static let referralState = EnumerationSpec(
    "referral_state", "推荐状态", ordered: true,
    [
      EnumerationValue("new", "新推荐", en: "New"),
      EnumerationValue("contacted", "已联系", en: "Contacted"),
      EnumerationValue("talking", "会谈中", en: "Talking"),
      EnumerationValue("won", "成交", en: "Won"),
      EnumerationValue("lost", "未成交", en: "Lost", outsideOrder: true),
      EnumerationValue("no_need", "无需求", en: "No need", outsideOrder: true),
    ])

  /// Reward.kind.
  package static let rewardKind = EnumerationSpec(
    "reward_kind", "酬谢类型", ordered: false,
    [
      EnumerationValue("thanks", "感谢", en: "Thanks"),
      EnumerationValue("gift", "礼品", en: "Gift"),
      EnumerationValue("reward", "奖励", en: "Reward"),
    ])
}
