import Dispatch
import Foundation
import Glibc
import KithBase
import KithShell
import Testing

/// What the shell remembers: one file for every session, which nothing may spoil. The lines expected are
/// written by hand from the form `seconds TAB outcome TAB book TAB text`.
@Suite struct HistoryTests {
  /// A folder of its own, removed afterwards.
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "/kith-history-\(UUID().uuidString)"
    mkdir(folder, 0o700)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func store(_ path: String?, book: String = "a.book", limit: Int = 10_000) -> HistoryStore
  {
    HistoryStore(path: path, book: book, limit: limit, seconds: { 1_700_000_000 })
  }

  private func texts(_ store: HistoryStore) -> [String] { store.entries.map(\.text) }

  @Test func twoSessionsKeepBoth() throws {
    try inFolder { folder in
      let path = folder + "/history"
      let (one, two) = (store(path), store(path, book: "b.book"))
      try one.append("customers")
      try two.append("members")
      try one.append("deals")
      // What the other wrote meanwhile stands before one's own.
      #expect(texts(one) == ["customers", "members", "deals"])
      #expect(texts(two) == ["customers", "members"])
      try two.refresh()
      #expect(texts(two) == ["customers", "members", "deals"])
      let third = store(path)
      try third.refresh()
      #expect(third.entries == one.entries)
      #expect(third.entries.map(\.book) == ["a.book", "b.book", "a.book"])
    }
  }

  @Test func manyWritersAtOnce() throws {
    try inFolder { folder in
      let path = folder + "/history"
      DispatchQueue.concurrentPerform(iterations: 4) { writer in
        let store = HistoryStore(path: path, book: "", limit: 10_000, seconds: { 1 })
        for number in 0..<50 { try? store.append("客户 \(writer) \(number)") }
      }
      let all = store(path)
      try all.refresh()
      #expect(all.entries.count == 200)
      #expect(Set(texts(all)).count == 200)
      // The lines of one writer keep their order.
      let first = texts(all).filter { $0.hasPrefix("客户 0 ") }
      #expect(first == (0..<50).map { "客户 0 \($0)" })
    }
  }

  @Test func aLockedFileIsWaitedFor() throws {
    try inFolder { folder in
      let path = folder + "/history"
      try store(path).append("first")
      let other = open(path, O_RDWR)
      try #require(other >= 0 && flock(other, LOCK_EX) == 0)
      let before = try Data(contentsOf: URL(filePath: path))
      let done = DispatchSemaphore(value: 0)
      DispatchQueue.global().async {
        try? HistoryStore(path: path, book: "", limit: 10, seconds: { 2 }).append("second")
        done.signal()
      }
      #expect(done.wait(timeout: .now() + .milliseconds(80)) == .timedOut)
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
      close(other)
      #expect(done.wait(timeout: .now() + .seconds(10)) == .success)
      let all = store(path)
      try all.refresh()
      #expect(texts(all) == ["first", "second"])
    }
  }

  @Test func damagedLinesAreSteppedOver() throws {
    try inFolder { folder in
      let path = folder + "/history"
      let good = "1700000000\tok\t\tcustomers\n"
      var bytes = Data((good + "no line of ours\n\n12\tok\n1\tperhaps\tb\tx\nx\tok\tb\ty\n").utf8)
      bytes += [0xFF, 0xFE, 0x0A]
      bytes += Data("1700000001\tok\tb\t半".utf8)
      try bytes.write(to: URL(filePath: path))
      let one = store(path)
      try one.refresh()
      // The last line has no end yet: it may still be in the making.
      #expect(texts(one) == ["customers"])
      try one.append("members")
      let again = store(path)
      try again.refresh()
      // What a crash left unfinished does not swallow the next line.
      #expect(texts(again) == ["customers", "半", "members"])
    }
  }

  @Test func everyTextComesBack() throws {
    try inFolder { folder in
      let path = folder + "/history"
      let all = [
        "客户 | 其中 城市 = “深圳”\n| 取20", "a\tb", #"matches "\n\\""#, "\r\n", "🙂 e\u{301}", "\\",
      ]
      let one = store(path, book: "我的\t账本")
      for text in all { try one.append(text) }
      let two = store(path)
      try two.refresh()
      // Blank texts are not remembered.
      #expect(texts(two) == all.filter { $0 != "\r\n" })
      #expect(Set(two.entries.map(\.book)) == ["我的\t账本"])
      let entry = HistoryStore.Entry(
        text: "客户\n\\", outcome: .failed, book: "", seconds: 7)
      let line = HistoryStore.line(entry)
      #expect(String(decoding: line, as: UTF8.self) == "7\tfailed\t\t客户\\n\\\\\n")
      #expect(HistoryStore.parsed(line.dropLast()) == entry)
    }
  }

  @Test func onlyTheOwnerReads() throws {
    try inFolder { folder in
      let path = folder + "/state/kith/history"
      try store(path).append("customers")
      var status = stat()
      #expect(stat(path, &status) == 0)
      #expect(status.st_mode & 0o777 == 0o600)
      #expect(stat(folder + "/state/kith", &status) == 0)
      #expect(status.st_mode & 0o777 == 0o700)
    }
  }

  @Test func whatIsLeftOut() throws {
    try inFolder { folder in
      let path = folder + "/history"
      let one = store(path, limit: 3)
      try one.append("a")
      try one.append("a")
      try one.append("a", outcome: .failed)
      try one.append(" secret")
      try one.append("  ")
      #expect(texts(one) == ["a", "a", " secret"])
      let two = store(path, limit: 3)
      try two.refresh()
      #expect(texts(two) == ["a", "a"])
      for text in ["b", "c", "d"] { try two.append(text) }
      #expect(texts(two) == ["b", "c", "d"])
    }
  }

  @Test func aFileThatWasCutIsReadAgain() throws {
    try inFolder { folder in
      let path = folder + "/history"
      let one = store(path)
      for number in 0..<5 { try one.append("line \(number)") }
      try Data("1\tok\t\tnew\n".utf8).write(to: URL(filePath: path))
      try one.refresh()
      #expect(one.entries.last?.text == "new")
      try FileManager.default.removeItem(atPath: path)
      try one.refresh()
      #expect(one.entries.count == 6)
    }
  }

  @Test func aFolderInItsPlaceIsSaid() throws {
    try inFolder { folder in
      let one = store(folder)
      do throws(Diagnostic) {
        try one.append("customers")
        Issue.record("a folder was written to")
      } catch {
        #expect(error.code == "K7003")
      }
      // It is remembered all the same.
      #expect(texts(one) == ["customers"])
    }
  }

  @Test func whereItStands() {
    let state = HistoryStore.defaultPath { $0 == "XDG_STATE_HOME" ? "/s" : "/h" }
    #expect(state == "/s/kith/history")
    // A path that is not absolute counts for nothing.
    let home = HistoryStore.defaultPath { $0 == "XDG_STATE_HOME" ? "s" : "/h" }
    #expect(home == "/h/.local/state/kith/history")
    #expect(HistoryStore.defaultPath { _ in nil } == nil)
    let memory = store(nil)
    #expect(throws: Never.self) { try memory.append("a") }
    #expect(texts(memory) == ["a"])
  }

  @Test func suggestions() throws {
    let one = store(nil)
    try one.append("customers | count")
    try one.append("customers | sort name", outcome: .failed)
    try one.append("客户 | 计数")
    #expect(one.continuation(of: "customers | ") == "count")
    #expect(one.continuation(of: "客户") == " | 计数")
    #expect(one.continuation(of: "") == nil)
    #expect(one.continuation(of: "customers | count") == nil)
  }

  @Test func searching() throws {
    let one = store(nil)
    for text in ["客户 | 其中 城市", "customers | COUNT", "deals | count", "customers | count by city"] {
      try one.append(text)
    }
    try one.append("deals | count")
    let search = HistorySearch(one)
    // Newest first, each once, in any case and any order of the words.
    #expect(
      search.matches("count", limit: 9).map(\.text)
        == ["deals | count", "customers | count by city", "customers | COUNT"])
    #expect(search.matches("city cust", limit: 9).map(\.text) == ["customers | count by city"])
    #expect(search.matches("城市", limit: 9).map(\.text) == ["客户 | 其中 城市"])
    // Letters in order come after whole words.
    #expect(search.matches("dlct", limit: 9).map(\.text) == ["deals | count"])
    #expect(search.matches("客市", limit: 9).map(\.text) == ["客户 | 其中 城市"])
    #expect(search.matches("", limit: 2).count == 2)
    #expect(search.matches("zzz", limit: 9).isEmpty)
  }
}
