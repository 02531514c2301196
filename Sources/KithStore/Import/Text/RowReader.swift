import Glibc
import KithBase

/// Cuts a text into rows of cells, a window at a time, in bounded memory.
///
/// Rows end with LF, CR LF or CR; a quoted cell may hold line ends and doubled quotes. Rows without
/// any byte are skipped. A row longer than the limit is an error, because a quote that was never
/// closed would otherwise swallow the rest of the file.
final class RowReader {
  /// Rows handed out at once; enough to make a call per batch free.
  static let batchRows = 2_048

  private let source: TextSource
  private let dialect: Dialect
  private let longestRow: Int
  private var window: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var position = 0
  private var filled = 0
  private var atEnd = false
  /// The line at `position`, from 1.
  private var line = 1
  /// Cells of the row being cut whose doubled quotes are still to be undone.
  private var doubledCells: [Int] = []
  /// No byte stands in the file, a byte order mark apart.
  let isEmptyFile: Bool

  /// `dialect` nil sniffs the separator from the text's first window.
  init(
    source: TextSource, dialect: Dialect?, longestRow: Int
  ) throws(Diagnostic) {
    self.source = source
    self.longestRow = longestRow
    capacity = 1 << 20
    window = .allocate(capacity: capacity)
    let count = try Self.fill(source, window, from: 0, to: capacity)
    filled = count.filled
    atEnd = count.atEnd
    isEmptyFile = count.filled == 0
    self.dialect =
      dialect
      ?? Dialect.sniffed(
        CellBytes(start: window, count: min(filled, 1 << 16)), fileName: source.name)
  }

  deinit { window.deallocate() }

  var usedDialect: Dialect { dialect }
  /// Bytes of the file read so far, and all of them.
  var progress: (Int, Int) { (source.position, source.size) }

  /// Puts the next rows into the batch; false at the end.
  ///
  /// The batch's cells are views that hold until the next call. Errors: K7101, K7102 from the file,
  /// K7103 a quote that is broken or never closed, K7104 a row over the limit.
  func next(_ batch: inout RowBatch, limit: Int = RowReader.batchRows) throws(Diagnostic) -> Bool {
    while true {
      batch.clear()
      switch dialect.separator {
      case .byte(let separator): try cutRows(&batch, separator, limit)
      case .blanks: cutBlankRows(&batch, limit)
      }
      batch.base = UnsafePointer(window)
      if batch.rowCount > 0 { return true }
      if atEnd { return false }
      try refill()
    }
  }

  private static func fill(
    _ source: TextSource, _ window: UnsafeMutablePointer<UInt8>, from: Int, to: Int
  ) throws(Diagnostic) -> (filled: Int, atEnd: Bool) {
    var filled = from
    while to - filled >= 16 {
      let room = UnsafeMutableRawBufferPointer(start: window + filled, count: to - filled)
      let count = try source.read(into: room)
      if count == 0 { return (filled, true) }
      filled += count
    }
    return (filled, false)
  }

  private func refill() throws(Diagnostic) {
    let left = filled - position
    if left > capacity / 2 { try grow() }
    if left > 0, position > 0 { memmove(window, window + position, left) }
    position = 0
    (filled, atEnd) = try Self.fill(source, window, from: left, to: capacity)
  }

  private func grow() throws(Diagnostic) {
    guard capacity < longestRow else {
      throw Diagnostic(
        "K7104", "the row at '\(source.name)' line \(line) is longer than \(longestRow) bytes",
        help: "perhaps a quote on that line is never closed")
    }
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
    memcpy(larger, window, filled)
    window.deallocate()
    window = larger
    capacity *= 2
  }

  // MARK: Separated rows

  /// What the end of a cell was.
  private enum CellEnd { case separator, row, incomplete }

  private func cutRows(
    _ batch: inout RowBatch, _ separator: UInt8, _ limit: Int
  ) throws(Diagnostic) {
    while batch.rowCount < limit, position < filled {
      // A row without bytes is skipped.
      if let length = lineEndLength(at: position) {
        position += length
        line += 1
        continue
      }
      let cellsBefore = batch.starts.count
      var cursor = position
      var lineEnds = 0
      var end = CellEnd.separator
      while end == .separator {
        if cursor < filled, window[cursor] == 0x22, dialect.quoted {
          end = try cutQuoted(&batch, separator, &cursor, &lineEnds)
        } else {
          end = cutPlain(&batch, separator, &cursor)
        }
      }
      if end == .incomplete {
        batch.starts.removeSubrange(cellsBefore...)
        batch.ends.removeSubrange(cellsBefore...)
        doubledCells.removeAll(keepingCapacity: true)
        return
      }
      // Only now, because a row that is cut short is read again from the bytes as they were.
      for cell in doubledCells {
        batch.ends[cell] = undouble(batch.starts[cell], batch.ends[cell])
      }
      doubledCells.removeAll(keepingCapacity: true)
      batch.rows.append(batch.starts.count)
      batch.lines.append(line)
      line += lineEnds + 1
      position = cursor
    }
  }

  /// The length of the line end at a place; nil where there is none, or perhaps half of one.
  private func lineEndLength(at place: Int) -> Int? {
    if window[place] == 0x0A { return 1 }
    guard window[place] == 0x0D else { return nil }
    if place + 1 < filled { return window[place + 1] == 0x0A ? 2 : 1 }
    return atEnd ? 1 : nil
  }

  private func cutPlain(
    _ batch: inout RowBatch, _ separator: UInt8, _ cursor: inout Int
  ) -> CellEnd {
    let start = cursor
    var place = cursor
    let end = filled
    let bytes = window
    while place < end {
      let byte = bytes[place]
      if byte == separator || byte == 0x0A || byte == 0x0D { break }
      place += 1
    }
    return endCell(&batch, separator, start, place, at: place, &cursor)
  }

  /// Ends a cell whose content is `start ..< stop` and looks at what follows it at `place`.
  private func endCell(
    _ batch: inout RowBatch, _ separator: UInt8, _ start: Int, _ stop: Int, at place: Int,
    _ cursor: inout Int
  ) -> CellEnd {
    if place >= filled {
      guard atEnd else { return .incomplete }
      batch.starts.append(start)
      batch.ends.append(stop)
      cursor = filled
      return .row
    }
    if window[place] == separator {
      batch.starts.append(start)
      batch.ends.append(stop)
      cursor = place + 1
      return .separator
    }
    guard let length = lineEndLength(at: place) else { return .incomplete }
    batch.starts.append(start)
    batch.ends.append(stop)
    cursor = place + length
    return .row
  }

  private func cutQuoted(
    _ batch: inout RowBatch, _ separator: UInt8, _ cursor: inout Int, _ lineEnds: inout Int
  ) throws(Diagnostic) -> CellEnd {
    let start = cursor + 1
    var place = start
    var doubled = false
    var lines = 0
    while true {
      if place >= filled {
        guard atEnd else { return .incomplete }
        let opened = self.place(cursor, lineEnds)
        throw Diagnostic(
          "K7103",
          "the quote opened at '\(source.name)' line \(opened.line), "
            + "column \(opened.column) is never closed")
      }
      let byte = window[place]
      if byte == 0x22 {
        if place + 1 < filled, window[place + 1] == 0x22 {
          doubled = true
          place += 2
          continue
        }
        if place + 1 >= filled, !atEnd { return .incomplete }
        break
      }
      if byte == 0x0A || (byte == 0x0D && !(place + 1 < filled && window[place + 1] == 0x0A)) {
        lines += 1
      }
      place += 1
    }
    let after = place + 1
    if after < filled, window[after] != separator, window[after] != 0x0A, window[after] != 0x0D {
      let found = self.place(after, lineEnds + lines)
      throw Diagnostic(
        "K7103",
        "text follows a closing quote at '\(source.name)' line \(found.line), "
          + "column \(found.column)",
        help: "a quote inside a quoted cell is written twice")
    }
    let result = endCell(&batch, separator, start, place, at: after, &cursor)
    if result == .incomplete { return result }
    lineEnds += lines
    if doubled { doubledCells.append(batch.ends.count - 1) }
    return result
  }

  /// Closes up `""` to `"` in place and returns the new end.
  private func undouble(_ start: Int, _ stop: Int) -> Int {
    var write = start
    var read = start
    while read < stop {
      let byte = window[read]
      window[write] = byte
      write += 1
      read += byte == 0x22 ? 2 : 1
    }
    return write
  }

  /// The line and column (in characters, from 1) of a place in the window's current row.
  private func place(_ place: Int, _ lineEnds: Int) -> (line: Int, column: Int) {
    var start = place
    while start > position, window[start - 1] != 0x0A, window[start - 1] != 0x0D { start -= 1 }
    let before = CellBytes(start: window + start, count: place - start)
    let text = String(decoding: before, as: UTF8.self)
    return (line + lineEnds, text.count + 1)
  }

  // MARK: Rows cut at blanks

  private func cutBlankRows(_ batch: inout RowBatch, _ limit: Int) {
    while batch.rowCount < limit, position < filled {
      var stop = position
      while stop < filled, window[stop] != 0x0A, window[stop] != 0x0D { stop += 1 }
      let length: Int
      if stop >= filled {
        guard atEnd else { return }
        length = 0
      } else {
        guard let found = lineEndLength(at: stop) else { return }
        length = found
      }
      var place = position
      while true {
        while place < stop, window[place] == 0x20 || window[place] == 0x09 { place += 1 }
        if place >= stop { break }
        batch.starts.append(place)
        while place < stop, window[place] != 0x20, window[place] != 0x09 { place += 1 }
        batch.ends.append(place)
      }
      if batch.starts.count > (batch.rows.last ?? 0) {
        batch.rows.append(batch.starts.count)
        batch.lines.append(line)
      }
      line += 1
      position = stop + length
    }
  }
}
