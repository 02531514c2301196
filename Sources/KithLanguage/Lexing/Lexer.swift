package import KithBase

/// What a text is made of: its tokens in order, and what could not be read.
package struct LexedText: Sendable {
  /// In order, trivia included: they cover every byte.
  package var tokens: [Token]
  /// In order of place within each kind; empty for a text without faults.
  package var diagnostics: [Diagnostic]
}

/// Cuts a text into tokens in one pass. Never fails: bytes that are no token become `.invalid`.
package func lex(_ text: SourceText, tongue: Tongue = .english) -> LexedText {
  var lexer = Lexer(text, tongue: tongue)
  lexer.reportBadBytes()
  lexer.run()
  return LexedText(tokens: lexer.tokens, diagnostics: lexer.diagnostics)
}

struct Lexer {
  /// Longer names are an error; no field, list or person is called that.
  static let longestName = 1024
  /// So many unreadable places are reported one by one, the rest with the last of them.
  private static let mostBadBytes = 20

  let source: SourceText
  let bytes: [UInt8]
  let end: Int
  let tongue: Tongue
  var position: Int
  var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []

  /// A lexer for the whole text, or for the part of it inside an f-text.
  init(_ source: SourceText, from lower: Int = 0, to upper: Int? = nil, tongue: Tongue) {
    self.source = source
    bytes = source.bytes
    end = min(upper ?? source.bytes.count, source.bytes.count)
    position = lower
    self.tongue = tongue
  }

  mutating func run() {
    while position < end {
      let start = position
      next()
      // Every turn must move on; a byte nobody wants is a token of its own.
      if position == start {
        position += 1
        tokens.append(Token(.invalid, SourceSpan(start, position)))
      }
    }
  }

  private mutating func next() {
    let start = position
    let raw = Characters.decode(bytes, at: start, end: end)
    let scalar = Characters.fold(raw.scalar)
    switch scalar {
    case 0x0A:
      position += 1
      emit(.newline, from: start)
    case 0x23: comment()
    case 0x60: quotedName(width: raw.width)
    case 0x30...0x39: number(from: start, sign: nil)
    case _ where Characters.isSpace(scalar): spaces()
    case _ where Quote.opened(by: raw.scalar) != nil: text(from: start, kind: .text)
    case _ where Vocabulary.moneySigns.contains(scalar): signed(scalar, width: raw.width)
    case 0x66 where Quote.opened(by: peek(start + raw.width).scalar) != nil:
      position += raw.width
      text(from: start, kind: .formatted)
    case _ where Characters.isLetter(scalar): word()
    default: symbol(raw, scalar)
    }
  }

  // MARK: Small steps

  func peek(_ offset: Int) -> Decoded { Characters.decode(bytes, at: offset, end: end) }

  func folded(_ offset: Int) -> UInt32 { Characters.fold(peek(offset).scalar) }

  mutating func emit(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind, SourceSpan(start, position)))
  }

  mutating func report(
    _ message: SyntaxMessage, _ span: SourceSpan, label: String? = nil, help: String? = nil,
    fix: String? = nil, suggestions: [String] = []
  ) {
    diagnostics.append(
      message.diagnostic(
        tongue, at: span, in: source, label: label, help: help,
        fix: fix.map { Diagnostic.Fix(span: span, replacement: $0) }, suggestions: suggestions))
  }

  /// Moves to the end of a run of name characters.
  mutating func skipWord() {
    while position < end {
      let raw = peek(position)
      guard Characters.isWord(Characters.fold(raw.scalar)) else { return }
      position += raw.width
    }
  }

  // MARK: Trivia

  private mutating func spaces() {
    let start = position
    while position < end {
      let raw = peek(position)
      guard Characters.isSpace(raw.scalar) else { break }
      position += raw.width
    }
    emit(.space, from: start)
  }

  private mutating func comment() {
    let start = position
    while position < end, bytes[position] != 0x0A { position += 1 }
    if position > start, bytes[position - 1] == 0x0D { position -= 1 }
    emit(.comment, from: start)
  }

  // MARK: Names

  private mutating func quotedName(width: Int) {
    let start = position
    position += width
    var name: [UInt8] = []
    while position < end, bytes[position] != 0x0A {
      let raw = peek(position)
      if raw.scalar == 0x60 || (raw.scalar == 0xFF40 && width > 1) {
        let after = peek(position + raw.width).scalar
        guard after == raw.scalar else {
          position += raw.width
          finishQuotedName(name, from: start)
          return
        }
        name.append(0x60)
        position += 2 * raw.width
        continue
      }
      name.append(contentsOf: bytes[position..<position + raw.width])
      position += raw.width
    }
    trimLineEnd(from: start)
    report(.nameNotClosed, SourceSpan(start, position))
    emit(.invalid, from: start)
  }

  private mutating func finishQuotedName(_ name: [UInt8], from start: Int) {
    let span = SourceSpan(start, position)
    if name.isEmpty { report(.emptyName, span) }
    if name.count > Self.longestName { report(.nameTooLong(Self.longestName), span) }
    let isUsable = !name.isEmpty && name.count <= Self.longestName
    emit(isUsable ? .quoted(String(decoding: name, as: UTF8.self)) : .invalid, from: start)
  }

  /// A carriage return before the line's end is no part of what was left open.
  mutating func trimLineEnd(from start: Int) {
    if position > start + 1, bytes[position - 1] == 0x0D { position -= 1 }
  }

  private mutating func word() {
    let start = position
    var run = Run()
    while position < end {
      let raw = peek(position)
      let scalar = Characters.fold(raw.scalar)
      guard Characters.isWord(scalar) else { break }
      run.append(scalar, at: position)
      position += raw.width
    }
    run.close(at: position)
    if position - start > Self.longestName {
      report(.nameTooLong(Self.longestName), SourceSpan(start, position))
      emit(.invalid, from: start)
      return
    }
    if run.scalars.contains(where: { $0 >= 0x80 }), compactPhrase(run) { return }
    emit(.word(run.text), from: start)
  }

  private mutating func signed(_ sign: UInt32, width: Int) {
    let start = position
    let after = folded(start + width)
    if Characters.isDigit(after) {
      position += width
      number(from: start, sign: sign)
      return
    }
    position += width
    guard sign == 0x24, Characters.isLetter(after) else {
      let span = SourceSpan(start, position)
      if sign == 0x24 {
        report(.parameterWithoutName, span)
      } else {
        report(.strayCharacter("'\(source[span])'"), span)
      }
      emit(.invalid, from: start)
      return
    }
    var run = Run()
    while position < end {
      let raw = peek(position)
      let scalar = Characters.fold(raw.scalar)
      guard Characters.isWord(scalar) else { break }
      run.append(scalar, at: position)
      position += raw.width
    }
    if position - start > Self.longestName {
      report(.nameTooLong(Self.longestName), SourceSpan(start, position))
      emit(.invalid, from: start)
      return
    }
    emit(.parameter(run.text), from: start)
  }

  // MARK: Symbols

  private mutating func symbol(_ raw: Decoded, _ scalar: UInt32) {
    let start = position
    let wide: Symbol? =
      switch scalar {
      case 0x2265: .greaterOrEqual
      case 0x2264: .lessOrEqual
      case 0x2260: .notEqual
      case 0x2192: .arrow
      default: nil
      }
    position += raw.width
    if let wide {
      emit(.symbol(wide), from: start)
      return
    }
    let second = peek(position)
    if scalar < 0x80, let pair = Self.pair(scalar, Characters.fold(second.scalar)) {
      position += second.width
      emit(.symbol(pair), from: start)
      return
    }
    if scalar < 0x80, let value = Unicode.Scalar(scalar),
      let single = Symbol(rawValue: String(Character(value)))
    {
      emit(.symbol(single), from: start)
      return
    }
    stray(raw, from: start)
  }

  private static func pair(_ first: UInt32, _ second: UInt32) -> Symbol? {
    switch (first, second) {
    case (0x3D, 0x3D): .doubleEqual
    case (0x21, 0x3D), (0x3C, 0x3E): .notEqual
    case (0x3C, 0x3D): .lessOrEqual
    case (0x3E, 0x3D): .greaterOrEqual
    case (0x21, 0x7E): .notTilde
    case (0x3F, 0x3F): .coalesce
    case (0x2D, 0x3E): .arrow
    case (0x26, 0x26): .doubleAnd
    case (0x7C, 0x7C): .doubleOr
    default: nil
    }
  }

  private mutating func stray(_ raw: Decoded, from start: Int) {
    // The rest of an emoji or of a run of the same nonsense is one mistake.
    while position < end {
      let next = peek(position)
      let isJoined = next.scalar == 0x200D || next.scalar == 0xFE0F
      let isEmoji = raw.scalar >= 0x1F000 && (0x1F000...0x1FAFF).contains(next.scalar)
      guard raw.scalar >= 0x80, isJoined || isEmoji || next.scalar == raw.scalar else { break }
      position += next.width
    }
    let span = SourceSpan(start, position)
    switch raw.scalar {
    case invalidScalar, 0: break  // reported before lexing began
    case 0x2013, 0x2014: report(.strayCharacter("'\(source[span])'"), span, fix: "-")
    case 0x26: report(.strayCharacter("'&'"), span, fix: "&&")
    case 0x3F: report(.strayCharacter("'?'"), span, fix: "??")
    case 0x0..<0x20, 0x7F..<0xA0:
      let number = String(raw.scalar, radix: 16, uppercase: true)
      let zeros = String(repeating: "0", count: max(0, 4 - number.count))
      report(.strayCharacter("U+" + zeros + number), span)
    default:
      report(
        .strayCharacter("'\(source[span])'"), span,
        help: tongue == .english
          ? "put a name with such a character in back-quotes" : "含此字符的名称用反引号括起")
    }
    emit(.invalid, from: start)
  }

  // MARK: Bytes

  /// Reports what is no UTF-8, and NUL, wherever it stands.
  mutating func reportBadBytes() {
    var offset = 0
    var count = 0
    while offset < end, count < Self.mostBadBytes {
      if bytes[offset] > 0, bytes[offset] < 0x80 {
        offset += 1
        continue
      }
      let start = offset
      var raw = peek(offset)
      let isZero = raw.scalar == 0
      while offset < end, raw.scalar == (isZero ? 0 : invalidScalar) {
        offset += raw.width
        raw = peek(offset)
      }
      if offset == start {
        offset += raw.width
        continue
      }
      count += 1
      let span = SourceSpan(start, offset)
      report(isZero ? .zeroCharacter : .notUTF8, span)
    }
  }
}

/// Characters of a run with the bytes where each begins; `offsets` has one more, the end.
struct Run {
  var scalars: [UInt32] = []
  var offsets: [Int] = []

  mutating func append(_ scalar: UInt32, at offset: Int) {
    scalars.append(scalar)
    offsets.append(offset)
  }

  mutating func close(at offset: Int) { offsets.append(offset) }

  var count: Int { scalars.count }
  var text: String { text(0..<scalars.count) }

  func text(_ range: Range<Int>) -> String {
    var result = ""
    for scalar in scalars[range] {
      if let value = Unicode.Scalar(scalar) { result.unicodeScalars.append(value) }
    }
    return result
  }
}
