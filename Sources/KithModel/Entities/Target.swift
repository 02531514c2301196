import KithBase

extension EntitySpec {
  /// What a member or team is to reach in a time.
  package static let target = EntitySpec(
    "target",
    plural: "targets",
    zh: "目标",
    meaning: "what a member or team is to reach in a time",
    synonyms: [("quota", "quotas")],
    zhSynonyms: ["销售目标"],
    show: ["member", "team", "measure", "amount", "number", "starts", "ends"],
    title: "measure",
    time: "starts",
    fields: targetFields,
    toOne: targetToOne,
    toMany: targetToMany,
    derived: targetDerived)

  private static let targetFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("measure", "指标", .enumeration("measure"), required: true),
    FieldSpec("amount", "金额", .money, note: "when the measure is amount"),
    FieldSpec("number", "数值", .float, zhSynonyms: ["目标值"], note: "for every other measure"),
    FieldSpec("starts", "开始日期", .date, required: true),
    FieldSpec("ends", "结束日期", .date, required: true),
    .created,
    .updated,
  ]

  private static let targetToOne: [ToOneSpec] = [
    ToOneSpec("member", "成员", to: "member"),
    ToOneSpec("team", "团队", to: "team"),
    ToOneSpec("stage", "阶段", to: "stage"),
  ]

  private static let targetToMany: [ToManySpec] = [
    ToManySpec("changes", "变更", to: "change", .changes)
  ]

  private static let targetDerived: [DerivedSpec] = [
    DerivedSpec(
      "actual", "实绩", .float,
      """
      case when member is not empty then case \
      when measure = amount then sum(member.opportunities.amount where won and closed >= \
      self.starts and closed < self.ends + 1 day) / ¥1 \
      when measure = deals then count(member.opportunities where won and closed >= self.starts \
      and closed < self.ends + 1 day) \
      when measure = asks then count(member.asks where asked >= self.starts and asked < self.ends \
      + 1 day) \
      when measure = visits then count(member.activities where kind in (visit, executive_visit, \
      reference_visit) and done >= self.starts and done < self.ends + 1 day) \
      when measure = events then count(member.participations where event.state = held and \
      event.date >= self.starts and event.date <= self.ends) \
      when measure = new_customers then count(member.customers where first_purchase >= \
      self.starts and first_purchase <= self.ends) end \
      when team is not empty then case \
      when measure = amount then sum(team.members.opportunities.amount where won and closed >= \
      self.starts and closed < self.ends + 1 day) / ¥1 \
      when measure = deals then count(team.members.opportunities where won and closed >= \
      self.starts and closed < self.ends + 1 day) \
      when measure = asks then count(team.members.asks where asked >= self.starts and asked < \
      self.ends + 1 day) \
      when measure = visits then count(team.members.activities where kind in (visit, \
      executive_visit, reference_visit) and done >= self.starts and done < self.ends + 1 day) \
      when measure = events then count(team.events where state = held and date >= self.starts \
      and date <= self.ends) \
      when measure = new_customers then count(team.members.customers where first_purchase >= \
      self.starts and first_purchase <= self.ends) end end
      """, origin: "249,272"),
    DerivedSpec(
      "attainment", "达成率", .percent,
      "case when measure = amount then actual / (self.amount / ¥1) when true then actual / number end",
      origin: "249,272"),
  ]
}
