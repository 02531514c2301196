import KithBase
import KithLanguage
import Testing

/// What the lexer makes of characters; values are computed by hand.
@Suite struct LanguageLexingTests {
  /// The only literal of a text.
  private func literal(_ text: String) -> String {
    let lexed = lex(SourceText(text))
    guard lexed.diagnostics.isEmpty, lexed.tokens.count == 1,
      case .literal(let literal) = lexed.tokens[0].kind
    else { return "\(lexed.tokens.map(\.kind)) \(lexed.diagnostics.map(\.code))" }
    return sketch(literal)
  }

  @Test(arguments: [
    ("5000", "5000"), ("5_000", "5000"), ("0", "0"), ("2.5", "25e-1"), ("0.05", "5e-2"),
    ("1e6", "1000000"), ("1.5e1", "15"), ("25e-1", "25e-1"), ("50k", "50000"), ("2M", "2000000"),
    ("1B", "1000000000"), ("3千", "3000"), ("500万", "5000000"), ("3百万", "3000000"),
    ("5千万", "50000000"), ("1.2亿", "120000000"), ("1.25万", "12500"), ("５０", "50"),
    ("9223372036854775807", "9223372036854775807"),
    ("9223372036854775808", "float:9.223372036854776e+18"), ("1e30", "float:1e+30"),
    ("30%", "30e-2%"), ("2.5%", "25e-3%"), ("30％", "30e-2%"),
    ("¥3000", "¥3000e-0"), ("￥3000", "¥3000e-0"), ("¥1.5", "¥15e-1"), ("¥50k", "¥50000e-0"),
    ("500万元", "¥5000000e-0"), ("12.5元", "¥125e-1"), ("$50", "$50e-0"), ("€2M", "€2000000e-0"),
  ])
  func numbers(_ text: String, _ expected: String) { #expect(literal(text) == expected) }

  @Test(arguments: [
    ("2026-11-21", "2026-11-21"), ("2026-1-5", "2026-01-05"), ("2024-02-29", "2024-02-29"),
    // 13:30 is 13 × 3600 + 30 × 60 seconds.
    ("2026-11-21T13:30", "2026-11-21+48600s"), ("2026-11-21T13:30:05", "2026-11-21+48605s"),
    ("2026-11", "period:2026-11"), ("2026-Q3", "period:2026-Q3"), ("2026-q3", "period:2026-Q3"),
    ("2026-W47", "period:2026-W47"), ("2026-W53", "period:2026-W53"),
    ("2026年11月21日", "2026-11-21"), ("2026年1月5号", "2026-01-05"),
    ("2026年11月", "period:2026-11"), ("2026年3季度", "period:2026-Q3"), ("2026年", "period:2026"),
    ("11月21日", "of-year:11/21"), ("2月29日", "of-year:2/29"), ("11月", "of-year:month 11"),
    ("3季度", "of-year:quarter 3"), ("十一月", "of-year:month 11"),
    ("２０２６－１１－２１", "2026-11-21"),
  ])
  func dates(_ text: String, _ expected: String) { #expect(literal(text) == expected) }

  @Test(arguments: [
    ("30d", "30:day"), ("2w", "2:week"), ("3mo", "3:month"), ("1q", "1:quarter"),
    ("1y", "1:year"), ("4h", "4:hour"), ("15min", "15:minute"), ("90days", "90:day"),
    ("30天", "30:day"), ("2周", "2:week"), ("3个月", "3:month"), ("1个季度", "1:quarter"),
    ("1年", "1:year"), ("4小时", "4:hour"), ("15分钟", "15:minute"), ("5个工作日", "5:workday"),
    ("两周", "2:week"), ("九十九天", "99:day"), ("十天", "10:day"), ("三十天", "30:day"),
    ("十二个月", "12:month"),
  ])
  func durations(_ text: String, _ expected: String) { #expect(literal(text) == expected) }

  /// Kinds and texts of the tokens that are no spaces.
  private func pieces(_ text: String) -> [String] {
    let source = SourceText(text)
    return lex(source).tokens.filter { !$0.isTrivia }.map { source[$0.span] }
  }

  @Test(arguments: [
    ("取20", ["取", "20"]), ("前20", ["前", "20"]), ("前10%", ["前", "10%"]),
    ("跳过20", ["跳过", "20"]), ("抽样20", ["抽样", "20"]), ("取十二", ["取", "十二"]),
    ("近30天", ["近", "30天"]), ("最近30天", ["最近", "30天"]), ("近半年", ["近", "半年"]),
    ("3天前", ["3天", "前"]), ("3天后", ["3天", "后"]), ("30天内", ["30天", "内"]),
    ("3层内", ["3", "层", "内"]), ("3 层内", ["3", "层", "内"]), ("三天前", ["三天", "前"]),
    ("3 天前", ["3", "天", "前"]), ("近30 天", ["近", "30", "天"]),
    // Whole runs that fit no phrase stay names.
    ("近30天销售额", ["近30天销售额"]), ("电话1", ["电话1"]), ("取消原因", ["取消原因"]),
    ("按揭", ["按揭"]), ("非标", ["非标"]), ("前20名", ["前20名"]), ("近30", ["近30"]),
    ("按城市汇总", ["按城市汇总"]), ("一百天", ["一百天"]), ("近30 号", ["近30", "号"]),
    ("天前", ["天前"]), ("p90", ["p90"]), ("_x1", ["_x1"]), ("naïve", ["naïve"]),
    ("a->b", ["a", "->", "b"]), ("a<>b", ["a", "<>", "b"]), ("a!~b", ["a", "!~", "b"]),
    ("a??b", ["a", "??", "b"]), ("a→b≥c", ["a", "→", "b", "≥", "c"]),
    ("5000-10", ["5000", "-", "10"]), ("2026 - 1", ["2026", "-", "1"]),
    ("2026-Q3x", ["2026", "-", "Q3x"]), ("2026-123", ["2026", "-", "123"]),
    ("1800-11", ["1800", "-", "11"]), ("2026-11-x", ["2026-11", "-", "x"]),
    ("30 % 7", ["30", "%", "7"]), ("x % 7", ["x", "%", "7"]), ("a.b", ["a", ".", "b"]),
    ("f\"a\"", ["f\"a\""]), ("f x", ["f", "x"]), ("f (x)", ["f", "(", "x", ")"]),
    ("“a”", ["“a”"]), ("”a“", ["”a“"]), ("\"a\\\"b\"", ["\"a\\\"b\""]),
    ("｜（ａ，“ｂ”）＃c", ["｜", "（", "ａ", "，", "“ｂ”", "）"]),
  ])
  func words(_ text: String, _ expected: [String]) { #expect(pieces(text) == expected) }

  @Test func foldsOutsideTextsOnly() {
    #expect(sketch("客户 ｜ 其中 Ａ１ ＝ “Ａ，１”") == "客户 | (where (= A1 \"Ａ，１\"))")
    #expect(sketch("客户｜其中　x＞=1；客户") == "客户 | (where (>= x 1)) ; 客户")
    #expect(sketch("客户 | 选择 a、b") == "客户 | (select a, b)")
    #expect(sketch("客户 | 其中 x 在 【1、2】") == "客户 | (where (in x [1 2]))")
    #expect(sketch("客户 | 其中 客户。城市 = `Ａ`") == "客户 | (where (= (. 客户 城市) `Ａ`))")
  }

  /// é as one character and as e with an accent is one name.
  @Test func namesAreComparedInNFC() {
    let one = parse(SourceText("caf\u{E9}")).program
    let two = parse(SourceText("cafe\u{301}")).program
    #expect(one == two)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    var marked: String
    var code: String
    var fix: String? = nil
    var suggestions: [String] = []
    var testDescription: String { marked }
  }

  @Test(arguments: [
    Fault(marked: "«5m»", code: "K1010", suggestions: ["5M", "5mo", "5min"]),
    Fault(marked: "«2026-1»", code: "K1012", suggestions: ["2026-01", "2026 - 1"]),
    Fault(marked: "5,«000»", code: "K1011", fix: "5_000", suggestions: ["5_000"]),
    Fault(marked: "1,«000»,000", code: "K1011", fix: "1_000_000", suggestions: ["1_000_000"]),
    Fault(marked: "«007»", code: "K1011", fix: "7"),
    Fault(marked: "«00»", code: "K1011"),
    Fault(marked: "«5x»", code: "K1009"), Fault(marked: "«3abc»", code: "K1009"),
    Fault(marked: "«5000_»", code: "K1009"), Fault(marked: "¥«»", code: "K1002"),
    Fault(marked: "«¥5x»", code: "K1009"), Fault(marked: "«2.5d»", code: "K1014"),
    Fault(marked: "«2.5天»", code: "K1014"),
    Fault(marked: "«2026-13»", code: "K1013"), Fault(marked: "«2026-02-30»", code: "K1013"),
    Fault(marked: "«2026-2-29»", code: "K1013"), Fault(marked: "«2026-Q5»", code: "K1013"),
    Fault(marked: "«2025-W53»", code: "K1013"), Fault(marked: "«2026-W0»", code: "K1013"),
    Fault(marked: "«2026-11-21T25:00»", code: "K1013"),
    Fault(marked: "«2026-11-21T13:60»", code: "K1013"),
    Fault(marked: "«2026-11-211»", code: "K1013"), Fault(marked: "«13月»", code: "K1013"),
    Fault(marked: "«2月30日»", code: "K1013"), Fault(marked: "«5季度»", code: "K1013"),
    Fault(marked: "«2026年13月»", code: "K1013"), Fault(marked: "«1e999»", code: "K1015"),
    Fault(marked: "«99999999999999999999天»", code: "K1015"),
    Fault(marked: "«\"»abc", code: "K1003"), Fault(marked: "«“»abc\"", code: "K1003"),
    Fault(marked: "«f\"»a", code: "K1003"), Fault(marked: "«`abc»", code: "K1004"),
    Fault(marked: "«``»", code: "K1006"), Fault(marked: "«$» 3", code: "K1019"),
    Fault(marked: "a «&» b", code: "K1002", fix: "&&"),
    Fault(marked: "a «?» b", code: "K1002", fix: "??"),
    Fault(marked: "a «—» b", code: "K1002", fix: "-"),
    Fault(marked: "«@»", code: "K1002"), Fault(marked: "«😀»", code: "K1002"),
    Fault(marked: "«👨‍👩‍👧»", code: "K1002"), Fault(marked: "«\u{7}»", code: "K1002"),
    Fault(marked: "«\u{0}»", code: "K1020"), Fault(marked: "\"«\u{0}»\"", code: "K1020"),
  ])
  func faults(_ fault: Fault) throws {
    var marked = MarkedText(fault.marked)
    if fault.marked == "¥«»" {
      // The sign itself is the fault: two bytes of UTF-8.
      marked = MarkedText("«¥»")
    }
    let diagnostics = lex(SourceText(marked.text)).diagnostics
    try #require(diagnostics.count >= 1)
    #expect(diagnostics[0].code == fault.code)
    #expect(diagnostics[0].span == marked.span)
    #expect(diagnostics[0].fix?.replacement == fault.fix)
    #expect(diagnostics[0].suggestions == fault.suggestions)
    #expect(diagnostics.count == 1)
  }

  @Test func badBytesAreReportedOncePerRun() {
    // C3 begins a pair that does not come; FF never occurs; A5 A5 are strays.
    let bytes: [UInt8] = [0x61, 0xC3, 0x28, 0xFF, 0x20, 0xA5, 0xA5]
    let lexed = lex(SourceText(name: "x", bytes: bytes))
    let bad = lexed.diagnostics.filter { $0.code == "K1001" }
    #expect(bad.map(\.span) == [SourceSpan(1, 2), SourceSpan(3, 4), SourceSpan(5, 7)])
    #expect(lexed.diagnostics.count == 3)
  }

  @Test func invalidSequencesAreNoCharacters() {
    // Overlong slash, a surrogate, a number above U+10FFFF, a cut-off sequence.
    for bytes: [UInt8] in [
      [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE4, 0xB8],
    ] {
      let lexed = lex(SourceText(name: "x", bytes: bytes))
      #expect(lexed.diagnostics.map(\.code) == ["K1001"])
      #expect(lexed.diagnostics.first?.span == SourceSpan(0, bytes.count))
    }
  }

  @Test func hugeNamesAreErrors() {
    for text in [
      String(repeating: "a", count: 1_000_000), String(repeating: "客", count: 400_000),
      "$" + String(repeating: "b", count: 2000), "`" + String(repeating: "c", count: 2000) + "`",
    ] {
      #expect(lex(SourceText(text)).diagnostics.map(\.code) == ["K1005"])
    }
    let digits = String(repeating: "7", count: 1_000_000)
    #expect(lex(SourceText(digits)).diagnostics.map(\.code) == ["K1015"])
    let longest = String(repeating: "a", count: 1024)
    #expect(lex(SourceText(longest)).diagnostics.isEmpty)
  }

  @Test func shebangIsAComment() {
    let result = parse(SourceText("#!/usr/bin/env kith\ncustomers"))
    #expect(result.diagnostics.isEmpty)
    #expect(result.program.statements.map(\.leadingComments) == [["#!/usr/bin/env kith"]])
  }
}
