import KithBase
import KithLanguage
import Testing

/// What the parser says about texts that are wrong. `«…»` stand around the bytes to point at.
@Suite struct LanguageErrorTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    var marked: String
    var code: String
    var fix: String? = nil
    var suggestions: [String] = []
    var testDescription: String { marked }
  }

  @Test(arguments: [
    Fault(
      marked: "客户 | 其中 «city \"深圳\"»", code: "K1111", fix: " =",
      suggestions: ["city = \"深圳\""]),
    Fault(
      marked: "customers | where a and «tier 3»", code: "K1111", fix: " =",
      suggestions: ["tier = 3"]),
    Fault(
      marked: "x | extend n = count(y where «kind \"a\"»)", code: "K1111", fix: " =",
      suggestions: ["kind = \"a\""]),
    Fault(
      marked: "x | where created in «2 weeks»", code: "K1110", fix: "next 2 weeks",
      suggestions: ["next 2 weeks"]),
    Fault(
      marked: "x | where tier «is» \"V1\"", code: "K1115", fix: "=", suggestions: ["="]),
    Fault(
      marked: "x | where tier «is not» V1", code: "K1115", fix: "!=", suggestions: ["!="]),
    Fault(
      marked: "x | where a + b «??» 0", code: "K1109",
      suggestions: ["(a + b) ?? 0", "a + (b ?? 0)"]),
    Fault(
      marked: "x | where a ?? b «*» 2 > 1", code: "K1109",
      suggestions: ["(a ?? b) * 2", "a ?? (b * 2)"]),
    Fault(marked: "x | where a = b «=» c", code: "K1108"),
    Fault(marked: "x | where a < b «>» c", code: "K1108"),
    Fault(marked: "x | where 1 < a < 2 «<» 3", code: "K1108"),
    Fault(marked: "x | where a in (1) «in» (2)", code: "K1108"),
    Fault(marked: "x | «wher» a", code: "K1107", suggestions: ["where"]),
    Fault(marked: "x | «tkae» 3", code: "K1107", suggestions: ["take"]),
    Fault(marked: "x | «摘取» 3", code: "K1107", suggestions: ["取"]),
    Fault(marked: "customers «where» a", code: "K1106", fix: "| "),
    Fault(marked: "customers | take 3 «sort» a", code: "K1106", fix: "| "),
    Fault(marked: "customers | take 3 «foo»", code: "K1105"),
    Fault(marked: "customers | take 3 «)»", code: "K1103"),
    Fault(marked: "«}»", code: "K1103"),
    Fault(marked: "x | where any«(»y where z\ncustomers", code: "K1102"),
    Fault(marked: "x | where a in «[»1, 2\n", code: "K1102"),
    Fault(marked: "for m in x «{» a", code: "K1102"),
    Fault(marked: "x | where (a «b»)", code: "K1101"),
    Fault(marked: "x | where a =« »", code: "K1101"),
    Fault(marked: "x | where «)»", code: "K1101"),
    Fault(marked: "x | where «and»", code: "K1101"),
    Fault(marked: "x | where «case2» + «»", code: "K1101"),
    Fault(marked: "x | where a = «end»", code: "K1104"),
    Fault(marked: "let «today» = 3", code: "K1104", fix: "`today`"),
    Fault(marked: "x | extend «in» = 3", code: "K1104", fix: "`in`"),
    Fault(marked: "def «take»(rows) = rows", code: "K1104"),
    Fault(marked: "x | select a as «and»", code: "K1104", fix: "`and`"),
    Fault(marked: "x | extend a = sum(y where b «where» c)", code: "K1112"),
    Fault(marked: "x | funnel strict by a «strict»", code: "K1112"),
    Fault(marked: "x | cohort by a for 3 months «for» 4 months", code: "K1112"),
    Fault(
      marked: "x | where a = this «hour»", code: "K1113", suggestions: ["month", "quarter", "year"]),
    Fault(
      marked: "as of each «hour» in today | x", code: "K1113",
      suggestions: ["day", "week", "month"]),
    Fault(marked: "x | export \"a\" | «take» 3", code: "K1114"),
    Fault(marked: "x | save list \"a\" | «where» b", code: "K1114"),
    Fault(marked: "x | where a in last «3»", code: "K1118", suggestions: ["last 3 days"]),
    Fault(marked: "[1, «{»a: 1}]", code: "K1119"),
    Fault(marked: "[{a: 1}, «2»]", code: "K1119"),
    Fault(marked: "print \"a«\\q»\"", code: "K1007", fix: "\\\\q"),
    Fault(marked: "print \"«\\u{}»\"", code: "K1008"),
    Fault(marked: "print f\"a «{»x\"", code: "K1016"),
    Fault(marked: "print f\"a «{ }»\"", code: "K1017"),
    Fault(marked: "print f\"a «}»\"", code: "K1018", fix: "}}"),
    Fault(marked: "print f\"{a «b»}\"", code: "K1105"),
    Fault(marked: "print f\"中{a +«»}\"", code: "K1101"),
  ])
  func faults(_ fault: Fault) throws {
    // Where the place is the end of the text, the marks stand around nothing.
    let marked =
      fault.marked.contains("« »") || fault.marked.contains("case2")
      ? Self.atEnd(fault.marked) : MarkedText(fault.marked)
    let diagnostics = parse(SourceText(marked.text)).diagnostics
    try #require(!diagnostics.isEmpty)
    #expect(diagnostics[0].code == fault.code, "\(diagnostics[0].message)")
    #expect(diagnostics[0].span == marked.span)
    #expect(diagnostics[0].fix?.replacement == fault.fix)
    #expect(diagnostics[0].suggestions == fault.suggestions)
    #expect(diagnostics.count == 1, "\(diagnostics.map(\.message))")
  }

  private static func atEnd(_ marked: String) -> MarkedText {
    let text = marked.replacing("«", with: "").replacing("»", with: "").replacing("= ", with: "= ")
    let trimmed = text.hasSuffix(" ") ? String(text.dropLast()) : text
    return MarkedText(trimmed + "«»")
  }

  @Test func aFixMakesTheTextWhole() {
    for text in [
      "客户 | 其中 city \"深圳\"", "x | where created in 2 weeks", "x | where tier is \"V1\"",
      "x | where tier is not V1", "customers where a", "x | where a & b", "x | where a > 5,000",
      "let today = 3", "print \"a\\q\"", "print f\"a }\"",
    ] {
      let source = SourceText(text)
      guard let fix = parse(source).diagnostics.first?.fix else {
        Issue.record("no fix for \(text)")
        continue
      }
      var bytes = source.bytes
      bytes.replaceSubrange(fix.span.lower..<fix.span.upper, with: Array(fix.replacement.utf8))
      let mended = String(decoding: bytes, as: UTF8.self)
      #expect(parse(SourceText(mended)).diagnostics.isEmpty, "\(mended)")
    }
  }

  @Test func independentFaultsAreAllReported() {
    let result = parse(
      SourceText(
        """
        customers | wher a | where b = | take 5m
        customers | select a b
        let x + 3
        customers | count
        """))
    #expect(result.diagnostics.map(\.code) == ["K1107", "K1101", "K1010", "K1105", "K1101"])
    // The last line stands, and what could be read of the others.
    #expect(result.program.statements.last.map { sketch($0) } == "customers | (count)")
  }

  @Test func oneFaultDoesNotCascade() {
    for text in [
      "x | where any(y where (a = ) and b) and c | take 3\nz | count",
      "x | where ((a | take 3\nz | count", "x | foo bar baz (a) b, c | take 3\nz | count",
      "for m in { a }\nz | count", "if { a }\nz | count", "x | where a > 1,000,000,000\nz | count",
    ] {
      let result = parse(SourceText(text))
      #expect(result.diagnostics.count == 1, "\(text): \(result.diagnostics.map(\.message))")
      #expect(result.program.statements.last.map { sketch($0) } == "z | (count)", "\(text)")
    }
  }

  @Test func faultsInsideBracketsAreFoundOneByOne() {
    let result = parse(SourceText("x | where any(y where = 1) and none(z where) and [a b] = 1"))
    // `where)` is a name by the rule of clauses, so the second call is one name after another.
    #expect(result.diagnostics.map(\.code) == ["K1101", "K1101", "K1101"])
  }

  @Test func messagesHaveBothTongues() {
    let text = SourceText("x | wher a")
    #expect(parse(text, tongue: .chinese).diagnostics.map(\.message) == ["没有动词“wher”"])
    #expect(parse(text).diagnostics.map(\.message) == ["no verb 'wher'"])
    #expect(
      parse(SourceText("客户 | 其中 a 在 2周"), tongue: .chinese).diagnostics.first?.fix?.replacement
        == "未来2周")
  }

  @Test func deepNestingIsAnError() {
    for (open, close) in [
      ("(", ")"), ("[", "]"), ("f(", ")"), ("not ", ""), ("- ", ""), ("if a { ", "}"),
    ] {
      for count in [300, open == "(" ? 100_000 : 10_000] {
        let text =
          String(repeating: open, count: count) + "x" + String(repeating: close, count: count)
        let result = parse(SourceText(text))
        #expect(result.diagnostics.first?.code == "K1116", "\(open) \(count)")
        let unclosed = parse(SourceText(String(repeating: open, count: count)))
        #expect(unclosed.diagnostics.contains { $0.code == "K1116" }, "\(open) \(count)")
        #expect(unclosed.diagnostics.count <= 2, "\(open) \(unclosed.diagnostics.count)")
      }
    }
    let case256 = String(repeating: "case when ", count: 10_000)
    #expect(parse(SourceText(case256)).diagnostics.first?.code == "K1116")
  }

  @Test func nestingUpToTheLimitIsFine() {
    // The statement's own brackets count from 1, so 256 of them are the most.
    for (open, close) in [
      ("(", ")"), ("[", "]"), ("f(", ")"), ("- ", ""), ("if a { ", " }"),
      ("case when a then ", " end"),
    ] {
      func text(_ count: Int) -> String {
        String(repeating: open, count: count) + "x" + String(repeating: close, count: count)
      }
      let result = parse(SourceText(text(256)))
      #expect(result.diagnostics.isEmpty, "\(open)")
      let printed = format(result.program, tongue: .english)
      #expect(parse(SourceText(printed)).program == result.program, "\(open)")
      // The one that is too many is pointed at.
      let place = 256 * open.utf8.count
      let first = parse(SourceText(text(257))).diagnostics.first
      #expect(first?.code == "K1116", "\(open)")
      #expect((place..<place + open.utf8.count).contains(first?.span?.lower ?? 0), "\(open)")
    }
  }

  @Test func longChainsAreErrors() {
    for link in [" + a", " or a", ".a", " ?? a", " * a"] {
      let short = "a" + String(repeating: link, count: 400)
      #expect(parse(SourceText(short)).diagnostics.isEmpty)
      let long = "a" + String(repeating: link, count: 20_000)
      #expect(parse(SourceText(long)).diagnostics.map(\.code) == ["K1117"], "\(link)")
    }
  }
}
