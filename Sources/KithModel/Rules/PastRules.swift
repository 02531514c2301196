import KithBase

/// What a book can tell of an earlier day, and how.
package enum PastRules {
  /// Fields whose earlier values a book keeps: moves in `stage_change`, classes in `class_change`,
  /// everything else in `change`. Other fields are as they are today.
  package static let historic: Set<String> = [
    "stage", "state", "owner", "amount", "expected_close", "class", "segment", "lifecycle",
  ]

  /// Times and dates that are set ahead: they neither tell when a row came to be, nor are they empty
  /// before they come.
  package static let planned: Set<String> = [
    "due", "date", "begins", "finishes", "starts", "kickoff", "launched",
  ]

  /// Dates that something happened on. Before them they are empty, as every time is that is not
  /// planned.
  package static let happened: Set<String> = [
    "signed", "provisioned", "paid", "left", "stopped", "handed_over", "arrived", "finished",
    "subsidy_submitted", "approved",
  ]

  /// Times that end a thing: before them its state is not the present one.
  package static let closings = ["closed", "done", "ended"]

  /// Logs: no row of them is ever changed.
  package static let writtenOnce: Set<String> = [
    "stage_change", "class_change", "change", "batch", "calendar_day",
  ]

  /// The fields and paths of an entity that may have been otherwise without a trace, with their
  /// Chinese names. What every row must lead to is part of what it is.
  package static func forgetful(_ entity: EntitySpec) -> [(name: String, zh: String)] {
    let fields = entity.fields.filter { field in
      field.type != .time && !["id", "code"].contains(field.name) && field.name != entity.time
        && !happened.contains(field.name)
    }.map { ($0.name, $0.zh) }
    let paths = entity.toOne.filter { !$0.required && $0.through == nil }.map { ($0.name, $0.zh) }
    return (fields + paths).filter { !historic.contains($0.0) }
  }

  /// When a row of an entity came to be.
  package struct Appearance: Sendable {
    /// The path of the thing's own time; nil where that is planned, or there is none.
    package var own: String?
    /// The own time alone decides, as every row has one.
    package var isOwnAlone: Bool
    package var hasCreated: Bool
  }

  package static func appearance(of entity: EntitySpec) -> Appearance {
    let hasCreated = entity.fields.contains { $0.name == "created" }
    guard let time = entity.time, time != "created",
      let last = time.split(separator: ".").last, !planned.contains(String(last))
    else { return Appearance(own: nil, isOwnAlone: false, hasCreated: hasCreated) }
    let isRequired = entity.fields.first { $0.name == time }?.required ?? time.contains(".")
    return Appearance(own: time, isOwnAlone: isRequired, hasCreated: hasCreated)
  }

  /// The state a thing has before the first change of it.
  package static func firstState(of entity: EntitySpec) -> String? {
    entity.fields.first { $0.name == "state" }?.defaultValue.map { $0.filter { $0 != "'" } }
  }
}
