import KithBase

/// What may stand directly behind digits: nothing, a unit, a scale, 元, and so on.
private struct Digits {
  /// All digits without `_`, the fraction's included.
  var text = ""
  var whole = 0
  var fraction = 0
  var exponent = 0
  var hasFraction = false
  var hasExponent = false
  var end = 0

  var isInteger: Bool { !hasFraction && !hasExponent }

  /// The exact value as digits × 10^-scale (scale at least `minimum`), nil where it is too wide.
  func exact(extraScale: Int, minimum: Int = 0) -> (digits: Int64, scale: Int)? {
    guard var value = Int64(text) else { return nil }
    var scale = fraction - exponent + extraScale
    if value == 0 { scale = min(max(scale, minimum), 18) }
    while scale < minimum {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
      scale += 1
    }
    return scale <= 18 ? (value, scale) : nil
  }

  /// The nearest Double, nil where it is infinite.
  func approximate(power: Int) -> Double? {
    let value = Double("\(text)e\(exponent - fraction + power)")
    guard let value, value.isFinite else { return nil }
    return value
  }
}

extension Lexer {
  /// The longest number that is taken apart; a longer one is an error as a whole.
  private static let longestNumber = 400
  /// `2026-11-21T13:30:05` has 19 characters; a fraction or exponent may begin a little later.
  private static let longestSigned = 40

  /// A run that begins with a digit, perhaps with a money sign before it.
  mutating func number(from start: Int, sign: UInt32?) {
    let window = window(from: position)
    if sign == nil, let result = DateForm.match(window) {
      finishDate(result, window, from: start)
      return
    }
    let digits = Self.digits(window)
    let suffixStart = window.offsets[digits.end]
    position = suffixStart
    skipWord()
    let suffix = foldedText(from: suffixStart, to: position)
    let span = SourceSpan(start, position)
    if digits.whole > 1, window.scalars[0] == 0x30 {
      emit(.invalid, from: reportLeadingZero(span))
      return
    }
    if digits.text.count >= Self.longestNumber {
      report(.numberTooLarge, span)
      emit(.invalid, from: start)
      return
    }
    if suffix.isEmpty, sign == nil, folded(position) == 0x25 {
      position += peek(position).width
      percent(digits, from: start)
      return
    }
    if let sign {
      money(digits, suffix, currency: sign, from: start)
    } else {
      plain(digits, suffix, suffixStart: suffixStart, from: start)
    }
  }

  /// The folded characters a number or date may be made of, from here on.
  private func window(from start: Int) -> Run {
    var run = Run()
    var offset = start
    while offset < end, run.count < Self.longestNumber + 1 {
      let raw = peek(offset)
      let scalar = Characters.fold(raw.scalar)
      let isPart = scalar == 0x2D || scalar == 0x2E || scalar == 0x3A || scalar == 0x2B
      // The signs inside a date or a number stand near its beginning.
      guard isPart ? run.count < Self.longestSigned : Characters.isWord(scalar) else { break }
      run.append(scalar, at: offset)
      offset += raw.width
    }
    run.close(at: offset)
    return run
  }

  func foldedText(from lower: Int, to upper: Int) -> String {
    var run = Run()
    var offset = lower
    while offset < upper {
      let raw = peek(offset)
      run.append(Characters.fold(raw.scalar), at: offset)
      offset += raw.width
    }
    return run.text
  }

  private static func digits(_ window: Run) -> Digits {
    var result = Digits()
    var index = 0
    let scalars = window.scalars
    func isDigit(_ index: Int) -> Bool {
      index < scalars.count && Characters.isDigit(scalars[index])
    }
    func take(_ index: inout Int, _ text: inout String) -> Int {
      var count = 0
      while isDigit(index)
        || (index < scalars.count && scalars[index] == 0x5F && count > 0
          && isDigit(index + 1))
      {
        if isDigit(index) {
          text.unicodeScalars.append(Unicode.Scalar(UInt8(scalars[index])))
          count += 1
        }
        index += 1
      }
      return count
    }
    result.whole = take(&index, &result.text)
    if index < scalars.count, scalars[index] == 0x2E, isDigit(index + 1) {
      index += 1
      result.fraction = take(&index, &result.text)
      result.hasFraction = true
    }
    if index < scalars.count, scalars[index] == 0x65 || scalars[index] == 0x45 {
      var digitsAt = index + 1
      var isNegative = false
      if digitsAt < scalars.count, scalars[digitsAt] == 0x2D || scalars[digitsAt] == 0x2B {
        isNegative = scalars[digitsAt] == 0x2D
        digitsAt += 1
      }
      if isDigit(digitsAt) {
        var text = ""
        _ = take(&digitsAt, &text)
        // No exponent that matters has more than four digits.
        let value = text.count > 4 ? 9999 : Int(text) ?? 9999
        result.exponent = isNegative ? -value : value
        result.hasExponent = true
        index = digitsAt
      }
    }
    result.end = index
    return result
  }

  private mutating func percent(_ digits: Digits, from start: Int) {
    guard let (value, scale) = digits.exact(extraScale: 2, minimum: 2) else {
      report(.numberTooLarge, SourceSpan(start, position))
      emit(.invalid, from: start)
      return
    }
    emit(.literal(.percent(digits: value, scale: scale)), from: start)
  }

  private mutating func money(
    _ digits: Digits, _ suffix: String, currency: UInt32, from start: Int
  ) {
    let span = SourceSpan(start, position)
    guard let power = suffix.isEmpty ? 0 : Vocabulary.scales[suffix] else {
      report(.notANumber(source[span]), span)
      emit(.invalid, from: start)
      return
    }
    guard let (value, scale) = digits.exact(extraScale: -power) else {
      report(.numberTooLarge, span)
      emit(.invalid, from: start)
      return
    }
    let name = Unicode.Scalar(currency).map { String(Character($0)) } ?? "¥"
    emit(.literal(.money(digits: value, scale: scale, currency: name)), from: start)
  }

  private mutating func plain(
    _ digits: Digits, _ suffix: String, suffixStart: Int, from start: Int
  ) {
    let span = SourceSpan(start, position)
    if suffix.isEmpty {
      number(digits, power: 0, from: start)
    } else if let power = Vocabulary.scales[suffix] {
      number(digits, power: power, from: start)
    } else if suffix.hasSuffix("元"), case let scale = String(suffix.dropLast()),
      scale.isEmpty || Vocabulary.scales[scale] != nil
    {
      money(digits, scale, currency: 0xA5, from: start)
    } else if suffix == "m" {
      let text = source[span].dropLast()
      report(
        .ambiguousMinutes(source[span]), span,
        suggestions: ["\(text)M", "\(text)mo", "\(text)min"])
      emit(.invalid, from: start)
    } else if let pieces = CompactPhrase.afterDigits(suffix) {
      compact(digits, pieces, suffixStart: suffixStart, from: start)
    } else {
      report(
        .notANumber(source[span]), span,
        help: tongue == .english
          ? "put a name that begins with a digit in back-quotes" : "以数字开头的名称用反引号括起")
      emit(.invalid, from: start)
    }
  }

  private mutating func number(_ digits: Digits, power: Int, from start: Int) {
    if let (value, scale) = digits.exact(extraScale: -power) {
      let literal: LiteralSyntax =
        scale == 0 ? .int(value) : .decimal(digits: value, scale: scale)
      emit(.literal(literal), from: start)
    } else if let value = digits.approximate(power: power) {
      emit(.literal(.float(value)), from: start)
    } else {
      report(.numberTooLarge, SourceSpan(start, position))
      emit(.invalid, from: start)
    }
  }

  /// `30天`, `3天前`, `30天内`, `3层内`: digits and what Chinese writes right behind them.
  private mutating func compact(
    _ digits: Digits, _ pieces: CompactPhrase.Tail, suffixStart: Int, from start: Int
  ) {
    let span = SourceSpan(start, position)
    guard digits.isInteger, let count = Int64(digits.text) else {
      report(digits.isInteger ? .numberTooLarge : .durationNotWhole, span)
      emit(.invalid, from: start)
      return
    }
    emitCounted(count, pieces, from: start, unitStart: suffixStart)
  }

  /// `5,000`: the fix joins the groups, and all of them are one mistake. Returns where it begins.
  private mutating func reportLeadingZero(_ span: SourceSpan) -> Int {
    if let grouped = groupedNumber(endingIn: span) {
      tokens.removeLast(2)
      position = grouped.span.upper
      diagnostics.append(
        SyntaxMessage.leadingZero.diagnostic(
          tongue, at: span, in: source,
          fix: Diagnostic.Fix(span: grouped.span, replacement: grouped.text),
          suggestions: [grouped.text]))
      return grouped.span.lower
    }
    let trimmed = String(source[span].drop { $0 == "0" })
    report(.leadingZero, span, fix: trimmed.first?.isNumber == true ? trimmed : nil)
    return span.lower
  }

  private func groupedNumber(endingIn span: SourceSpan) -> (span: SourceSpan, text: String)? {
    guard tokens.count >= 2, span.upper - span.lower == 3 else { return nil }
    let comma = tokens[tokens.count - 1]
    let first = tokens[tokens.count - 2]
    guard comma.kind == .symbol(.comma), case .literal(.int) = first.kind,
      comma.span.lower == first.span.upper, comma.span.upper == span.lower
    else { return nil }
    var upper = span.upper
    var text = source[first.span] + "_" + source[span]
    while upper + 4 <= end, bytes[upper] == 0x2C,
      bytes[upper + 1..<upper + 4].allSatisfy({ Characters.isDigit(UInt32($0)) }),
      !Characters.isWord(folded(upper + 4))
    {
      text += "_" + source[SourceSpan(upper + 1, upper + 4)]
      upper += 4
    }
    return (SourceSpan(first.span.lower, upper), text)
  }

  private mutating func finishDate(_ result: DateForm, _ window: Run, from start: Int) {
    position = window.offsets[result.length]
    let span = SourceSpan(start, position)
    switch result.value {
    case .literal(let literal): emit(.literal(literal), from: start)
    case .oneDigitMonth(let year, let month):
      report(
        .monthNeedsTwoDigits(source[span]), span,
        suggestions: ["\(year)-0\(month)", "\(year) - \(month)"])
      emit(.invalid, from: start)
    case .noSuchDate(let subtraction):
      report(
        .noSuchDate(source[span]), span,
        help: subtraction.map {
          tongue == .english ? "a subtraction is written \($0)" : "减法写作 \($0)"
        })
      emit(.invalid, from: start)
    }
  }
}
