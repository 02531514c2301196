/// A number of terminal columns: never bytes, never characters.
package struct DisplayColumns: Sendable, Hashable, Comparable {
  package var count: Int

  package init(_ count: Int) { self.count = count }

  package static let zero = DisplayColumns(0)

  package static func < (left: DisplayColumns, right: DisplayColumns) -> Bool {
    left.count < right.count
  }
  package static func + (left: DisplayColumns, right: DisplayColumns) -> DisplayColumns {
    DisplayColumns(left.count + right.count)
  }
  package static func - (left: DisplayColumns, right: DisplayColumns) -> DisplayColumns {
    DisplayColumns(left.count - right.count)
  }
  package static func += (left: inout DisplayColumns, right: DisplayColumns) {
    left.count += right.count
  }

  /// As many blanks; none for a negative width.
  package var spaces: String { String(repeating: " ", count: max(0, count)) }
}

/// How many columns of a terminal a text takes, and how it is cut and padded to a number of them.
///
/// Widths follow Unicode 14.0: East Asian wide and full-width characters take two columns, marks
/// and joiners none, the ambiguous ones one unless the terminal draws them wide. A cluster is
/// measured whole: an emoji with skin tone, joiners or variation selector takes two columns.
/// Control characters count nothing, because nothing here may send them to a terminal: `sanitized`
/// comes first.
package struct DisplayWidth: Sendable, Hashable {
  package enum Ambiguous: Sendable, Hashable { case narrow, wide }
  package enum Side: Sendable, Hashable { case left, right }

  /// What `·`, `…`, `→`, `—` and the box lines take.
  package var ambiguous: Ambiguous

  package init(ambiguous: Ambiguous = .narrow) { self.ambiguous = ambiguous }

  package func width(of text: String) -> DisplayColumns {
    var ascii = true
    var count = 0
    for byte in text.utf8 {
      if byte >= 0x80 {
        ascii = false
        break
      }
      if byte >= 0x20 && byte != 0x7F { count += 1 }
    }
    if ascii { return DisplayColumns(count) }
    count = 0
    for character in text { count += columns(character) }
    return DisplayColumns(count)
  }

  package func width(of character: Character) -> DisplayColumns {
    DisplayColumns(columns(character))
  }

  package func width(of scalar: Unicode.Scalar) -> DisplayColumns {
    DisplayColumns(columns(scalar))
  }

  /// The text if it fits, else its longest beginning with room for `…`, cut between clusters.
  ///
  /// The result is never wider than `limit`; it is one column short where a wide character stood
  /// on the border. With no room even for `…` it is empty.
  package func truncated(_ text: String, to limit: DisplayColumns) -> String {
    if width(of: text) <= limit { return text }
    let ellipsis = "…"
    let room = limit - width(of: ellipsis)
    if room < .zero { return "" }
    return prefix(of: text, to: room) + ellipsis
  }

  /// The longest beginning that fits, cut between clusters, without `…`.
  package func prefix(of text: String, to limit: DisplayColumns) -> String {
    var used = 0
    var result = ""
    for character in text {
      used += columns(character)
      if used > limit.count { break }
      result.append(character)
    }
    return result
  }

  /// Blanks added on the side opposite to the one the text keeps to; a wider text is left alone.
  package func padded(_ text: String, to limit: DisplayColumns, keeping side: Side = .left)
    -> String
  {
    let blanks = (limit - width(of: text)).spaces
    return side == .left ? text + blanks : blanks + text
  }

  /// Lines no wider than `limit`, broken at blanks and between wide characters, else inside a word.
  ///
  /// A line feed always breaks. At least one line; a character wider than `limit` stands alone.
  package func wrapped(_ text: String, to limit: DisplayColumns) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { wrappedLine($0, to: max(1, limit.count)) }
  }

  private func wrappedLine(_ text: Substring, to limit: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    // Where the line may be broken: how much of it stays, and its width.
    var pieceStart = line.endIndex
    for character in text {
      let width = columns(character)
      if used + width > limit, !line.isEmpty {
        let carried = character == " " || width > 1 ? "" : String(line[pieceStart...])
        let kept = carried.isEmpty ? line : String(line[..<pieceStart])
        if kept.allSatisfy({ $0 == " " }) {
          lines.append(line)
          line = ""
        } else {
          lines.append(kept.trimmingBlanksAtEnd)
          line = carried
        }
        used = self.width(of: line).count
        pieceStart = line.startIndex
        if character == " " && line.isEmpty { continue }
      }
      line.append(character)
      used += width
      if character == " " || width > 1 { pieceStart = line.endIndex }
    }
    lines.append(line)
    return lines
  }
}

extension DisplayWidth {
  private func columns(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.index(after: scalars.startIndex) == scalars.endIndex { return columns(first) }
    return clusterColumns(scalars, first)
  }

  /// Emoji presentation (U+FE0F), joined emoji and skin tones are one picture of two columns. In
  /// any other cluster the parts add up: a letter and its marks, a Hangul syllable of jamo, two
  /// regional indicators.
  private func clusterColumns(_ scalars: Character.UnicodeScalarView, _ first: Unicode.Scalar)
    -> Int
  {
    var sum = 0
    var picture = false
    for scalar in scalars {
      sum += columns(scalar)
      switch scalar.value {
      case 0xFE0F, 0x200D, 0x1F3FB...0x1F3FF: picture = true
      default: break
      }
    }
    return picture && first.properties.isEmoji ? 2 : sum
  }

  private func columns(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 {
      if value < 0x20 || (0x7F...0x9F).contains(value) { return 0 }
      if value < 0x7F || ambiguous == .narrow { return 1 }
      return DisplayWidthTable.holds(DisplayWidthTable.ambiguous, value) ? 2 : 1
    }
    if (0x4E00...0x9FFF).contains(value) || (0xAC00...0xD7A3).contains(value) { return 2 }
    if DisplayWidthTable.holds(DisplayWidthTable.zeroWidth, value) { return 0 }
    if DisplayWidthTable.holds(DisplayWidthTable.wide, value) { return 2 }
    if ambiguous == .wide, DisplayWidthTable.holds(DisplayWidthTable.ambiguous, value) { return 2 }
    return 1
  }
}

extension String {
  fileprivate var trimmingBlanksAtEnd: String {
    var end = endIndex
    while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
    return String(self[..<end])
  }
}
