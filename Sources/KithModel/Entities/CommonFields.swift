import KithBase

/// The fields nearly every entity has.
extension FieldSpec {
  /// The row's own number; `customer 447` means it. Never used again after a row is gone.
  package static let id = FieldSpec(
    "id", "序号", .int, required: true, zhSynonyms: ["内部编号"],
    note: "what `customer 447` means; never reused")

  /// The id in the system a row came from.
  package static let code = FieldSpec(
    "code", "编号", .text, note: "its id in the system it came from; unique")

  /// As the source tells it; empty where the source is silent.
  package static let created = FieldSpec(
    "created", "创建时间", .time, note: "in the source; empty if it does not tell")

  package static let updated = FieldSpec("updated", "更新时间", .time)
}
