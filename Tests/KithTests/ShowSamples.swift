import KithBase
import KithShow

/// Tables for the rendering tests.
enum ShowSamples {
  /// Texts that break tables, each with the columns it takes once it is safe to draw.
  static let awkward: [(text: String, columns: Int)] = [
    ("华强电子", 8), ("cafe\u{301}", 4), ("👨‍👩‍👧", 2), ("ＡＢＣ", 6), ("阿凡提·买买提", 13),
    ("a\tb", 3), ("x\u{1b}[31mred", 9), ("\u{202E}evil", 12), ("one\ntwo", 7),
    ("say \"hi\", ok", 12),
    ("", 0), (String(repeating: "很长的名字", count: 30), 300), ("=1+1", 4), ("| a | *b*", 9),
    ("<b>&amp;</b>", 12), ("back\\slash", 10), ("cr\rlf\r\n", 7),
  ]

  /// Eight columns of all sorts over the awkward texts.
  static func wide() -> ResultTable {
    let count = awkward.count
    let numbers = (0..<count).map { Int64($0) * 1_234_567 - 3 }
    return ResultTable(
      columns: [
        text("name", awkward.map(\.text)),
        ResultColumn(name: "id", type: .int, vector: .int(numbers)),
        text("城市", (0..<count).map { $0 % 3 == 0 ? "深圳" : "广州市天河区" }),
        ResultColumn(name: "revenue", type: .money, vector: .int(numbers.map { $0 * 100 })),
        text("note", awkward.map(\.text).reversed()),
        ResultColumn(
          name: "created", type: .date, vector: .day((0..<Int32(count)).map { $0 * 400 })),
        ResultColumn(
          name: "share", type: .percent, vector: .float((0..<count).map { Double($0) / 16 })),
        ResultColumn(
          name: "open", type: .bool, vector: .bool((0..<count).map { UInt8($0 % 3) })),
      ],
      rowCount: count, stageCounts: [("customers", 2_000), ("where", 261), ("take", count)],
      notes: [
        Note(
          kind: "empties", english: "190 customers have no revenue; not in the average",
          chinese: "190 个客户没有收入，未计入平均值")
      ],
      resolvedDates: [("last month", "2026-10"), ("today", "2026-11-21")], milliseconds: 34)
  }

  static func text(_ name: String, _ values: [String]) -> ResultColumn {
    var builder = TextDictionaryBuilder()
    let codes = values.map { builder.code(Array($0.utf8)) }
    return ResultColumn(name: name, type: .text, vector: .text(codes, builder.finish()))
  }

  static func ints(_ name: String, _ values: [Int64]) -> ResultColumn {
    ResultColumn(name: name, type: .int, vector: .int(values))
  }

  /// Columns of a drawn line, told without the table under test: ranges of wide blocks by hand, the
  /// one joined emoji of the samples taken as two.
  static func columns(_ line: some StringProtocol) -> Int {
    var count = 0
    for character in line {
      if character == "👨‍👩‍👧" {
        count += 2
        continue
      }
      for scalar in character.unicodeScalars {
        switch scalar.value {
        case 0x300...0x36F, 0x200B...0x200D, 0xFE0F: break
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60:
          count += 2
        default: count += 1
        }
      }
    }
    return count
  }
}

/// A small generator with a seed, so that a failing run can be repeated (SplitMix64).
struct ShowGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
