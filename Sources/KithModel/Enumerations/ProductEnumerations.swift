extension EnumerationSpec {
  /// Product.kind.
  package static let productKind = EnumerationSpec(
    "product_kind", "产品类型", ordered: false,
    [
      EnumerationValue("licence", "许可", en: "Licence", synonyms: ["LICENCE"]),
      EnumerationValue("platform", "平台", en: "Platform"),
      EnumerationValue("implementation", "实施", en: "Implementation days"),
      EnumerationValue("customisation", "客户化开发", en: "Customisation days"),
      EnumerationValue("maintenance", "运维服务", en: "Maintenance service", synonyms: ["服务费"]),
      EnumerationValue("app_service", "企业服务", en: "Application service"),
      EnumerationValue("course", "培训课程", en: "Course"),
      EnumerationValue("hardware", "硬件", en: "Hardware"),
    ])

  /// Purchase.discount_kind.
  package static let discountKind = EnumerationSpec(
    "discount_kind", "优惠方式", ordered: false,
    [
      EnumerationValue("none", "无优惠", en: "None"),
      EnumerationValue("promotion", "促销", en: "Promotion"),
      EnumerationValue("price_cut", "降价", en: "Price cut"),
    ])

  /// Project.state.
  package static let projectState = EnumerationSpec(
    "project_state", "项目状态", ordered: false,
    [
      EnumerationValue("handover", "交接中", en: "Hand-over"),
      EnumerationValue("running", "实施中", en: "Running"),
      EnumerationValue("stalled", "停滞", en: "Stalled"),
      EnumerationValue("done", "已完成", en: "Done"),
    ])
}
