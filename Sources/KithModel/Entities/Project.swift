import KithBase

extension EntitySpec {
  /// The delivery of a purchase.
  package static let project = EntitySpec(
    "project",
    plural: "projects",
    zh: "项目",
    meaning: "the delivery of a purchase",
    zhSynonyms: ["实施项目"],
    show: ["name", "customer", "state", "kickoff", "finished", "late"],
    title: "name",
    time: "kickoff",
    fields: projectFields,
    toOne: projectToOne,
    toMany: projectToMany,
    derived: projectDerived)

  private static let projectFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true),
    FieldSpec("scope", "实施范围", .text),
    FieldSpec("difficulty", "难度", .int, range: 1...5),
    FieldSpec("planned_days", "计划天数", .int, unit: "days", zhSynonyms: ["实施周期"]),
    FieldSpec("survey_depth", "调研深度", .text),
    FieldSpec("version", "版本", .text),
    FieldSpec("plugins", "插件", .text),
    FieldSpec("service_bought", "已购服务", .bool),
    FieldSpec("handed_over", "交接日期", .date),
    FieldSpec("arrived", "进场日期", .date),
    FieldSpec("kickoff", "启动会日期", .date),
    FieldSpec("blueprint", "蓝图日期", .date),
    FieldSpec("finished", "完工日期", .date),
    FieldSpec("state", "状态", .enumeration("project_state"), note: "W15"),
    FieldSpec("stakeholders_done", "干系人文档", .bool),
    FieldSpec("controls_done", "管控文档", .bool),
    .created,
    .updated,
  ]

  private static let projectToOne: [ToOneSpec] = [
    ToOneSpec("customer", "客户", to: "customer", required: true),
    ToOneSpec("purchase", "购买", to: "purchase", zhSynonyms: ["合同"]),
  ]

  private static let projectToMany: [ToManySpec] = [
    ToManySpec("notes", "记事", to: "note", .key("project")),
    ToManySpec("participants", "参与人员", to: "participant", .key("project")),
    ToManySpec("changes", "变更", to: "change", .changes),
  ]

  private static let projectDerived: [DerivedSpec] = [
    DerivedSpec("open", "未结", .bool, "state in (handover, running, stalled)", origin: "281"),
    DerivedSpec(
      "late", "延期", .bool, "finished is empty and kickoff + planned_days * 1 day < today",
      origin: "281"),
    DerivedSpec(
      "service_missing", "缺服务经理", .bool, "none(participants where job = service_manager)",
      origin: "218,271"),
    DerivedSpec(
      "handover_missing", "交接缺项", .list(.text),
      "unfilled(setting.handover_fields)", origin: "216,333"),
  ]
}
