import Glibc
package import KithBase

/// Lines from a file or a pipe, read in large pieces.
///
/// Lines are joined until the text is complete. Bytes that are not UTF-8 become U+FFFD.
package final class LineReader {
  private let options: LineEditorOptions
  private let showsPrompt: Bool
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  private static let pieceBytes = 65_536

  /// - Parameter descriptor: where the lines come from; it stays open.
  package init(_ options: LineEditorOptions, showsPrompt: Bool, descriptor: Int32 = 0) {
    self.options = options
    self.showsPrompt = showsPrompt
    self.descriptor = descriptor
  }

  /// The next statement. Throws K7 if the input cannot be read.
  package func readLine() throws(Diagnostic) -> LineResult {
    var text = ""
    var isFirst = true
    while true {
      if showsPrompt { prompt(isFirst ? nil : text) }
      guard let line = try nextLine() else {
        return isFirst ? .endOfInput : .line(text)
      }
      text += isFirst ? line : "\n" + line
      isFirst = false
      if options.isComplete(text) { return .line(text) }
    }
  }

  private func prompt(_ text: String?) {
    let shown = text.map(options.continuationPrompt) ?? options.prompt().map(\.text).joined()
    TerminalOutput.write(DisplayWidth.sanitized(shown))
  }

  /// Nil at the end.
  private func nextLine() throws(Diagnostic) -> String? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        let line = text(position..<end)
        position = end + 1
        return line
      }
      searched = buffer.count
      if isAtEnd {
        guard position < buffer.count else { return nil }
        let line = text(position..<buffer.count)
        position = buffer.count
        return line
      }
      try fill()
      searched -= dropRead()
    }
  }

  private func text(_ range: Range<Int>) -> String {
    let isDOS = !range.isEmpty && buffer[range.upperBound - 1] == 0x0D
    let end = isDOS ? range.upperBound - 1 : range.upperBound
    return String(decoding: buffer[range.lowerBound..<end], as: UTF8.self)
  }

  /// Forgets what was read, once that is worth moving the rest.
  private func dropRead() -> Int {
    guard position >= Self.pieceBytes else { return 0 }
    let dropped = position
    buffer.removeSubrange(..<dropped)
    position = 0
    return dropped
  }

  private func fill() throws(Diagnostic) {
    var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count > 0 {
        buffer.append(contentsOf: piece[..<count])
        return
      }
      if count == 0 {
        isAtEnd = true
        return
      }
      if errno != EINTR {
        throw Diagnostic(
          "K7002", "standard input cannot be read: \(String(cString: strerror(errno)))")
      }
    }
  }
}

/// Standard output, whole.
enum TerminalOutput {
  /// Writes everything; gives up silently if the terminal is gone.
  static func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(1, rest.baseAddress, rest.count)
        if count > 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if errno != EINTR && errno != EAGAIN {
          return
        }
      }
    }
  }
}
