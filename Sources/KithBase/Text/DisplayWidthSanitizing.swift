extension DisplayWidth {
  /// The text with every character that would steer a terminal replaced by one that shows it.
  ///
  /// C0 controls become their pictures (`␛`, `␀`), a line feed `↵`, a tab `→`, DEL `␡`. C1
  /// controls, line separators and the characters that turn the direction of writing become
  /// `\u{202e}`. Joiners stay, since emoji and some scripts need them. Apply it to every cell and
  /// message before measuring.
  package static func sanitized(_ text: String) -> String {
    if !text.utf8.contains(where: mayBeUnsafe) { return text }
    if !text.unicodeScalars.contains(where: isUnsafe) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isUnsafe(scalar) {
        result += replacement(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether an unsafe character can have this byte of UTF-8 in front: controls, and the first
  /// bytes of U+0080, U+061C, U+200E and their neighbours. Chinese and most other text has none.
  package static func mayBeUnsafe(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xD8 || byte == 0xE2
  }

  /// Whether a terminal would obey the character, or turn what stands around it.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F: true
    case 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// What is drawn for an unsafe character; the character itself for any other.
  package static func replacement(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x09: return "→"
    case 0x0A: return "↵"
    case 0..<0x20: return picture(0x2400 + scalar.value)
    case 0x7F: return "␡"
    default:
      guard isUnsafe(scalar) else { return String(scalar) }
      return "\\u{" + String(scalar.value, radix: 16) + "}"
    }
  }

  private static func picture(_ value: UInt32) -> String {
    Unicode.Scalar(value).map { String($0) } ?? "␦"
  }
}
