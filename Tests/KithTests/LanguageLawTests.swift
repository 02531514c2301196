import KithBase
import KithLanguage
import Testing

/// Laws that hold for any text. The seeds are fixed and printed with a failure.
@Suite struct LanguageLawTests {
  /// SplitMix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  /// The tokens lie end to end over all bytes, and every place that is told lies in the text.
  private func check(_ bytes: [UInt8], _ comment: @autoclosure () -> String) {
    let source = SourceText(name: "law", bytes: bytes)
    let lexed = lex(source)
    var end = 0
    var isWhole = true
    for token in lexed.tokens {
      isWhole = isWhole && token.span.lower == end && token.span.upper > end
      end = token.span.upper
    }
    #expect(isWhole && end == bytes.count, "\(comment())")
    let result = parse(source)
    for diagnostic in result.diagnostics {
      guard let span = diagnostic.span else {
        Issue.record("no place for \(diagnostic.message): \(comment())")
        continue
      }
      let isInside = span.lower >= 0 && span.lower <= span.upper && span.upper <= bytes.count
      #expect(isInside, "\(diagnostic.code) \(span): \(comment())")
      if let fix = diagnostic.fix { #expect(fix.span.upper <= bytes.count, "\(comment())") }
    }
    for statement in result.program.statements {
      #expect(statement.span.upper <= bytes.count, "\(comment())")
    }
    let text = source[SourceSpan(0, bytes.count)]
    // Colours do not overlap and lie in the (repaired) text.
    var position = 0
    for (span, _) in highlight(text) {
      #expect(span.lower >= position && span.upper <= text.utf8.count, "\(comment())")
      position = span.upper
    }
    _ = completeness(of: text)
    _ = completionContext(source, at: bytes.count / 2)
    _ = completionContext(source, at: bytes.count)
    // What could be read is written, read and written alike.
    if result.diagnostics.isEmpty { checkFormat(result.program, source, comment()) }
  }

  private func checkFormat(_ program: ProgramSyntax, _ source: SourceText, _ comment: String) {
    for tongue in [Tongue.english, .chinese] {
      let text = format(program, tongue: tongue, source: source)
      let again = parse(SourceText(text))
      #expect(again.diagnostics.isEmpty, "\(tongue) \(text): \(comment)")
      #expect(again.program == program, "\(tongue) \(text): \(comment)")
      let twice = format(again.program, tongue: tongue, source: SourceText(text))
      #expect(twice == text, "\(tongue): \(comment)")
      // Without the source every number is written in its canonical form.
      let canonical = parse(SourceText(format(program, tongue: tongue)))
      #expect(canonical.program == program, "\(tongue) canonical: \(comment)")
    }
  }

  @Test(arguments: LanguageQuestions.all)
  func questionsComeBackTheSame(_ question: String) {
    let result = parse(SourceText(question))
    #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.message))")
    check(Array(question.utf8), question)
  }

  /// Every prefix is an entry someone has typed so far.
  @Test(arguments: LanguageQuestions.all)
  func prefixesNeverCrash(_ question: String) {
    let bytes = Array(question.utf8)
    for length in stride(from: 0, to: bytes.count, by: 3) {
      check(Array(bytes[0..<length]), "\(question) to \(length)")
    }
  }

  @Test func randomBytes() {
    let seed: UInt64 = 20_260_930
    var generator = Generator(state: seed)
    for round in 0..<400 {
      let count = Int.random(in: 0...200, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      check(bytes, "seed \(seed) round \(round): \(bytes)")
    }
  }

  @Test func randomPieces() {
    let seed: UInt64 = 40_271
    var generator = Generator(state: seed)
    var pieces = Symbol.allCases.map(\.rawValue)
    for entry in Vocabulary.entries { pieces += entry.english + entry.chinese }
    pieces += [
      "a", "客户", "3", "30 days", "近30天", "3天前", "90天内", "3层内", "\"t\"", "f\"{a}\"", "`q`",
      "$p", "2026-11", "30%", "¥3", "\n", "\n", " # c\n", "customers", "last month", "“", "「x」",
      "f\"{", "}\"", "\\", "today", "month", "monday",
    ]
    for round in 0..<1500 {
      let count = Int.random(in: 1...25, using: &generator)
      let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
        .joined(separator: Bool.random(using: &generator) ? " " : "")
      check(Array(text.utf8), "seed \(seed) round \(round): \(text)")
    }
  }

  @Test func mutatedQuestions() {
    let seed: UInt64 = 7_777
    var generator = Generator(state: seed)
    for round in 0..<600 {
      let question = LanguageQuestions.all.randomElement(using: &generator) ?? ""
      let other = Array((LanguageQuestions.all.randomElement(using: &generator) ?? "").utf8)
      var bytes = Array(question.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<max(1, bytes.count), using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: if !bytes.isEmpty { bytes.remove(at: place) }
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 9))
        default:
          let start = Int.random(in: 0..<other.count, using: &generator)
          bytes.insert(contentsOf: other[start..<min(other.count, start + 12)], at: place)
        }
      }
      check(bytes, "seed \(seed) round \(round): \(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
