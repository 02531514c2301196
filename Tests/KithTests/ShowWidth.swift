import KithBase
import Testing

/// Display widths. Expected numbers are counted by eye: two for a Chinese character or a picture,
/// one for a letter, none for a mark.
@Suite struct ShowWidth {
  private let display = DisplayWidth()

  @Test(arguments: [
    ("", 0), ("abc", 3), ("客户", 4), ("王芳 V1", 7), ("阿凡提·买买提", 13),
    ("cafe\u{301}", 4), ("café", 4), ("ＡＢＣ", 6), ("ｱｲｳ", 3), ("，。「」", 8),
    ("👨‍👩‍👧", 2), ("👍🏽", 2), ("❤️", 2), ("❤", 1), ("🇨🇳", 2), ("1️⃣", 2),
    ("한국어", 6), ("\u{1112}\u{1161}\u{11AB}", 2), ("a\u{200B}b", 2),
    ("\u{FEFF}x", 1), ("𠮷野家", 6), ("─│┌", 3), ("…", 1), ("\u{1b}[31m", 4),
  ])
  func textWidth(_ text: String, _ expected: Int) {
    #expect(display.width(of: text) == DisplayColumns(expected), "\(text.debugDescription)")
  }

  @Test func ambiguousCharactersAreWideWhereTheTerminalSaysSo() {
    let wide = DisplayWidth(ambiguous: .wide)
    #expect(wide.width(of: "阿凡提·买买提") == DisplayColumns(14))
    #expect(wide.width(of: "─…") == DisplayColumns(4))
    #expect(wide.width(of: "abc") == DisplayColumns(3))
  }

  @Test(arguments: [
    ("华强电子", 8, "华强电子"), ("华强电子", 7, "华强电…"), ("华强电子", 6, "华强…"),
    ("华强电子", 1, "…"), ("华强电子", 0, ""), ("abcdef", 4, "abc…"),
    ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("👨‍👩‍👧👨‍👩‍👧", 3, "👨‍👩‍👧…"),
  ])
  func truncationKeepsClustersWhole(_ text: String, _ limit: Int, _ expected: String) {
    #expect(display.truncated(text, to: DisplayColumns(limit)) == expected)
  }

  @Test func paddingCountsColumns() {
    #expect(display.padded("客户", to: DisplayColumns(6)) == "客户  ")
    #expect(display.padded("12", to: DisplayColumns(4), keeping: .right) == "  12")
    #expect(display.padded("客户", to: DisplayColumns(3)) == "客户")
  }

  @Test(arguments: [
    ("a\tb", "a→b"), ("a\nb", "a↵b"), ("\u{1b}[31m", "␛[31m"), ("\u{0}", "␀"), ("\u{7F}", "␡"),
    ("\r\n", "␍↵"), ("x\u{202E}y", "x\\u{202e}y"), ("\u{9B}m", "\\u{9b}m"),
    ("\u{2028}", "\\u{2028}"), ("👨‍👩‍👧", "👨‍👩‍👧"), ("深圳", "深圳"),
  ])
  func controlsAreShownNotSent(_ text: String, _ expected: String) {
    #expect(DisplayWidth.sanitized(text) == expected)
  }

  @Test func wrappingBreaksAtBlanksAndBetweenChineseCharacters() {
    #expect(display.wrapped("one two three", to: DisplayColumns(7)) == ["one two", "three"])
    #expect(display.wrapped("客户经理名单", to: DisplayColumns(5)) == ["客户", "经理", "名单"])
    #expect(display.wrapped("abcdefgh", to: DisplayColumns(3)) == ["abc", "def", "gh"])
    #expect(display.wrapped("a\nb", to: DisplayColumns(9)) == ["a", "b"])
    #expect(display.wrapped("", to: DisplayColumns(9)) == [""])
    #expect(display.wrapped("note: 深圳abc", to: DisplayColumns(10)) == ["note: 深圳", "abc"])
  }

  @Test func wrappedLinesFitAndLoseNothingButBlanks() {
    let text = "16,693 rows (40 shown) · 8 columns, hidden: 电话号码, note_with_a_long_name · 34 ms"
    for width in 2...90 {
      let lines = display.wrapped(text, to: DisplayColumns(width))
      #expect(lines.allSatisfy { display.width(of: $0) <= DisplayColumns(width) }, "\(width)")
      let kept = lines.joined().filter { $0 != " " }
      #expect(kept == text.filter { $0 != " " }, "\(width)")
    }
  }
}
