import Glibc
import KithBase
import KithShell
import Testing

/// Lines as they are drawn and read. Rows and columns are counted by hand; a Chinese character takes two.
@Suite struct LineEditorTests {
  private func parts(_ text: String, cursor: Int? = nil, columns: Int = 80) -> LineFrame.Parts {
    var parts = LineFrame.Parts()
    parts.prompt = [StyledText("> ")]
    parts.text = text
    parts.cursor = cursor ?? text.unicodeScalars.count
    parts.columns = columns
    parts.colour = false
    return parts
  }

  @Test func wideCharacters() {
    let frame = LineFrame(parts("客户 | 取", cursor: 2))
    #expect(frame.rows == [LineFrame.Row(text: "> 客户 | 取", isWrapped: false)])
    #expect([frame.cursorRow, frame.cursorColumn] == [0, 6])
  }

  @Test func aWideCharacterDoesNotBreak() {
    // "> ab" takes four of seven columns, 客 two more; 户 does not fit into the last one.
    let frame = LineFrame(parts("ab客户", columns: 7))
    #expect(frame.rows.map(\.text) == ["> ab客", "户"])
    #expect(frame.rows.map(\.isWrapped) == [true, false])
    #expect([frame.cursorRow, frame.cursorColumn] == [1, 2])
  }

  @Test func aFullRowLeadsToTheNext() {
    let frame = LineFrame(parts("abc", columns: 5))
    #expect([frame.cursorRow, frame.cursorColumn] == [1, 0])
    #expect(frame.rows.map(\.text) == ["> abc", ""])
  }

  @Test func severalLines() {
    var parts = self.parts("客户\n| 计数", cursor: 3)
    parts.continuation = { number, before in "\(number):\(before.count) " }
    let frame = LineFrame(parts)
    // The text before the second line is 客户 and its line end.
    #expect(frame.rows.map(\.text) == ["> 客户", "1:3 | 计数"])
    #expect([frame.cursorRow, frame.cursorColumn] == [1, 4])
  }

  @Test func controlsAreShown() {
    let frame = LineFrame(parts("a\u{1b}[2Jb\tc"))
    #expect(!frame.rows[0].text.contains("\u{1b}"))
    #expect(frame.rows[0].text.hasSuffix("b    c"))
  }

  @Test func coloursEndWithTheirText() {
    var parts = self.parts("取 20")
    parts.colour = true
    parts.highlights = [LineHighlight(range: 0..<3, style: .keyword)]
    let frame = LineFrame(parts)
    #expect(frame.rows[0].text == "> \u{1b}[1;34m取\u{1b}[0m 20")
    #expect(frame.cursorColumn == 7)
  }

  @Test func suggestionsTakeNoRoom() {
    var parts = self.parts("cust", columns: 12)
    parts.colour = true
    parts.ghost = "omers | count"
    let frame = LineFrame(parts)
    #expect(frame.rows.count == 1)
    #expect(frame.cursorColumn == 6)
    #expect(frame.rows[0].text.contains("ome"))
    parts.colour = false
    #expect(LineFrame(parts).rows[0].text == "> cust")
  }

  @Test func theCursorStaysOnTheScreen() {
    var parts = self.parts((0..<40).map { "line \($0)" }.joined(separator: "\n"))
    parts.rows = 10
    let frame = LineFrame(parts)
    var scroll = 0
    let drawn = frame.drawn(above: 0, scroll: &scroll)
    #expect(scroll == 30)
    #expect(drawn.above == 9)
    #expect(drawn.text.contains("line 39") && !drawn.text.contains("line 29\r"))
  }

  @Test func linesFromAPipe() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let text = "客户\r\n| 取 3\nlast"
    let written = text.utf8.count
    #expect(Glibc.write(ends[1], text, written) == written)
    close(ends[1])
    defer { close(ends[0]) }
    var options = LineEditorOptions()
    options.isComplete = { !$0.hasSuffix("客户") }
    let reader = LineReader(options, showsPrompt: false, descriptor: ends[0])
    #expect(try reader.readLine() == .line("客户\n| 取 3"))
    #expect(try reader.readLine() == .line("last"))
    #expect(try reader.readLine() == .endOfInput)
    #expect(try reader.readLine() == .endOfInput)
  }

  @Test func aClosedInputIsSaid() {
    let reader = LineReader(LineEditorOptions(), showsPrompt: false, descriptor: -1)
    do throws(Diagnostic) {
      _ = try reader.readLine()
      Issue.record("read from nowhere")
    } catch {
      #expect(error.code == "K7002")
    }
  }
}
