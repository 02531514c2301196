import CZlib
import Glibc
import KithBase

/// The bytes of a file in order, unpacked where the file is gzip.
///
/// Owned by one reader; reading moves it forward. Closed when released.
final class ByteSource {
  /// The path as the user gave it.
  let name: String
  /// Bytes on disk, packed where the file is packed; for progress only.
  let size: Int
  private let handle: gzFile

  /// Errors: K7101 where the path cannot be opened or is not a file.
  init(path: String) throws(Diagnostic) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Diagnostic("K7101", "'\(path)' cannot be read: \(systemReason())")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic("K7101", "'\(path)' cannot be read: an import reads regular files")
    }
    guard let handle = gzopen(path, "rb") else {
      throw Diagnostic("K7101", "'\(path)' cannot be read: \(systemReason())")
    }
    // A quarter megabyte keeps the calls into zlib rare; 8 KiB is zlib's own choice.
    gzbuffer(handle, 1 << 18)
    self.name = path
    self.size = Int(status.st_size)
    self.handle = handle
  }

  deinit { gzclose(handle) }

  /// Bytes consumed on disk, at most `size`.
  var position: Int { min(size, max(0, Int(gzoffset(handle)))) }

  /// Fills a prefix of the buffer and returns its length; 0 only at the end.
  ///
  /// Errors: K7101 where the disk fails or a packed file is damaged or cut short.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Diagnostic) -> Int {
    guard let base = buffer.baseAddress, !buffer.isEmpty else { return 0 }
    let count = gzread(handle, base, UInt32(clamping: min(buffer.count, 1 << 30)))
    if count > 0 { return Int(count) }
    var code: Int32 = 0
    let text = gzerror(handle, &code)
    if count == 0, code == Z_OK || code == Z_STREAM_END { return 0 }
    let reason: String
    switch code {
    case Z_BUF_ERROR: reason = "the packed data ends too early"
    case Z_ERRNO: reason = systemReason()
    default: reason = text.map { String(cString: $0) } ?? "the packed data is damaged"
    }
    throw Diagnostic("K7101", "'\(name)' cannot be read to its end: \(reason)")
  }
}

/// What the system says about the last call that failed.
func systemReason() -> String {
  guard let text = strerror(errno) else { return "system error \(errno)" }
  return String(cString: text)
}
