import KithBase
import KithModel

/// The classes customers went through, read from `class_change` and what the customers themselves say.
final class ClassHistories {
  /// By customer; codes are places in the enumeration from 1 on.
  let view: HistoryView
  let isGuessed: [UInt8]
  let present: [Int32]
  let store: HistoryStore
  /// Of the enumeration `class`; those outside its order are on no ladder.
  let codes: [String: Int]
  let positions: [Int64]
  /// The class of those who left; -1 where there is none.
  let lossCode: Int32

  init(_ tables: Tables) throws {
    try tables.load("customer", fields: ["class", "created"])
    try tables.load("class_change", fields: ["customer", "from", "to", "at"])
    let values = tables.catalogue.enumeration("class")?.values ?? []
    codes = Dictionary(
      values.enumerated().map { ($0.element.code, $0.offset + 1) }, uniquingKeysWith: { a, _ in a })
    positions =
      [Int64.min] + values.enumerated().map { $0.element.outsideOrder ? .min : Int64($0.offset) }
    lossCode = Int32(values.firstIndex { $0.outsideOrder }.map { $0 + 1 } ?? -1)
    let present = try Self.classes("customer", "class", tables, codes)
    guard case .int(let created) = try tables.column("customer", "created"),
      case .int(let at) = try tables.column("class_change", "at")
    else { throw Diagnostic("K9120", "the classes of the book have another shape") }
    let events = ChangeEvents(
      try tables.relation("class_change", "customer"),
      from: try Self.classes("class_change", "from", tables, codes),
      to: try Self.classes("class_change", "to", tables, codes), at: at, present: present,
      created: created)
    let lossCode = lossCode
    store = HistoryStore(
      events, states: present.map { $0 == lossCode ? .lost : .open },
      closed: [Int64](repeating: Empty.int, count: present.count))
    view = store.view
    isGuessed = events.isGuessed
    self.present = present
  }

  private static func classes(
    _ entity: String, _ field: String, _ tables: Tables, _ codes: [String: Int]
  ) throws -> [Int32] {
    guard case .text(let values, let dictionary) = try tables.column(entity, field) else {
      throw Diagnostic("K9120", "the classes of the book have another shape")
    }
    let places = dictionary.strings().map { Int32(codes[$0] ?? 0) }
    return values.map { places[Int($0)] }
  }
}

extension Execution {
  func classHistories() throws -> ClassHistories {
    if let known = tables.classHistories { return known }
    let made = try ClassHistories(tables)
    try budget.tick(made.view.eventCount)
    tables.classHistories = made
    return made
  }
}
