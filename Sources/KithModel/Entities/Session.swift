import KithBase

extension EntitySpec {
  /// An agenda item of an event.
  package static let session = EntitySpec(
    "session",
    plural: "sessions",
    zh: "议程",
    meaning: "an agenda item of an event",
    zhSynonyms: ["活动议程"],
    show: ["event", "begins", "finishes", "name", "speaker"],
    title: "name",
    time: "begins",
    tracked: false,
    fields: sessionFields,
    toOne: sessionToOne,
    derived: sessionDerived)

  private static let sessionFields: [FieldSpec] = [
    .id,
    .code,
    FieldSpec("name", "名称", .text, required: true, zhSynonyms: ["内容"]),
    FieldSpec("begins", "开始时间", .time, required: true),
    FieldSpec("finishes", "结束时间", .time),
    FieldSpec("speaker", "讲师", .text),
    FieldSpec("product_slot", "产品时段", .bool),
    .created,
    .updated,
  ]

  private static let sessionToOne: [ToOneSpec] = [
    ToOneSpec("event", "活动", to: "event", required: true)
  ]

  private static let sessionDerived: [DerivedSpec] = [
    DerivedSpec("length", "时长", .duration(.microseconds), "finishes - begins", origin: "163"),
    DerivedSpec(
      "overlaps", "时间重叠", .bool, "begins < previous(finishes sort begins per event)",
      origin: "163"),
  ]
}
