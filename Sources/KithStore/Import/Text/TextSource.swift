import Glibc
import KithBase

/// The text of a file as UTF-8, converted on the way where it is not.
final class TextSource {
  private let source: ByteSource
  private let converter: Converter?
  private var markLeft: Int

  /// Errors: K7101 unreadable, K7102 an encoding the system does not know.
  init(path: String, encoding: DetectedEncoding) throws(Diagnostic) {
    source = try ByteSource(path: path)
    markLeft = encoding.markLength
    if encoding.encoding == .utf8 {
      converter = nil
    } else {
      converter = try Converter(encoding.encoding, path: path)
    }
  }

  var name: String { source.name }
  var size: Int { source.size }
  var position: Int { source.position }

  /// Fills a prefix of the buffer (at least 16 bytes) and returns its length; 0 only at the end.
  ///
  /// Errors: K7101 unreadable, K7102 bytes that do not belong to the encoding.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Int {
    while markLeft > 0 {
      let mark = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(markLeft, buffer.count)])
      let count = try source.read(into: mark)
      if count == 0 { return 0 }
      markLeft -= count
      converter?.skipped(count)
    }
    guard let converter else { return try source.read(into: buffer) }
    return try converter.read(from: source, into: buffer)
  }
}

/// The system's converter between encodings, fed by a file.
private final class Converter {
  private let handle: iconv_t
  private let encoding: TextEncoding
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private var start = 0
  private var end = 0
  private var atEnd = false
  /// Input bytes converted and line ends put out, for messages.
  private var offset = 0
  private var lineEnds = 0

  init(_ encoding: TextEncoding, path: String) throws(Diagnostic) {
    // A failure is the pointer of all ones.
    guard let handle = iconv_open("UTF-8", encoding.converterName),
      Int(bitPattern: handle) != -1
    else {
      input.deallocate()
      throw Diagnostic(
        "K7102",
        "'\(path)' cannot be read as \(encoding.converterName): "
          + "this system has no such encoding",
        help: "convert the file to UTF-8")
    }
    self.handle = handle
    self.encoding = encoding
  }

  deinit {
    iconv_close(handle)
    input.deallocate()
  }

  func skipped(_ count: Int) { offset += count }

  func read(
    from source: ByteSource, into buffer: UnsafeMutableRawBufferPointer
  ) throws(Diagnostic) -> Int {
    while true {
      if start == end, atEnd { return 0 }
      if !atEnd, end - start < 16 { try refill(from: source) }
      if start == end, atEnd { return 0 }
      let written = try convert(source.name, into: buffer)
      if written > 0 { return written }
    }
  }

  private func refill(from source: ByteSource) throws(Diagnostic) {
    let left = end - start
    if left > 0, start > 0, let base = input.baseAddress {
      memmove(base, base + start, left)
    }
    (start, end) = (0, left)
    let room = UnsafeMutableRawBufferPointer(rebasing: input[end...])
    let count = try source.read(into: room)
    if count == 0 { atEnd = true } else { end += count }
  }

  private func convert(
    _ name: String, into buffer: UnsafeMutableRawBufferPointer
  ) throws(Diagnostic) -> Int {
    guard let inputBase = input.baseAddress, let outputBase = buffer.baseAddress else { return 0 }
    var from: UnsafeMutablePointer<CChar>? =
      (inputBase + start).assumingMemoryBound(to: CChar.self)
    var to: UnsafeMutablePointer<CChar>? = outputBase.assumingMemoryBound(to: CChar.self)
    var fromLeft = end - start
    var toLeft = buffer.count
    let result = iconv(handle, &from, &fromLeft, &to, &toLeft)
    let failure = result == -1 ? errno : 0
    let consumed = end - start - fromLeft
    start += consumed
    offset += consumed
    let written = buffer.count - toLeft
    for index in 0..<written where buffer[index] == 0x0A { lineEnds += 1 }
    if failure == EILSEQ || (failure == EINVAL && atEnd) {
      // What was converted before the fault is dropped with the file, so the fault is told at once.
      let byte = String(input[start], radix: 16, uppercase: true)
      throw Diagnostic(
        "K7102",
        "'\(name)' is not \(encoding.converterName): byte 0x\(byte) at offset "
          + "\(offset), line \(lineEnds + 1), does not belong",
        help: "name the file's encoding with --encoding")
    }
    return written
  }
}
