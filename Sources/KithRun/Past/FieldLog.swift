import KithBase
import KithModel

/// The entries of the change log about one field of one entity, by object, then time, then id.
final class FieldLog {
  private let starts: [Int32]
  let times: [Int64]
  /// Texts as the log holds them, nil for empty.
  let from: [String?]
  let to: [String?]
  /// Where keys lead: numbers of rows by id.
  private let target: Table?

  /// Nil where the log has nothing about the field.
  init?(_ base: Tables, _ entity: String, _ field: String) throws {
    let relation = try base.changes(of: entity)
    guard !relation.rows.isEmpty,
      case .text(let fields, let names) = try base.column("change", "field"),
      case .text(let before, let beforeTexts) = try base.column("change", "from"),
      case .text(let after, let afterTexts) = try base.column("change", "to"),
      case .int(let at) = try base.column("change", "at"),
      case .row(let batches) = try base.column("change", "batch"),
      case .text(let kinds, let kindTexts) = try base.column("batch", "kind"),
      let code = names.strings().firstIndex(of: field).map(Int32.init)
    else { return nil }
    let importing = kindTexts.strings().firstIndex(of: "import").map(Int32.init)
    var starts: [Int32] = [0]
    starts.reserveCapacity(relation.starts.count)
    var times: [Int64] = []
    var from: [String?] = []
    var to: [String?] = []
    for object in 0..<(relation.starts.count - 1) {
      for place in Int(relation.starts[object])..<Int(relation.starts[object + 1]) {
        let change = Int(relation.rows[place])
        guard fields[change] == code, at[change] != Empty.int else { continue }
        // An import that fills an empty cell tells what was so, not what has come to be so.
        if before[change] == 0, kinds[Int(batches[change])] == importing { continue }
        times.append(at[change])
        from.append(before[change] == 0 ? nil : beforeTexts.string(before[change]))
        to.append(after[change] == 0 ? nil : afterTexts.string(after[change]))
      }
      starts.append(Int32(times.count))
    }
    if times.isEmpty { return nil }
    self.starts = starts
    self.times = times
    self.from = from
    self.to = to
    let path = try base.spec(entity).toOne.first { $0.name == field }
    target = try path.map { try base.table($0.target) }
  }

  func entries(of object: Int) -> Range<Int> { Int(starts[object])..<Int(starts[object + 1]) }

  /// The texts as the numbers a column of this shape holds; nil where one does not read as such.
  func numbers(like vector: Vector, _ side: KeyPath<FieldLog, [String?]>) -> [Int64?] {
    self[keyPath: side].map { text in
      switch vector {
      case .int: text.map { Int64($0) } ?? Empty.int
      case .day: text.map { Self.day($0) } ?? Int64(Empty.day)
      case .row: text.map { Int64($0).map { Int64(target?.row(ofID: $0) ?? 0) } } ?? 0
      default: nil
      }
    }
  }

  /// `2026-09-30`, perhaps with a time behind it.
  private static func day(_ text: String) -> Int64? {
    let parts = text.prefix(10).split(separator: "-").map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else {
      return nil
    }
    return Day(year: year, month: month, day: day).map { Int64($0.number) }
  }

  /// A column with the values of objects that changed later put back to what they were before.
  func restoring(_ present: Vector, at moment: Int64) -> Vector {
    switch present {
    case .int(var values):
      restore(numbers(like: present, \.from), at: moment) { values[$0] = $1 }
      return .int(values)
    case .day(var values):
      restore(numbers(like: present, \.from), at: moment) { values[$0] = Int32(clamping: $1) }
      return .day(values)
    case .row(var values):
      restore(numbers(like: present, \.from), at: moment) { values[$0] = Int32(clamping: $1) }
      return .row(values)
    case .text(var codes, let texts):
      var builder = TextDictionaryBuilder(texts)
      let earlier = from.map { text in text.map { builder.code(Array($0.utf8)) } ?? 0 }
      restore(earlier.map { Int64($0) }, at: moment) { codes[$0] = Int32(clamping: $1) }
      return .text(codes, builder.finish())
    case .float, .bool, .list: return present
    }
  }

  private func restore(_ earlier: [Int64?], at moment: Int64, _ set: (Int, Int64) -> Void) {
    for object in 1..<max(1, starts.count - 1) {
      guard let next = entries(of: object).first(where: { times[$0] > moment }),
        let value = earlier[next]
      else { continue }
      set(object, value)
    }
  }
}

extension Tables {
  /// What the change log says about a field, read once; nil where that is nothing.
  func log(_ entity: String, _ field: String) throws -> FieldLog? {
    let key = entity + "." + field
    if let known = logs[key] { return known }
    let log = try FieldLog(self, entity, field)
    logs[key] = .some(log)
    return log
  }
}
