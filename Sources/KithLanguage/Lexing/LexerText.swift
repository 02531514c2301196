import KithBase

extension Lexer {
  /// A text from its opening quote (`position`) to the quote that closes it on the same line.
  /// A backslash always takes the next character along, so what a text says may be decoded later:
  /// with escapes, as an f-text, or as a pattern.
  mutating func text(from start: Int, kind: Token.Kind) {
    let opener = peek(position)
    guard let quote = Quote.opened(by: opener.scalar) else { return }
    let openerSpan = SourceSpan(start, position + opener.width)
    position += opener.width
    while position < end {
      let raw = peek(position)
      if raw.scalar == 0x0A { break }
      position += raw.width
      if raw.scalar == 0x5C, position < end, bytes[position] != 0x0A {
        position += peek(position).width
      } else if quote.closes(raw.scalar, opener: opener.scalar) {
        emit(kind, from: start)
        return
      }
    }
    trimLineEnd(from: start)
    report(.textNotClosed(quote.marks.close), openerSpan)
    emit(.invalid, from: start)
  }
}

/// A text token taken apart.
struct TextParts {
  let quote: Quote
  let opener: UInt32
  /// The bytes between the quotes.
  let inner: SourceSpan

  /// Nil where the span is no text token.
  init?(_ source: SourceText, _ span: SourceSpan, formatted: Bool) {
    let bytes = source.bytes
    let first = Characters.decode(bytes, at: span.lower, end: span.upper)
    let start = formatted ? span.lower + first.width : span.lower
    let opener = Characters.decode(bytes, at: start, end: span.upper)
    guard let quote = Quote.opened(by: opener.scalar) else { return nil }
    var closeWidth = 1
    while closeWidth < 4, span.upper - closeWidth > start,
      bytes[span.upper - closeWidth] & 0xC0 == 0x80
    {
      closeWidth += 1
    }
    self.quote = quote
    self.opener = opener.scalar
    inner = SourceSpan(start + opener.width, span.upper - closeWidth)
  }
}

/// Reads what a text says; faults are collected, never fatal.
struct TextDecoder {
  let source: SourceText
  let tongue: Tongue
  var diagnostics: [Diagnostic] = []

  init(_ source: SourceText, tongue: Tongue) {
    self.source = source
    self.tongue = tongue
  }

  /// The text of a span with its escapes resolved.
  mutating func text(_ span: SourceSpan) -> String {
    var result: [UInt8] = []
    var position = span.lower
    while position < span.upper {
      if source.bytes[position] == 0x5C {
        position = escape(at: position, end: span.upper, into: &result)
      } else {
        result.append(source.bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A pattern as it stands; only its own quote, and `\"`, are freed of their backslash.
  func pattern(_ parts: TextParts) -> String {
    var result: [UInt8] = []
    var position = parts.inner.lower
    while position < parts.inner.upper {
      let raw = Characters.decode(source.bytes, at: position, end: parts.inner.upper)
      var width = raw.width
      if raw.scalar == 0x5C {
        let next = Characters.decode(source.bytes, at: position + 1, end: parts.inner.upper)
        let isQuote = next.scalar == 0x22 || parts.quote.closes(next.scalar, opener: parts.opener)
        if isQuote { position += 1 }
        width = isQuote ? next.width : 1 + next.width
      }
      result.append(contentsOf: source.bytes[position..<position + width])
      position += width
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Appends what the escape at `position` stands for; returns where it ends.
  mutating func escape(at position: Int, end: Int, into result: inout [UInt8]) -> Int {
    let next = Characters.decode(source.bytes, at: position + 1, end: end)
    let after = position + 1 + next.width
    switch next.scalar {
    case 0x6E: result.append(0x0A)
    case 0x74: result.append(0x09)
    case 0x5C: result.append(0x5C)
    case 0x75: return unicode(at: position, end: end, into: &result)
    case _ where Quote.isMark(next.scalar):
      result.append(contentsOf: source.bytes[position + 1..<after])
    default:
      let span = SourceSpan(position, after)
      let written = source[span]
      diagnostics.append(
        SyntaxMessage.unknownEscape(written).diagnostic(
          tongue, at: span, in: source,
          fix: Diagnostic.Fix(span: span, replacement: "\\" + written)))
      result.append(contentsOf: source.bytes[position..<after])
    }
    return after
  }

  private mutating func unicode(at position: Int, end: Int, into result: inout [UInt8]) -> Int {
    var offset = position + 2
    var value: UInt32 = 0
    var digits = 0
    if offset < end, source.bytes[offset] == 0x7B {
      offset += 1
      while offset < end, digits < 8, let digit = Self.hexadecimal(source.bytes[offset]) {
        value = value << 4 | digit
        digits += 1
        offset += 1
      }
      if digits > 0, offset < end, source.bytes[offset] == 0x7D,
        let scalar = Unicode.Scalar(value)
      {
        result.append(contentsOf: Array(String(Character(scalar)).utf8))
        return offset + 1
      }
    }
    // A closing brace belongs to the number, whatever was wrong with it.
    if offset > position + 2, offset < end, source.bytes[offset] == 0x7D { offset += 1 }
    let span = SourceSpan(position, offset)
    diagnostics.append(SyntaxMessage.badUnicodeEscape.diagnostic(tongue, at: span, in: source))
    return offset
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }
}

/// A piece of an f-text: what is said, or where an expression stands (without its braces).
enum FormattedPiece {
  case text(String)
  case hole(SourceSpan)
}

extension TextDecoder {
  /// Cuts the inside of an f-text into texts and expressions.
  mutating func pieces(_ span: SourceSpan) -> [FormattedPiece] {
    let bytes = source.bytes
    var result: [FormattedPiece] = []
    var said: [UInt8] = []
    var position = span.lower
    func flush(_ said: inout [UInt8], _ result: inout [FormattedPiece]) {
      if !said.isEmpty { result.append(.text(String(decoding: said, as: UTF8.self))) }
      said = []
    }
    while position < span.upper {
      let byte = bytes[position]
      let isDoubled = position + 1 < span.upper && bytes[position + 1] == byte
      if byte == 0x5C {
        position = escape(at: position, end: span.upper, into: &said)
      } else if (byte == 0x7B || byte == 0x7D) && isDoubled {
        said.append(byte)
        position += 2
      } else if byte == 0x7B {
        flush(&said, &result)
        let (hole, next) = hole(at: position, end: span.upper)
        if let hole { result.append(.hole(hole)) }
        position = next
      } else {
        if byte == 0x7D {
          let place = SourceSpan(position, position + 1)
          diagnostics.append(
            SyntaxMessage.strayBrace.diagnostic(
              tongue, at: place, in: source,
              fix: Diagnostic.Fix(span: place, replacement: "}}")))
        }
        said.append(byte)
        position += 1
      }
    }
    flush(&said, &result)
    return result
  }

  /// The expression after the `{` at `position`, and where the text goes on.
  private mutating func hole(at position: Int, end: Int) -> (SourceSpan?, Int) {
    guard let close = Self.holeEnd(source.bytes, from: position + 1, to: end) else {
      let place = SourceSpan(position, position + 1)
      diagnostics.append(SyntaxMessage.holeNotClosed.diagnostic(tongue, at: place, in: source))
      return (nil, end)
    }
    let hole = SourceSpan(position + 1, close)
    if source.bytes[position + 1..<close].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      let place = SourceSpan(position, close + 1)
      diagnostics.append(SyntaxMessage.emptyHole.diagnostic(tongue, at: place, in: source))
      return (nil, close + 1)
    }
    return (hole, close + 1)
  }

  /// Where the brace closes that opened before `lower`; texts and names inside are stepped over.
  static func holeEnd(_ bytes: [UInt8], from lower: Int, to end: Int) -> Int? {
    var depth = 0
    var position = lower
    var open: (quote: Quote, mark: UInt32)?
    var isName = false
    while position < end {
      let raw = Characters.decode(bytes, at: position, end: end)
      position += raw.width
      if let text = open {
        if raw.scalar == 0x5C {
          position += Characters.decode(bytes, at: position, end: end).width
        } else if text.quote.closes(raw.scalar, opener: text.mark) {
          open = nil
        }
      } else if isName {
        if raw.scalar == 0x60 { isName = false }
      } else if let quote = Quote.opened(by: raw.scalar) {
        open = (quote, raw.scalar)
      } else if raw.scalar == 0x60 {
        isName = true
      } else if raw.scalar == 0x7B {
        depth += 1
      } else if raw.scalar == 0x7D {
        if depth == 0 { return position - 1 }
        depth -= 1
      }
    }
    return nil
  }
}
