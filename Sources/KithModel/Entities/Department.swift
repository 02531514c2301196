import KithBase

extension EntitySpec {
  /// A unit of the customer, with how well it uses us.
  package static let department = EntitySpec(
    "department",
    plural: "departments",
    zh: "部门",
    meaning: "a unit of the customer, with how well it uses us",
    zhSynonyms: ["组织单元"],
    show: ["name", "customer", "use"],
    title: "name",
    time: "created",
    fields: departmentFields,
    toOne: departmentToOne,
    toMany: departmentToMany)

  private static let departmentFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true),
    FieldSpec("use", "应用情况", .enumeration("use")),
    FieldSpec("feature", "特征", .text),
    .created,
    .updated,
  ]

  private static let departmentToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer", required: true),
    ToOneSpec("parent", "上级", to: "department"),
  ]

  private static let departmentToMany: [ToManySpec] = [
    ToManySpec("contacts", "联系人", to: "contact", .key("department")),
    ToManySpec("children", "下级", to: "department", .key("parent")),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]
}
