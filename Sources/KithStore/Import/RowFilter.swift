import KithBase

/// A condition on the text of one column: `concept:name=A_*`, `state!=draft`.
struct RowFilter {
  let column: Int
  private let pattern: [UInt8]
  private let negated: Bool

  /// Errors: K7107 where it is no condition or names no column.
  init(_ text: String, headers: [String]) throws(Diagnostic) {
    let bytes = Array(text.utf8)
    guard let place = bytes.firstIndex(of: 0x3D), place > 0 else {
      throw Diagnostic("K7107", "'\(text)' is no condition: it is written column=pattern")
    }
    negated = bytes[place - 1] == 0x21
    let name = String(decoding: bytes[..<(negated ? place - 1 : place)], as: UTF8.self)
    pattern = Array(bytes[(place + 1)...])
    guard
      let found = headers.firstIndex(of: name)
        ?? headers.firstIndex(where: { foldedWord($0) == foldedWord(name) })
    else {
      throw Diagnostic(
        "K7107", "the file has no column '\(name)'",
        suggestions: Nearest.words(to: name, among: headers))
    }
    column = found
  }

  func holds(_ batch: RowBatch, _ row: Int) -> Bool {
    RowFilter.matches(trimmed(batch.cell(row, column)), pattern) != negated
  }

  /// `*` stands for any text, `?` for one byte that is no continuation of another; case counts.
  static func matches(_ text: CellBytes, _ pattern: [UInt8]) -> Bool {
    var place = 0
    var wanted = 0
    // Where the last star was, and the text it has eaten up to: only that star needs another try.
    var star: (pattern: Int, text: Int)?
    while place < text.count {
      if wanted < pattern.count, pattern[wanted] == 0x2A {
        star = (wanted + 1, place)
        wanted += 1
      } else if wanted < pattern.count, pattern[wanted] == 0x3F {
        wanted += 1
        place += 1
        while place < text.count, text[place] & 0xC0 == 0x80 { place += 1 }
      } else if wanted < pattern.count, pattern[wanted] == text[place] {
        wanted += 1
        place += 1
      } else if let last = star {
        place = last.text + 1
        wanted = last.pattern
        star = (last.pattern, place)
      } else {
        return false
      }
    }
    while wanted < pattern.count, pattern[wanted] == 0x2A { wanted += 1 }
    return wanted == pattern.count
  }
}
