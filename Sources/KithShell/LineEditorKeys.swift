import Glibc

/// Keys that terminals send as escape sequences, as single codes.
///
/// The codes are C1 controls, which nobody can type: libedit binds them like any other key, so that
/// a lone Escape means itself at once (vi) and unknown sequences leave no letters in the line.
enum LineKey {
  static let up: Int32 = 0x80
  static let down: Int32 = 0x81
  static let left: Int32 = 0x82
  static let right: Int32 = 0x83
  static let home: Int32 = 0x84
  static let end: Int32 = 0x85
  static let delete: Int32 = 0x86
  static let wordLeft: Int32 = 0x87
  static let wordRight: Int32 = 0x88
  static let paste: Int32 = 0x89
  static let newLine: Int32 = 0x8A
  static let backTab: Int32 = 0x8B
  static let pageUp: Int32 = 0x8C
  static let pageDown: Int32 = 0x8D

  static let all: ClosedRange<Int32> = 0x80...0x8D

  static let escape: Int32 = 0x1B
  static let tab: Int32 = 0x09
  static let enter: Int32 = 0x0D
  static let lineFeed: Int32 = 0x0A
  static let backspace: Int32 = 0x7F

  /// Ctrl and a letter.
  static func control(_ letter: Character) -> Int32 {
    Int32(letter.asciiValue ?? 0) & 0x1F
  }

  /// The key of a control sequence `ESC [ parameters final`; nil where it means nothing here.
  static func of(parameters: String, final: UInt8) -> Int32? {
    let hasModifier = parameters.contains(";")
    switch final {
    case UInt8(ascii: "A"): return up
    case UInt8(ascii: "B"): return down
    case UInt8(ascii: "C"): return hasModifier ? wordRight : right
    case UInt8(ascii: "D"): return hasModifier ? wordLeft : left
    case UInt8(ascii: "H"): return home
    case UInt8(ascii: "F"): return end
    case UInt8(ascii: "Z"): return backTab
    case UInt8(ascii: "~"):
      switch parameters.prefix(while: { $0 != ";" }) {
      case "1", "7": return home
      case "4", "8": return end
      case "3": return delete
      case "5": return pageUp
      case "6": return pageDown
      case "200": return paste
      default: return nil
      }
    default: return nil
    }
  }
}

#if canImport(CEdit)
  import CEdit

  /// Keys read from the terminal: UTF-8 decoded, escape sequences made one key, pastes taken whole.
  struct KeyInput {
    enum Event: Equatable {
      case key(Int32)
      case endOfInput
      case interrupted
      case resized
      case continued
      case terminated
      case woken
      case timeout
    }

    /// What the last `LineKey.paste` brought: line ends are line feeds, other controls are gone.
    private(set) var pasted = ""
    var wakeDescriptor: Int32 = -1
    private var bytes: [UInt8] = []
    private var position = 0
    /// An event that came in the middle of a sequence.
    private var postponed: Event?

    /// How long the rest of an escape sequence may take; a person's Escape is followed by nothing.
    private static let sequenceMilliseconds: Int32 = 30
    /// More than this is no paste but somebody sending without end.
    private static let pasteBytes = 64 * 1_048_576

    /// Whether a key can be had without waiting.
    var hasPending: Bool {
      if position < bytes.count || postponed != nil { return true }
      return cedit_wait(0, -1, 0) == Int32(CEDIT_READABLE.rawValue)
    }

    /// The next key or event; `timeout` in milliseconds, -1 for none.
    mutating func next(timeout: Int32) -> Event {
      while true {
        if let event = postponed {
          postponed = nil
          return event
        }
        if let event = fill(timeout: timeout) { return event }
        let byte = take()
        switch byte {
        case 0x1B:
          if let key = sequence() { return .key(key) }
        case 0..<0x80: return .key(Int32(byte))
        default: return .key(scalar(byte))
        }
      }
    }

    /// Makes sure of one byte; what prevented it otherwise.
    private mutating func fill(timeout: Int32) -> Event? {
      if position < bytes.count { return nil }
      switch cedit_event(rawValue: cedit_wait(0, wakeDescriptor, timeout)) {
      case CEDIT_READABLE: break
      case CEDIT_TIMEOUT: return .timeout
      case CEDIT_INTERRUPTED: return .interrupted
      case CEDIT_RESIZED: return .resized
      case CEDIT_CONTINUED: return .continued
      case CEDIT_TERMINATED: return .terminated
      case CEDIT_WOKEN: return .woken
      default: return .endOfInput
      }
      position = 0
      bytes = [UInt8](repeating: 0, count: 4_096)
      let count = read(0, &bytes, bytes.count)
      bytes.removeLast(bytes.count - max(0, count))
      if count > 0 { return nil }
      return count < 0 && (errno == EINTR || errno == EAGAIN) ? .woken : .endOfInput
    }

    private mutating func take() -> UInt8 {
      defer { position += 1 }
      return bytes[position]
    }

    /// The next byte of a sequence that has begun; nil if none follows soon.
    private mutating func follow() -> UInt8? {
      if let event = fill(timeout: Self.sequenceMilliseconds) {
        if event != .timeout { postponed = event }
        return nil
      }
      return take()
    }

    /// The scalar that begins with a byte; U+FFFD for anything malformed, C1 controls included.
    private mutating func scalar(_ first: UInt8) -> Int32 {
      let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 0
      var sequence = [first]
      while sequence.count < length {
        guard let byte = follow() else { break }
        if byte & 0xC0 != 0x80 {
          position -= 1
          break
        }
        sequence.append(byte)
      }
      let text = String(decoding: sequence, as: UTF8.self).unicodeScalars
      guard text.count == 1, let value = text.first?.value, value > 0x9F else { return 0xFFFD }
      return Int32(bitPattern: value)
    }

    /// What follows Escape: a key, or nil where an unknown sequence was swallowed.
    private mutating func sequence() -> Int32? {
      guard let byte = follow() else { return LineKey.escape }
      switch byte {
      case UInt8(ascii: "["): return controlSequence()
      case UInt8(ascii: "O"):
        guard let final = follow() else { return LineKey.escape }
        return LineKey.of(parameters: "", final: final)
      case 0x0D, 0x0A: return LineKey.newLine
      default:
        position -= 1
        return LineKey.escape
      }
    }

    private mutating func controlSequence() -> Int32? {
      var parameters = ""
      while let byte = follow() {
        if (0x40...0x7E).contains(byte) {
          let key = LineKey.of(parameters: parameters, final: byte)
          return key == LineKey.paste ? paste() : key
        }
        if byte < 0x20 || byte > 0x7E || parameters.utf8.count > 32 { return nil }
        parameters.unicodeScalars.append(Unicode.Scalar(byte))
      }
      return nil
    }

    /// Everything up to `ESC [ 201 ~`, or to the end of what comes; nil if Ctrl-C ended it.
    private mutating func paste() -> Int32? {
      let end = Array("\u{1b}[201~".utf8)
      var text: [UInt8] = []
      while text.count < Self.pasteBytes {
        if let event = fill(timeout: -1) {
          if event == .resized || event == .continued || event == .woken { continue }
          postponed = event
          return nil
        }
        text.append(take())
        if text.last == end.last, text.suffix(end.count).elementsEqual(end) {
          text.removeLast(end.count)
          break
        }
      }
      pasted = Self.cleaned(text)
      return LineKey.paste
    }

    static func cleaned(_ bytes: [UInt8]) -> String {
      var result = String.UnicodeScalarView()
      var isAfterReturn = false
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        switch scalar.value {
        case 0x0D: result.append("\n")
        case 0x0A: if !isAfterReturn { result.append("\n") }
        case 0x09: result.append(scalar)
        case 0..<0x20, 0x7F...0x9F: break
        default: result.append(scalar)
        }
        isAfterReturn = scalar.value == 0x0D
      }
      return String(result)
    }
  }
#endif
