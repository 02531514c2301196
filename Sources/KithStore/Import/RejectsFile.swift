import Glibc
import KithBase

/// The rows an import refused, as CSV: `line,column,value,reason` and the row as it was.
///
/// Written beside its final name and moved there when complete; without `publish` nothing remains.
final class RejectsFile {
  let path: String
  private let temporary: String
  private let headers: [String]
  private var descriptor: Int32 = -1
  private var buffer: [UInt8] = []
  private var isPublished = false

  static let columns = ["line", "column", "value", "reason"]

  init(path: String, headers: [String]) {
    self.path = path
    self.temporary = path + ".part"
    self.headers = headers
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if isOpen, !isPublished { unlink(temporary) }
  }

  private(set) var isOpen = false

  /// Errors: K7108 where the file cannot be written.
  func add(_ row: RejectedRow, cells: [String]) throws(Diagnostic) {
    if !isOpen { try open() }
    append([String(row.line), row.column, row.value, row.reason] + cells)
    if buffer.count > 1 << 16 { try flush() }
  }

  /// Puts everything on disk. Errors: K7108.
  func finish() throws(Diagnostic) {
    guard isOpen else { return }
    try flush()
    guard fsync(descriptor) == 0, close(descriptor) == 0 else { throw failure() }
    descriptor = -1
  }

  /// Gives the file its name. Errors: K7108.
  func publish() throws(Diagnostic) {
    guard isOpen else { return }
    guard rename(temporary, path) == 0 else { throw failure() }
    isPublished = true
  }

  private func open() throws(Diagnostic) {
    descriptor = Glibc.open(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure() }
    isOpen = true
    append(Self.columns + headers)
  }

  private func append(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { buffer.append(0x2C) }
      let bytes = cell.utf8
      let needsQuotes =
        bytes.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
        || bytes.first == 0x20 || bytes.last == 0x20
      if !needsQuotes {
        buffer.append(contentsOf: bytes)
        continue
      }
      buffer.append(0x22)
      for byte in bytes {
        if byte == 0x22 { buffer.append(0x22) }
        buffer.append(byte)
      }
      buffer.append(0x22)
    }
    buffer.append(0x0A)
  }

  private func flush() throws(Diagnostic) {
    var start = 0
    while start < buffer.count {
      let count = buffer[start...].withUnsafeBytes {
        write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure()
      }
      start += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func failure() -> Diagnostic {
    Diagnostic(
      "K7108", "the rejected rows cannot be written to '\(path)': \(systemReason())",
      help: "name another place with --rejects")
  }
}
