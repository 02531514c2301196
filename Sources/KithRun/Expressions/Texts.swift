import KithBase
import KithPlan

extension Execution {
  /// `contains`, `starts with`, `ends with`: in search form, and once per distinct value where
  /// these are fewer than the rows in play.
  func textTest(
    _ operation: Operation, _ text: Column, _ pattern: Column, inPlay: Int
  ) throws -> [UInt8] {
    guard case .text(let codes, let dictionary) = text.vector,
      case .text(let patterns, let patternDictionary) = pattern.vector
    else { throw mismatch("a text test") }
    let place: TextPlace =
      switch operation {
      case .startsWith: .start
      case .endsWith: .end
      default: .anywhere
      }
    guard pattern.isConstant, !text.isConstant else {
      let (a, b) = (text.expanded, pattern.expanded)
      guard case .text(let values, _) = a.vector, case .text(let tests, _) = b.vector else {
        throw mismatch("a text test")
      }
      return (0..<text.count).map { i in
        let (value, test) = (values[a.start + i], tests[b.start + i])
        if value == 0 || test == 0 { return 0 }
        return Self.holds(dictionary.string(value), patternDictionary.string(test), place) ? 1 : 0
      }
    }
    let code = patterns[pattern.start]
    if code == 0 { return [UInt8](repeating: 0, count: text.count) }
    let wanted = TextFolding.search(patternDictionary.string(code))
    let key = CodeTestKey(
      dictionary: keep(dictionary), test: "\(place)", pattern: wanted)
    if let flags = codeFlags[key] { return flagged(text, codes, flags) }
    let index = texts.index(dictionary)
    if inPlay * 4 < dictionary.count, index.isFolded || inPlay * 64 > dictionary.count {
      let pattern = Array(wanted.utf8)
      return (0..<text.count).map { i in
        let value = codes[text.start + i]
        return value != 0 && index.matches(value, pattern, place) ? 1 : 0
      }
    }
    if inPlay * 4 < dictionary.count {
      return (0..<text.count).map { i in
        let value = codes[text.start + i]
        return value != 0 && Self.holds(dictionary.string(value), wanted, place) ? 1 : 0
      }
    }
    let flags = index.matches(Array(wanted.utf8), place)
    codeFlags[key] = flags
    return flagged(text, codes, flags)
  }

  private static func holds(_ text: String, _ pattern: String, _ place: TextPlace) -> Bool {
    let text = Array(TextFolding.search(text).utf8)
    let pattern = Array(TextFolding.search(pattern).utf8)
    switch place {
    case .start: return text.starts(with: pattern)
    case .end: return text.reversed().starts(with: pattern.reversed())
    case .anywhere:
      if pattern.count > text.count { return false }
      return (0...(text.count - pattern.count)).contains { start in
        text[start...].starts(with: pattern)
      }
    }
  }

  /// A regular expression, unanchored; case is seen.
  func matches(_ pattern: String, _ text: Column, inPlay: Int) throws -> [UInt8] {
    guard case .text(let codes, let dictionary) = text.vector else { throw mismatch("a pattern") }
    let key = CodeTestKey(dictionary: keep(dictionary), test: "matches", pattern: pattern)
    if let flags = codeFlags[key] { return flagged(text, codes, flags) }
    let regex: Regex<AnyRegexOutput>
    do {
      regex = try Regex(pattern)
    } catch {
      throw Diagnostic("K9115", "a plan holds a pattern that is no regular expression")
    }
    func holds(_ code: Int32) throws -> UInt8 {
      if code == 0 { return 0 }
      return try regex.firstMatch(in: dictionary.string(code)) != nil ? 1 : 0
    }
    if inPlay < dictionary.count {
      if text.isConstant {
        return [UInt8](repeating: try holds(codes[text.start]), count: text.count)
      }
      return try (0..<text.count).map { try holds(codes[text.start + $0]) }
    }
    var flags = [UInt8](repeating: 0, count: dictionary.count)
    for code in flags.indices {
      if code % Frame.batch == 0 { try budget.tick(Frame.batch) }
      flags[code] = try holds(Int32(code))
    }
    codeFlags[key] = flags
    return flagged(text, codes, flags)
  }

  /// Texts one after another; empty if one is, or with empties as nothing.
  func join(_ columns: [Column], skippingEmpty: Bool) throws -> Vector {
    let count = columns.first?.count ?? 0
    let dense = columns.map(\.expanded)
    var builder = TextDictionaryBuilder()
    var result: [Int32] = []
    result.reserveCapacity(count)
    var bytes: [UInt8] = []
    rows: for i in 0..<count {
      bytes.removeAll(keepingCapacity: true)
      for column in dense {
        guard case .text(let codes, let dictionary) = column.vector else {
          throw mismatch("a text")
        }
        let code = Int(codes[column.start + i])
        if code == 0, !skippingEmpty {
          result.append(0)
          continue rows
        }
        bytes.append(
          contentsOf: dictionary.bytes[dictionary.offsets[code]..<dictionary.offsets[code + 1]])
      }
      result.append(builder.code(bytes))
    }
    return .text(result, builder.finish())
  }

  /// Any value as the text it is shown as.
  func shownTexts(_ column: Column, _ type: KithType) throws -> Vector {
    if case .text = column.vector, type == .text { return column.dense }
    var builder = TextDictionaryBuilder()
    let dense = column.expanded
    if case .text(let codes, let dictionary) = dense.vector {
      return .text(Array(codes[dense.start..<(dense.start + dense.count)]), dictionary)
    }
    let codes = (0..<dense.count).map { i -> Int32 in
      let scalar = dense.vector.scalar(dense.start + i, type)
      return builder.code(Array(ShownText.text(scalar, type, zone: zone).utf8))
    }
    return .text(codes, builder.finish())
  }
}

/// How a value reads inside a text.
enum ShownText {
  static func text(_ scalar: Scalar, _ type: KithType, zone: TimeZoneTable) -> String {
    switch scalar {
    case .empty: return ""
    case .int(let value):
      if case .exactMoney(let scale) = type { return decimal(value, places: scale + 2) }
      return String(value)
    case .float(let value):
      switch type {
      case .percent: return number((value * 1000).rounded() / 10) + "%"
      case .floatMoney: return number(value / 100)
      default: return number(value)
      }
    case .bool(let value): return value ? "true" : "false"
    case .text(let value), .code(let value): return value
    case .money(let value): return decimal(value, places: 2)
    case .date(let day): return day.text
    case .period(let period): return period.text
    case .time(let instant): return time(instant.microseconds, zone)
    case .duration(let duration): return self.duration(duration)
    case .object(let row): return String(row)
    case .list(let values):
      guard case .list(let element) = type else { return "" }
      return values.map { text($0, element, zone: zone) }.joined(separator: ", ")
    }
  }

  /// At most six decimals, without trailing zeros.
  static func number(_ value: Double) -> String {
    let scaled = (value * 1_000_000).rounded(.toNearestOrEven)
    guard scaled.magnitude < 9e15 else { return "\(value)" }
    return trimmed(decimal(Int64(scaled), places: 6))
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.last == "0" { text = text.dropLast() }
    if text.last == "." { text = text.dropLast() }
    return String(text)
  }

  private static func decimal(_ value: Int64, places: Int) -> String {
    let digits = String(value.magnitude)
    let filled = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return (value < 0 ? "-" : "") + filled.dropLast(places) + "." + filled.suffix(places)
  }

  /// `2026-11-21 13:30`, with seconds where there are any.
  private static func time(_ microseconds: Int64, _ zone: TimeZoneTable) -> String {
    let day = zone.day(of: microseconds)
    let local = microseconds &+ zone.offset(at: microseconds)
    let seconds = Int((local &- Int64(day) * 86_400_000_000) / 1_000_000)
    let clock = pad(seconds / 3_600, 2) + ":" + pad(seconds / 60 % 60, 2)
    return Day(number: day).text + " " + clock
      + (seconds % 60 == 0 ? "" : ":" + pad(seconds % 60, 2))
  }

  private static func duration(_ duration: Duration) -> String {
    var parts: [String] = []
    if duration.months != 0 { parts.append(counted(duration.months, "month")) }
    if duration.days != 0 { parts.append(counted(duration.days, "day")) }
    if duration.microseconds != 0 { parts.append(clock(duration.microseconds)) }
    return parts.isEmpty ? "0 days" : parts.joined(separator: " ")
  }

  private static func counted(_ count: Int64, _ unit: String) -> String {
    "\(count) \(unit)" + (count.magnitude == 1 ? "" : "s")
  }

  /// `2 h 15 min`; from two days on in days of 24 hours with one decimal, as a cell shows it.
  private static func clock(_ microseconds: Int64) -> String {
    let size = microseconds.magnitude
    let sign = microseconds < 0 ? "-" : ""
    if size >= 172_800_000_000 {
      let tenths = (size + 4_320_000_000) / 8_640_000_000
      return sign + "\(tenths / 10)" + (tenths % 10 == 0 ? "" : ".\(tenths % 10)") + " days"
    }
    var parts: [String] = []
    if size >= 3_600_000_000 { parts.append("\(size / 3_600_000_000) h") }
    if size / 60_000_000 % 60 > 0 { parts.append("\(size / 60_000_000 % 60) min") }
    let rest = size % 60_000_000
    if rest > 0 { parts.append(number(Double(rest) / 1_000_000) + " s") }
    return sign + parts.joined(separator: " ")
  }
}
