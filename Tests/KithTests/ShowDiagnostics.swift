import KithBase
import Testing

/// Drawings of diagnostics, written out by hand: a Chinese character moves the caret by two.
@Suite struct ShowDiagnostics {
  private static let weekly = SourceText(
    name: "weekly.kith", "# weekly\n\n客户 | where citty = \"深圳\" | take 20\n")

  /// `citty` begins at byte 25: 9 and 1 for two lines, 6 for 客户, 9 for ` | where `.
  private static let unknownField = Diagnostic(
    "K2104", "no field 'citty' on customer", at: SourceSpan(25, 30),
    fix: Diagnostic.Fix(span: SourceSpan(25, 30), replacement: "city"), suggestions: ["city"],
    source: weekly)

  @Test func aMisspeltFieldAfterChineseText() {
    #expect(
      Self.unknownField.drawn() == """
        K2104: no field 'citty' on customer
         --> weekly.kith:3:12
          |
        3 | 客户 | where citty = "深圳" | take 20
          |              ^^^^^ did you mean 'city'?
          = try: 客户 | where city = "深圳" | take 20

        """)
  }

  @Test func theChineseTongue() {
    let drawn = Self.unknownField.drawn(DrawingOptions(tongue: .chinese))
    #expect(drawn.contains("^^^^^ 是不是 'city'？\n"))
    #expect(drawn.contains("  = 试试：客户 | where city = \"深圳\" | take 20\n"))
  }

  @Test func theLabelComesBeforeSuggestionsAndHelpBeforeTheFix() {
    let diagnostic = Diagnostic(
      "K1003", "number cannot end here", at: SourceSpan(17, 19), label: "a unit is missing",
      help: "durations have a unit", suggestions: ["x"], source: SourceText("orders | take las 30"))
    #expect(
      diagnostic.drawn() == """
        K1003: number cannot end here
         --> <input>:1:18
          |
        1 | orders | take las 30
          |                  ^^ a unit is missing
          = durations have a unit

        """)
  }

  @Test func threeSuggestionsAreOneQuestion() {
    let diagnostic = Diagnostic(
      "K2104", "no field 'c'", at: SourceSpan(0, 1), severity: .warning,
      suggestions: ["city", "code", "created"], source: SourceText("c"))
    #expect(
      diagnostic.drawn() == """
        K2104 warning: no field 'c'
         --> <input>:1:1
          |
        1 | c
          | ^ did you mean 'city', 'code' or 'created'?

        """)
  }

  @Test func aSpanOfTwoLines() {
    let text = "customers | where (city = \"a\"\n  and x"
    let diagnostic = Diagnostic(
      "K2001", "bracket is not closed", at: SourceSpan(18, 37), label: "close it with ')'",
      source: SourceText(text))
    #expect(
      diagnostic.drawn() == """
        K2001: bracket is not closed
         --> <input>:1:19
          |
        1 | customers | where (city = "a"
          |                   ^^^^^^^^^^^
        2 |   and x
          | ^^^^^^^ close it with ')'

        """)
  }

  @Test func aLongSpanLeavesOutItsMiddle() {
    let text = (1...12).map { "row\($0)" }.joined(separator: "\n")
    let diagnostic = Diagnostic(
      "K2001", "text is not closed", at: SourceSpan(0, text.utf8.count), source: SourceText(text))
    #expect(
      diagnostic.drawn() == """
        K2001: text is not closed
          --> <input>:1:1
           |
         1 | row1
           | ^^^^
         2 | row2
           | ^^^^
        ...
        12 | row12
           | ^^^^^

        """)
  }

  /// What is missing at the end is shown at the end of the last line that has text.
  @Test(arguments: [12, 13, 400])
  func aSpanBehindTheEnd(_ offset: Int) {
    let diagnostic = Diagnostic(
      "K2002", "a stage must follow '|'", at: SourceSpan(offset, offset),
      source: SourceText("customers |\n"))
    #expect(
      diagnostic.drawn() == """
        K2002: a stage must follow '|'
         --> <input>:1:12
          |
        1 | customers |
          |            ^

        """)
  }

  @Test func anEmptyTextAndAnOffsetBelowZero() {
    let diagnostic = Diagnostic(
      "K2000", "nothing to run", at: SourceSpan(-5, -1), source: SourceText(""))
    #expect(
      diagnostic.drawn() == """
        K2000: nothing to run
         --> <input>:1:1
          |
        1 |
          | ^

        """)
  }

  @Test func tabsControlsAndBrokenBytes() {
    let tabbed = Diagnostic("K1", "m", at: SourceSpan(1, 6), source: SourceText("\tcitty"))
    #expect(tabbed.drawn().hasSuffix("1 |     citty\n  |     ^^^^^\n"))
    let escape = Diagnostic("K1", "m", at: SourceSpan(6, 7), source: SourceText("a\u{1b}[31mb"))
    #expect(escape.drawn().hasSuffix("1 | a␛[31mb\n  |       ^\n"))
    let broken = SourceText(name: "f", bytes: [0x61, 0xFF, 0x62])
    let invalid = Diagnostic("K1", "m", at: SourceSpan(2, 3), source: broken)
    #expect(invalid.drawn().hasSuffix("1 | a\u{FFFD}b\n  |   ^\n"))
    let message = Diagnostic("K1", "bad \u{1b}]0;x\u{7}")
    #expect(message.drawn() == "K1: bad ␛]0;x␇\n")
  }

  /// Any length, any place: the line fits and the carets stand under the wrong word.
  @Test(arguments: [20, 60, 110], [0, 5, 300])
  func aVeryLongLineIsCutAroundTheSpan(_ width: Int, _ before: Int) throws {
    let text = String(repeating: "深", count: before) + "citty" + String(repeating: "y", count: 300)
    let start = before * 3
    let diagnostic = Diagnostic(
      "K2104", "no field", at: SourceSpan(start, start + 5), source: SourceText(text))
    let lines = diagnostic.drawn(DrawingOptions(width: DisplayColumns(max(30, width))))
      .split(separator: "\n").map(String.init)
    let display = DisplayWidth()
    #expect(lines.allSatisfy { display.width(of: $0).count <= max(30, width) })
    let source = try #require(lines.first { $0.hasPrefix("1 |") })
    let marks = try #require(lines.last)
    let word = try #require(source.firstIndex(of: "c"))
    #expect(source[word...].hasPrefix("citty"))
    let column = display.width(of: String(source[..<word]))
    let caret = try #require(marks.firstIndex(of: "^"))
    #expect(display.width(of: String(marks[..<caret])) == column)
    #expect(marks.filter { $0 == "^" }.count == 5)
  }

  @Test func severalAreDrawnInOrderOfPlaceAndOnce() {
    let source = SourceText("abc def")
    let later = Diagnostic("K2", "second", at: SourceSpan(4, 7), source: source)
    let earlier = Diagnostic("K2", "first", at: SourceSpan(0, 3), source: source)
    #expect(
      [later, earlier, later].drawnAll() == """
        K2: first
         --> <input>:1:1
          |
        1 | abc def
          | ^^^

        K2: second
         --> <input>:1:5
          |
        1 | abc def
          |     ^^^

        """)
  }

  @Test func coloursOnlyAddEscapes() {
    let coloured = Self.unknownField.drawn(DrawingOptions(colour: true))
    #expect(coloured.contains("\u{1b}[1;31mK2104\u{1b}[0m: no field"))
    var plain = ""
    var inEscape = false
    for character in coloured {
      if character == "\u{1b}" { inEscape = true }
      if !inEscape { plain.append(character) }
      if inEscape && character == "m" { inEscape = false }
    }
    #expect(plain == Self.unknownField.drawn())
  }

  @Test func jsonForEditors() {
    #expect(
      Self.unknownField.json == #"{"code":"K2104","severity":"error","#
        + #""message":"no field 'citty' on customer","file":"weekly.kith","line":3,"column":12,"#
        + #""endLine":3,"endColumn":17,"offset":25,"endOffset":30,"suggestions":["city"],"#
        + #""fix":{"line":3,"column":12,"endLine":3,"endColumn":17,"offset":25,"endOffset":30,"#
        + #""replacement":"city"}}"#)
    #expect(
      [Diagnostic("K7001", "no \"x\"\n")].json() == """
        [
        {"code":"K7001","severity":"error","message":"no \\"x\\"\\n"}
        ]

        """)
    #expect([Diagnostic]().json() == "[]\n")
  }

  @Test func theWholeTextMended() throws {
    let mended = try #require(Self.unknownField.mended)
    #expect(mended.bytes == Array("# weekly\n\n客户 | where city = \"深圳\" | take 20\n".utf8))
    #expect(Diagnostic("K1", "m").mended == nil)
  }
}
