import KithBase

/// Chinese phrases written without spaces: `取20`, `近30天`, `三天前`, `30天内`, `3层内`.
enum CompactPhrase {
  /// What stands behind a count.
  enum Tail: Equatable {
    /// `天`, `天前`, `天后`, `天内`: the unit's length in characters and the word behind it.
    case duration(DurationWord, unitLength: Int, word: String?)
    /// `层内`
    case levels
  }

  /// Words that take a number: `取20`.
  static let counting = ["取", "前", "跳过", "抽样"]
  /// Words that take a duration: `近30天`.
  static let spanning = ["最近", "过去", "未来", "近"]
  private static let endings: [Character: String] = ["前": "前", "后": "后", "内": "内"]

  /// `天前` after a number; nil where it is no unit. English units take no ending.
  static func afterDigits(_ suffix: String) -> Tail? {
    if suffix == "层内" { return .levels }
    let folded = Characters.lowercased(suffix)
    if let unit = Vocabulary.unitSuffixes[folded] {
      return .duration(unit, unitLength: suffix.unicodeScalars.count, word: nil)
    }
    guard let last = suffix.last, let word = endings[last] else { return nil }
    let body = String(suffix.dropLast())
    guard let first = body.unicodeScalars.first, first.value >= 0x80,
      let unit = Vocabulary.unitWords[body]
    else { return nil }
    return .duration(unit, unitLength: body.unicodeScalars.count, word: word)
  }

  private static let numerals: [UInt32: Int64] = [
    0x4E00: 1, 0x4E8C: 2, 0x4E24: 2, 0x4E09: 3, 0x56DB: 4, 0x4E94: 5, 0x516D: 6, 0x4E03: 7,
    0x516B: 8, 0x4E5D: 9,
  ]
  private static let ten: UInt32 = 0x5341

  /// A count at `start`: digits without a leading zero, or 一 to 九十九; with where it ends.
  static func count(_ run: Run, at start: Int) -> (value: Int64, end: Int)? {
    var index = start
    while index < run.count, Characters.isDigit(run.scalars[index]) { index += 1 }
    if index > start {
      let text = run.text(start..<index)
      guard index - start == 1 || run.scalars[start] != 0x30, let value = Int64(text) else {
        return nil
      }
      return (value, index)
    }
    var value: Int64?
    if index < run.count, let digit = numerals[run.scalars[index]] {
      value = digit
      index += 1
    }
    if index < run.count, run.scalars[index] == ten {
      var tens = (value ?? 1) * 10
      index += 1
      if index < run.count, let digit = numerals[run.scalars[index]] {
        tens += digit
        index += 1
      }
      value = tens
    }
    return value.map { ($0, index) }
  }

  /// The length of one of `words` at the start of a run.
  static func prefix(_ run: Run, _ words: [String]) -> Int? {
    for word in words {
      let scalars = word.unicodeScalars.map(\.value)
      if run.count >= scalars.count, Array(run.scalars[0..<scalars.count]) == scalars {
        return scalars.count
      }
    }
    return nil
  }
}

extension Lexer {
  /// Cuts a run that is a compact phrase as a whole; false where it is a name.
  mutating func compactPhrase(_ run: Run) -> Bool {
    afterNumber(run) || counted(run) || spanned(run) || numeralFirst(run)
  }

  /// `N天前`: emits the count with its unit, then the word behind it.
  mutating func emitCounted(
    _ count: Int64, _ tail: CompactPhrase.Tail, from start: Int, unitStart: Int
  ) {
    let finish = position
    switch tail {
    case .levels:
      let width = peek(unitStart).width
      tokens.append(Token(.literal(.int(count)), SourceSpan(start, unitStart)))
      tokens.append(Token(.word("层"), SourceSpan(unitStart, unitStart + width)))
      tokens.append(Token(.word("内"), SourceSpan(unitStart + width, finish)))
    case .duration(let unit, let unitLength, let word):
      var unitEnd = unitStart
      for _ in 0..<unitLength { unitEnd += peek(unitEnd).width }
      let duration = LiteralSyntax.duration(DurationSyntax(count: count, unit: unit))
      tokens.append(Token(.literal(duration), SourceSpan(start, unitEnd)))
      if let word { tokens.append(Token(.word(word), SourceSpan(unitEnd, finish))) }
    }
    position = finish
  }

  /// `天前` behind a number and a space: the space changes nothing.
  private mutating func afterNumber(_ run: Run) -> Bool {
    guard let last = tokens.last(where: { $0.kind != .space }), case .literal(.int) = last.kind,
      let tail = CompactPhrase.afterDigits(run.text)
    else { return false }
    let cut: Int
    switch tail {
    case .levels: cut = 1
    case .duration(_, _, word: nil): return false
    case .duration(_, let unitLength, _): cut = unitLength
    }
    emitWord(run, 0..<cut)
    emitWord(run, cut..<run.count)
    return true
  }

  private mutating func emitWord(_ run: Run, _ range: Range<Int>) {
    let span = SourceSpan(run.offsets[range.lowerBound], run.offsets[range.upperBound])
    tokens.append(Token(.word(run.text(range)), span))
  }

  /// `取20`, `前10%`.
  private mutating func counted(_ run: Run) -> Bool {
    guard let cut = CompactPhrase.prefix(run, CompactPhrase.counting),
      let (value, end) = CompactPhrase.count(run, at: cut), end == run.count
    else { return false }
    emitWord(run, 0..<cut)
    let start = run.offsets[cut]
    if folded(position) == 0x25, Characters.isDigit(run.scalars[cut]) {
      position += peek(position).width
      emit(.literal(.percent(digits: value, scale: 2)), from: start)
    } else {
      emit(.literal(.int(value)), from: start)
    }
    return true
  }

  /// `近30天`, `近半年`, and `近30` before a unit of its own.
  private mutating func spanned(_ run: Run) -> Bool {
    guard let cut = CompactPhrase.prefix(run, CompactPhrase.spanning) else { return false }
    let start = run.offsets[cut]
    if run.text(cut..<run.count) == "半年" {
      emitWord(run, 0..<cut)
      emit(.literal(.duration(DurationSyntax(count: 6, unit: .month))), from: start)
      return true
    }
    guard let (value, end) = CompactPhrase.count(run, at: cut) else { return false }
    if end == run.count {
      guard unitFollows() else { return false }
      emitWord(run, 0..<cut)
      emit(.literal(.int(value)), from: start)
      return true
    }
    guard let unit = Vocabulary.unitWords[run.text(end..<run.count)] else { return false }
    emitWord(run, 0..<cut)
    emit(.literal(.duration(DurationSyntax(count: value, unit: unit))), from: start)
    return true
  }

  /// Whether the next word on this line is a unit.
  private func unitFollows() -> Bool {
    var offset = position
    while offset < end, Characters.isSpace(peek(offset).scalar) { offset += peek(offset).width }
    guard offset > position else { return false }
    let start = offset
    while offset < end, offset - start < 64, Characters.isWord(folded(offset)) {
      offset += peek(offset).width
    }
    let word = Characters.lowercased(foldedText(from: start, to: offset))
    return Vocabulary.unitWords[word] != nil
  }

  /// `三天前`, `两周`, `三层内`, `三月`.
  private mutating func numeralFirst(_ run: Run) -> Bool {
    guard let (value, end) = CompactPhrase.count(run, at: 0), end < run.count else { return false }
    let suffix = run.text(end..<run.count)
    let start = run.offsets[0]
    if suffix == "月" || suffix == "季度" {
      let unit: CalendarUnit = suffix == "月" ? .month : .quarter
      guard value <= (unit == .month ? 12 : 4) else { return false }
      emit(.literal(.unitOfYear(unit, Int(value))), from: start)
      return true
    }
    guard let tail = CompactPhrase.afterDigits(suffix) else { return false }
    emitCounted(value, tail, from: start, unitStart: run.offsets[end])
    return true
  }
}
