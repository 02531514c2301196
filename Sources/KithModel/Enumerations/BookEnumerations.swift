extension EnumerationSpec {
  /// Target.measure.
  package static let measure = EnumerationSpec(
    "measure", "指标", ordered: false,
    [
      EnumerationValue("amount", "赢单金额", en: "Amount won"),
      EnumerationValue("deals", "赢单数", en: "Deals won"),
      EnumerationValue("asks", "推荐请求数", en: "Referrals asked"),
      EnumerationValue("visits", "拜访数", en: "Visits"),
      EnumerationValue("events", "活动数", en: "Events"),
      EnumerationValue("new_customers", "新客户数", en: "New customers"),
    ])

  /// List.mode.
  package static let listMode = EnumerationSpec(
    "list_mode", "清单模式", ordered: false,
    [
      EnumerationValue("live", "动态", en: "Live"),
      EnumerationValue("frozen", "固定", en: "Frozen"),
    ])

  /// Batch.kind.
  package static let batchKind = EnumerationSpec(
    "batch_kind", "批次类型", ordered: false,
    [
      EnumerationValue("import", "导入", en: "Import"),
      EnumerationValue("edit", "编辑", en: "Edit"),
      EnumerationValue("merge", "合并", en: "Merge"),
      EnumerationValue("rule", "规则", en: "Rule"),
      EnumerationValue("undo", "撤销", en: "Undo"),
    ])
}
