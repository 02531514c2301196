import Foundation
import Testing

/// A test written in the language's own text: what to load, what to ask, what to expect.
///
/// ```
/// # one sentence that says the behaviour, then how the expectation was found
/// load desk                  a data set of Tests/golden/data, or: demo SEED CUSTOMERS
/// today 2026-11-21           the evaluation date, unless it is this one
/// write                      the queries change the book; each begins with a fresh one
/// query                      lines up to ----, then the rows expected, tab-separated
/// note tie                   kinds of notes the result before it has
/// error K2104                a query; carets stand under the span, as wide as it is drawn
/// format chinese             a text up to ----, then how the formatter prints it
/// ```
struct GoldenFile: CustomTestStringConvertible, Sendable {
  enum Section: Sendable {
    case query(String, expected: [String], notes: [String])
    case error(code: String, query: String, caret: Caret)
    case format(String, chinese: Bool, expected: [String])
  }

  /// Where the carets stand: the line of the query, the first column and how many, in columns of a
  /// terminal.
  struct Caret: Sendable, Equatable {
    var line: Int
    var column: Int
    var width: Int
  }

  var path: String
  var sentence = ""
  var data: String?
  var demo: (seed: UInt64, customers: Int)?
  var today = "2026-11-21"
  var writes = false
  var sections: [Section] = []
  /// For each section the lines of the file that hold its expectation.
  var expectations: [Range<Int>] = []
  var lines: [String]

  var testDescription: String { path }

  static let top = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "golden")

  static let all: [GoldenFile] = {
    guard let walk = FileManager.default.enumerator(atPath: top.path) else { return [] }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(".kith") }.sorted()
      .compactMap { path in
        guard let text = try? String(contentsOf: top.appending(path: path), encoding: .utf8) else {
          return nil
        }
        return GoldenFile(path: path, text)
      }
  }()

  init(path: String, _ text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    var place = 0
    while place < lines.count { read(&place) }
  }

  private mutating func read(_ place: inout Int) {
    let line = lines[place]
    let words = line.split(separator: " ").map(String.init)
    place += 1
    switch words.first {
    case "#":
      if sentence.isEmpty { sentence = String(line.dropFirst(2)) }
    case "load": data = words.last
    case "demo":
      demo = (
        words.count > 1 ? UInt64(words[1]) ?? 1 : 1, words.count > 2 ? Int(words[2]) ?? 20 : 20
      )
    case "write": writes = true
    case "today": today = words.last ?? today
    case "query":
      let (text, expected) = body(&place)
      sections.append(.query(text, expected: Array(lines[expected]), notes: []))
      expectations.append(expected)
    case "format":
      let (text, expected) = body(&place)
      let chinese = words.last == "chinese"
      sections.append(.format(text, chinese: chinese, expected: Array(lines[expected])))
      expectations.append(expected)
    case "note":
      if case .query(let text, let expected, let notes)? = sections.last, let kind = words.last {
        sections[sections.count - 1] = .query(text, expected: expected, notes: notes + [kind])
      }
    case "error":
      readError(code: words.last ?? "", &place)
    default: break
    }
  }

  /// The lines up to `----`, then the place of those up to the next section.
  private func body(_ place: inout Int) -> (String, Range<Int>) {
    let start = place
    while place < lines.count, lines[place] != "----" { place += 1 }
    let text = lines[start..<place].joined(separator: "\n")
    place = min(place + 1, lines.count)
    let first = place
    while place < lines.count, !isSection(lines[place]) { place += 1 }
    return (text, first..<place)
  }

  private func isSection(_ line: String) -> Bool {
    line == "query" || line == "format" || line == "format chinese" || line.hasPrefix("error K")
      || line.hasPrefix("note ")
  }

  private mutating func readError(code: String, _ place: inout Int) {
    var text: [String] = []
    var caret = Caret(line: 0, column: 0, width: 0)
    let start = place
    while place < lines.count, !isSection(lines[place]) {
      let line = lines[place]
      if line.contains("^"), line.allSatisfy({ $0 == " " || $0 == "^" }) {
        caret = Caret(
          line: text.count - 1, column: line.prefix { $0 == " " }.count,
          width: line.filter { $0 == "^" }.count)
      } else {
        text.append(line)
      }
      place += 1
    }
    sections.append(.error(code: code, query: text.joined(separator: "\n"), caret: caret))
    expectations.append(start..<place)
  }

  /// Writes the file with other lines in the place of some.
  func accept(_ replacements: [(lines: [String], range: Range<Int>)]) throws {
    var changed = lines
    for new in replacements.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      changed.replaceSubrange(new.range, with: new.lines)
    }
    try (changed.joined(separator: "\n") + "\n").write(
      to: Self.top.appending(path: path), atomically: true, encoding: .utf8)
  }
}

/// Columns a text takes in a terminal; a Chinese character and a full-width form take two.
func terminalColumns(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { sum, scalar in
    switch scalar.value {
    case 0x0300...0x036F: sum
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      sum + 2
    default: sum + 1
    }
  }
}
