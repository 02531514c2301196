extension EnumerationSpec {
  /// Reports only.
  package static let loopStep = EnumerationSpec(
    "loop_step", "营销三步", ordered: true,
    [
      EnumerationValue("build", "建立", en: "Build"),
      EnumerationValue("develop", "开发", en: "Develop"),
      EnumerationValue("maintain", "维护", en: "Maintain"),
    ])

  /// Reports only.
  package static let retention = EnumerationSpec(
    "retention", "维系手段", ordered: false,
    [
      EnumerationValue("four_ones", "四个一工程", en: "Four ones"),
      EnumerationValue("database", "数据库营销", en: "Database marketing"),
      EnumerationValue("liaison", "联络会", en: "Liaison event"),
      EnumerationValue("inspection", "产品巡检", en: "Inspection"),
      EnumerationValue("follow_up", "回访", en: "Follow-up"),
      EnumerationValue("inertia", "采购使用惯性", en: "Purchase and usage inertia"),
      EnumerationValue("training", "培训咨询", en: "Training and consulting"),
    ])
}
