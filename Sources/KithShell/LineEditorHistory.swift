import Glibc
package import KithBase

/// What was entered, by this session and others, oldest first.
///
/// One file for all books and sessions, only ever appended to: each entry is one line of
/// `seconds TAB outcome TAB book TAB text` with `\n`, `\t` and `\\` escaped, written with one
/// `write` under a lock. The file is readable by its owner alone. What other sessions add is taken
/// up with `refresh`. A line that begins with a blank is remembered, not written.
package final class HistoryStore {
  package struct Entry: Sendable, Hashable {
    /// As it was typed; it may have several lines.
    package var text: String
    /// How its run ended.
    package var outcome: Outcome
    /// The name of the book it was entered for; empty for none.
    package var book: String
    /// Seconds since 1970.
    package var seconds: Int64

    /// A line of the file, before it is written.
    package init(text: String, outcome: Outcome, book: String, seconds: Int64) {
      self.text = text
      self.outcome = outcome
      self.book = book
      self.seconds = seconds
    }
  }

  /// How the run of an entry ended.
  package enum Outcome: String, Sendable, Hashable {
    case succeeded = "ok"
    case failed = "failed"
    case cancelled = "cancelled"
  }

  /// Oldest first, no more than the limit.
  package private(set) var entries: [Entry] = []
  let book: String
  private let path: String?
  private let limit: Int
  private let seconds: () -> Int64
  /// How much of the file has been taken up.
  private var readBytes = 0
  /// Older entries are of little use and cost time at the start.
  private static let readableBytes = 4 * 1_048_576

  /// - Parameters:
  ///   - path: nil or "" keeps everything in memory.
  ///   - limit: how many entries are kept in memory.
  ///   - seconds: the clock.
  package init(path: String?, book: String, limit: Int = 10_000, seconds: @escaping () -> Int64) {
    self.path = path?.isEmpty == true ? nil : path
    self.book = book
    self.limit = max(1, limit)
    self.seconds = seconds
  }

  /// `$XDG_STATE_HOME/kith/history`, else `~/.local/state/kith/history`; nil without a home.
  package static func defaultPath(environment: (String) -> String?) -> String? {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return state + "/kith/history"
    }
    guard let home = environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/state/kith/history"
  }

  /// Takes up what was written since the last time. A missing file is an empty one.
  package func refresh() throws(Diagnostic) {
    guard let path else { return }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return }
      throw Self.problem("history cannot be read", path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw Self.problem("history cannot be read", path)
    }
    let size = Int(status.st_size)
    // A file that was cut is read again from its start.
    if size < readBytes { readBytes = 0 }
    var start = readBytes
    let isPartial = size - start > Self.readableBytes
    if isPartial { start = size - Self.readableBytes }
    let bytes = Self.bytes(of: descriptor, from: start, count: size - start)
    guard let end = bytes.lastIndex(of: 0x0A) else { return }
    readBytes = start + end + 1
    let lines = bytes[...end].split(separator: 0x0A)
    for line in isPartial ? lines.dropFirst() : lines[...] {
      if let entry = Self.parsed(line) { entries.append(entry) }
    }
    trim()
  }

  /// Remembers an entry and writes it. Blank texts and immediate repeats are left out.
  ///
  /// - Throws: K7 if it cannot be written; it is remembered all the same.
  package func append(_ text: String, outcome: Outcome = .succeeded) throws(Diagnostic) {
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    if let last = entries.last, last.text == text, last.book == book, last.outcome == outcome {
      return
    }
    let entry = Entry(text: text, outcome: outcome, book: book, seconds: seconds())
    guard let path, text.first != " " else {
      entries.append(entry)
      trim()
      return
    }
    do throws(Diagnostic) {
      try write(entry, to: path)
    } catch {
      entries.append(entry)
      trim()
      throw error
    }
  }

  private func trim() {
    if entries.count > limit { entries.removeFirst(entries.count - limit) }
  }

  private func write(_ entry: Entry, to path: String) throws(Diagnostic) {
    Self.makeFolders(for: path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.problem("history cannot be written", path) }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX) == 0 else {
      throw Self.problem("history cannot be locked", path)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw Self.problem("history cannot be written", path)
    }
    // What others wrote meanwhile comes before it.
    try refresh()
    // A line some crash left unfinished must not swallow this one.
    var bytes: [UInt8] = Self.endsWithLineFeed(path, Int(status.st_size)) ? [] : [0x0A]
    bytes += Self.line(entry)
    let written = Glibc.write(descriptor, bytes, bytes.count)
    guard written == bytes.count else { throw Self.problem("history cannot be written", path) }
    readBytes = Int(status.st_size) + bytes.count
    entries.append(entry)
    trim()
  }

  private static func endsWithLineFeed(_ path: String, _ size: Int) -> Bool {
    guard size > 0 else { return true }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return true }
    defer { close(descriptor) }
    return bytes(of: descriptor, from: size - 1, count: 1) == [0x0A]
  }

  private static func bytes(of descriptor: Int32, from start: Int, count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + done }, count - done, start + done)
      }
      if got <= 0 { break }
      done += got
    }
    bytes.removeLast(count - done)
    return bytes
  }

  private static func problem(_ phrase: String, _ path: String) -> Diagnostic {
    Diagnostic("K7003", "\(phrase): \(String(cString: strerror(errno)))", help: path)
  }

  /// Each folder on the way, for the owner alone; those that exist are left as they are.
  private static func makeFolders(for path: String) {
    for slash in path.indices.dropFirst() where path[slash] == "/" {
      mkdir(String(path[..<slash]), 0o700)
    }
  }
}

extension HistoryStore {
  /// One line of the file with its line end.
  package static func line(_ entry: Entry) -> [UInt8] {
    let fields = [
      String(entry.seconds), entry.outcome.rawValue, escaped(entry.book), escaped(entry.text),
    ]
    return Array((fields.joined(separator: "\t") + "\n").utf8)
  }

  /// Nil for a line that is none of ours.
  package static func parsed(_ line: ArraySlice<UInt8>) -> Entry? {
    let fields = line.split(separator: 0x09, maxSplits: 3, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard fields.count == 4, let seconds = Int64(fields[0]),
      let outcome = Outcome(rawValue: fields[1])
    else { return nil }
    return Entry(
      text: unescaped(fields[3]), outcome: outcome, book: unescaped(fields[2]), seconds: seconds)
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func unescaped(_ text: String) -> String {
    var result = ""
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        switch scalar {
        case "n": result += "\n"
        case "t": result += "\t"
        case "r": result += "\r"
        default: result.unicodeScalars.append(scalar)
        }
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
