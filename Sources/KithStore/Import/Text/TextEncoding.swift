import KithBase

/// How the bytes of a file stand for characters.
package enum TextEncoding: Sendable, Equatable {
  case utf8
  case utf16Little
  case utf16Big
  /// GB18030, which holds GBK and GB2312.
  case gb18030
  /// Any other name the system's converter knows, such as `BIG5`.
  case named(String)

  /// An encoding by a user's word (`utf-8`, `GBK`, `big5`); any unknown word is left to the system.
  package init(_ word: String) {
    switch word.lowercased().filter({ $0 != "-" && $0 != "_" }) {
    case "utf8": self = .utf8
    case "utf16le": self = .utf16Little
    case "utf16be": self = .utf16Big
    case "gb18030", "gbk", "gb2312", "cp936", "euccn": self = .gb18030
    default: self = .named(word)
    }
  }

  /// The name the system's converter knows it by.
  var converterName: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16Little: "UTF-16LE"
    case .utf16Big: "UTF-16BE"
    case .gb18030: "GB18030"
    case .named(let name): name
    }
  }
}

/// The encoding of a file and the length of its byte order mark.
struct DetectedEncoding: Equatable {
  var encoding: TextEncoding
  var markLength: Int
}

extension DetectedEncoding {
  /// Reads a file once and says how it is encoded.
  ///
  /// A byte order mark decides; else text that is UTF-8 throughout is UTF-8. Text that is not is
  /// GB18030 if its bytes decode as that and it does not look like UTF-8 with a few damaged bytes.
  /// A `wanted` encoding is believed; only its byte order mark is looked for.
  ///
  /// Errors: K7101 unreadable, K7102 neither encoding, with the byte and line of the first fault.
  static func detect(path: String, wanted: TextEncoding?) throws(Diagnostic) -> DetectedEncoding {
    var survey = try UTF8Survey(path: path)
    if survey.isEmpty { return DetectedEncoding(encoding: wanted ?? .utf8, markLength: 0) }
    let mark = survey.mark
    if let wanted {
      if let mark, mark.encoding == wanted { return mark }
      if wanted == .utf8, let fault = survey.fault() {
        throw fault.diagnostic(path, expected: "is not UTF-8")
      }
      return DetectedEncoding(encoding: wanted, markLength: 0)
    }
    if let mark, mark.encoding != .utf8 { return mark }
    if mark == nil, let parity = survey.zeroParity {
      return DetectedEncoding(encoding: parity == 1 ? .utf16Little : .utf16Big, markLength: 0)
    }
    guard let fault = survey.fault() else {
      return mark ?? DetectedEncoding(encoding: .utf8, markLength: 0)
    }
    if mark == nil, !fault.looksLikeDamage {
      let candidate = DetectedEncoding(encoding: .gb18030, markLength: 0)
      if try decodes(path, candidate) { return candidate }
    }
    throw fault.diagnostic(path, expected: "is neither UTF-8 nor GB18030")
  }

  private static func decodes(
    _ path: String, _ candidate: DetectedEncoding
  ) throws(Diagnostic) -> Bool {
    let source = try TextSource(path: path, encoding: candidate)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    do {
      while try source.read(into: buffer) > 0 {}
      return true
    } catch {
      if error.code == "K7102" { return false }
      throw error
    }
  }
}

/// Where a file stops being UTF-8.
struct UTF8Fault {
  var byte: UInt8
  var offset: Int
  var line: Int
  /// Characters of two bytes or more that are sound, and bytes that are not.
  var soundCount: Int
  var faultCount: Int

  /// GBK text read as UTF-8 fails at almost every character; a damaged file fails seldom.
  var looksLikeDamage: Bool { soundCount > 2 * faultCount }

  func diagnostic(_ path: String, expected: String) -> Diagnostic {
    let digits = String(byte, radix: 16, uppercase: true)
    let shown = digits.count < 2 ? "0" + digits : digits
    return Diagnostic(
      "K7102",
      "'\(path)' \(expected): "
        + "byte 0x\(shown) at offset \(offset), line \(line), does not belong",
      help: "name the file's encoding with --encoding")
  }
}

/// One pass over the raw bytes: byte order mark, zero bytes, validity as UTF-8.
private struct UTF8Survey {
  private let path: String
  private let source: ByteSource
  private let buffer: UnsafeMutableRawBufferPointerBox
  private var length: Int
  let mark: DetectedEncoding?
  /// 1 where zeros stand at odd offsets (little-endian UTF-16), 0 at even ones, nil where neither.
  let zeroParity: Int?
  var isEmpty: Bool { length == 0 }

  init(path: String) throws(Diagnostic) {
    self.path = path
    source = try ByteSource(path: path)
    buffer = UnsafeMutableRawBufferPointerBox(count: 1 << 18)
    length = try source.read(into: buffer.bytes)
    let head = UnsafeRawBufferPointer(rebasing: buffer.bytes[..<length])
    mark = UTF8Survey.mark(head)
    zeroParity = UTF8Survey.zeroParity(head)
  }

  private static func mark(_ head: UnsafeRawBufferPointer) -> DetectedEncoding? {
    if head.starts(with: [0xEF, 0xBB, 0xBF]) {
      return DetectedEncoding(encoding: .utf8, markLength: 3)
    }
    if head.starts(with: [0xFF, 0xFE]) {
      return DetectedEncoding(encoding: .utf16Little, markLength: 2)
    }
    if head.starts(with: [0xFE, 0xFF]) {
      return DetectedEncoding(encoding: .utf16Big, markLength: 2)
    }
    return nil
  }

  /// ASCII in UTF-16 has a zero in every second byte; a fifth of them is proof enough.
  private static func zeroParity(_ head: UnsafeRawBufferPointer) -> Int? {
    var zeros = (even: 0, odd: 0)
    let checked = min(head.count, 4_096)
    for offset in 0..<checked where head[offset] == 0 {
      if offset & 1 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let least = max(1, checked / 10)
    if zeros.odd >= least, zeros.even * 10 < zeros.odd { return 1 }
    if zeros.even >= least, zeros.odd * 10 < zeros.even { return 0 }
    return nil
  }

  /// Reads on to the end; nil where every byte belongs to UTF-8.
  mutating func fault() -> UTF8Fault? {
    var check = UTF8Check()
    while length > 0 {
      check.feed(UnsafeRawBufferPointer(rebasing: buffer.bytes[..<length]))
      // An unreadable rest is reported by the reader that imports, with its reason.
      length = (try? source.read(into: buffer.bytes)) ?? 0
    }
    return check.finish()
  }
}

/// Owns a buffer for as long as a struct needs it.
private final class UnsafeMutableRawBufferPointerBox {
  let bytes: UnsafeMutableRawBufferPointer
  init(count: Int) { bytes = .allocate(byteCount: count, alignment: 16) }
  deinit { bytes.deallocate() }
}

/// Validates UTF-8 fed in pieces; characters may be split between pieces.
struct UTF8Check {
  private var needed = 0
  /// Bounds of the next continuation byte (overlong forms, surrogates and U+110000 are excluded).
  private var lower: UInt8 = 0x80
  private var upper: UInt8 = 0xBF
  private var offset = 0
  private var lineEnds = 0
  private var sound = 0
  private var faults = 0
  private var first: (byte: UInt8, offset: Int, line: Int)?

  mutating func feed(_ bytes: UnsafeRawBufferPointer) {
    var index = 0
    let count = bytes.count
    while index < count {
      // The fast road: eight ASCII bytes at a time while no character is open.
      if needed == 0 {
        while index + 8 <= count {
          let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          if word & 0x8080_8080_8080_8080 != 0 { break }
          if first == nil { lineEnds += Self.lineFeeds(in: word) }
          index += 8
        }
        if index >= count { break }
      }
      take(bytes[index], at: offset + index)
      index += 1
    }
    offset += count
  }

  mutating func finish() -> UTF8Fault? {
    if needed > 0 { note(0, at: offset) }
    guard let first else { return nil }
    return UTF8Fault(
      byte: first.byte, offset: first.offset, line: first.line, soundCount: sound,
      faultCount: faults)
  }

  private static func lineFeeds(in word: UInt64) -> Int {
    // The classic test for a byte equal to 0x0A, counted; bytes are below 0x80 here.
    let different = word ^ 0x0A0A_0A0A_0A0A_0A0A
    let carry = different &+ 0x7F7F_7F7F_7F7F_7F7F
    return (~carry & 0x8080_8080_8080_8080).nonzeroBitCount
  }

  private mutating func note(_ byte: UInt8, at place: Int) {
    faults += 1
    if first == nil { first = (byte, place, lineEnds + 1) }
  }

  private mutating func take(_ byte: UInt8, at place: Int) {
    if needed > 0 {
      if byte >= lower, byte <= upper {
        needed -= 1
        (lower, upper) = (0x80, 0xBF)
        if needed == 0 { sound += 1 }
        return
      }
      needed = 0
      (lower, upper) = (0x80, 0xBF)
      note(byte, at: place)
      if byte >= 0x80 { return }
    }
    switch byte {
    case 0x00...0x7F: if byte == 0x0A, first == nil { lineEnds += 1 }
    case 0xC2...0xDF: needed = 1
    case 0xE0: (needed, lower) = (2, 0xA0)
    case 0xED: (needed, upper) = (2, 0x9F)
    case 0xE1...0xEF: needed = 2
    case 0xF0: (needed, lower) = (3, 0x90)
    case 0xF4: (needed, upper) = (3, 0x8F)
    case 0xF1...0xF3: needed = 3
    default: note(byte, at: place)
    }
  }
}
