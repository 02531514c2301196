/// One decoded character of the text and the bytes it takes.
struct Decoded {
  var scalar: UInt32
  var width: Int
}

/// What stands for a byte that is no UTF-8, or for the end of the text.
let invalidScalar: UInt32 = 0xFFFF_FFFF
let endScalar: UInt32 = 0xFFFF_FFFE

enum Characters {
  /// The character at `offset`; a byte that begins no valid sequence gives `invalidScalar`, width 1.
  static func decode(_ bytes: [UInt8], at offset: Int, end: Int) -> Decoded {
    guard offset < end else { return Decoded(scalar: endScalar, width: 0) }
    let first = bytes[offset]
    if first < 0x80 { return Decoded(scalar: UInt32(first), width: 1) }
    let width: Int
    var value: UInt32
    var least: UInt32
    switch first {
    case 0xC2...0xDF: (width, value, least) = (2, UInt32(first & 0x1F), 0x80)
    case 0xE0...0xEF: (width, value, least) = (3, UInt32(first & 0x0F), 0x800)
    case 0xF0...0xF4: (width, value, least) = (4, UInt32(first & 0x07), 0x10000)
    default: return Decoded(scalar: invalidScalar, width: 1)
    }
    guard offset + width <= end else { return Decoded(scalar: invalidScalar, width: 1) }
    for index in 1..<width {
      let byte = bytes[offset + index]
      guard byte & 0xC0 == 0x80 else { return Decoded(scalar: invalidScalar, width: 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard value >= least, value <= 0x10FFFF, !(0xD800...0xDFFF).contains(value) else {
      return Decoded(scalar: invalidScalar, width: 1)
    }
    return Decoded(scalar: value, width: width)
  }

  /// The ASCII twin of a full-width sign; other characters stay as they are.
  static func fold(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return scalar }
    switch scalar {
    case 0xFF01...0xFF5E: return scalar - 0xFEE0
    case 0x3000: return 0x20
    case 0x3001: return 0x2C  // 、
    case 0x3002: return 0x2E  // 。
    case 0x3010: return 0x5B  // 【
    case 0x3011: return 0x5D  // 】
    case 0x00D7: return 0x2A  // ×
    case 0x00F7: return 0x2F  // ÷
    case 0x2212: return 0x2D  // −
    case 0xFFE5: return 0x00A5  // ￥
    default: return scalar
    }
  }

  static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

  /// Spaces of any kind except line ends; the invisible ones come along when text is pasted.
  static func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x09, 0x0B, 0x0C, 0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029,
      0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF:
      true
    default: false
    }
  }

  /// A letter of any script or `_`: what may begin a name.
  static func isLetter(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 {
      return (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar) || scalar == 0x5F
    }
    if (0x4E00...0x9FFF).contains(scalar) { return true }
    guard let value = Unicode.Scalar(scalar) else { return false }
    switch value.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber:
      return true
    default: return false
    }
  }

  /// What may stand inside a name.
  static func isWord(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return isLetter(scalar) || isDigit(scalar) }
    if isLetter(scalar) { return true }
    guard let value = Unicode.Scalar(scalar) else { return false }
    switch value.properties.generalCategory {
    case .decimalNumber, .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }

  /// A name the way words are looked up: ASCII letters small, the rest as it is.
  static func lowercased(_ word: String) -> String {
    var result = ""
    result.unicodeScalars.reserveCapacity(word.unicodeScalars.count)
    for scalar in word.unicodeScalars {
      let isUpper = scalar.value >= 0x41 && scalar.value <= 0x5A
      result.unicodeScalars.append(
        isUpper ? Unicode.Scalar(UInt8(scalar.value + 0x20)) : scalar)
    }
    return result
  }

  /// Whether a name can stand without back-quotes.
  static func isBareName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, isLetter(first.value) else { return false }
    return name.unicodeScalars.allSatisfy { isWord($0.value) && fold($0.value) == $0.value }
  }
}

/// The five kinds of quotes. Curly quotes close each other either way round.
enum Quote: Int, CaseIterable {
  case double, single, curlyDouble, curlySingle, corner

  /// The kind that a character opens; `wide` are the full-width twins of ASCII quotes.
  static func opened(by scalar: UInt32) -> Quote? {
    switch scalar {
    case 0x22, 0xFF02: .double
    case 0x27, 0xFF07: .single
    case 0x201C, 0x201D: .curlyDouble
    case 0x2018, 0x2019: .curlySingle
    case 0x300C: .corner
    default: nil
    }
  }

  /// Whether `scalar` ends a text that `opener` began.
  func closes(_ scalar: UInt32, opener: UInt32) -> Bool {
    switch self {
    case .double: scalar == 0x22 || (opener == 0xFF02 && scalar == 0xFF02)
    case .single: scalar == 0x27 || (opener == 0xFF07 && scalar == 0xFF07)
    case .curlyDouble: scalar == 0x201C || scalar == 0x201D
    case .curlySingle: scalar == 0x2018 || scalar == 0x2019
    case .corner: scalar == 0x300D
    }
  }

  /// How the formatter writes this kind.
  var marks: (open: String, close: String) {
    switch self {
    case .double: ("\"", "\"")
    case .single: ("'", "'")
    case .curlyDouble: ("“", "”")
    case .curlySingle: ("‘", "’")
    case .corner: ("「", "」")
    }
  }

  /// Characters that must be escaped inside this kind.
  var closers: [Unicode.Scalar] {
    switch self {
    case .double: ["\""]
    case .single: ["'"]
    case .curlyDouble: ["“", "”"]
    case .curlySingle: ["‘", "’"]
    case .corner: ["」"]
    }
  }

  /// Every character that any kind uses: all may follow a backslash.
  static func isMark(_ scalar: UInt32) -> Bool {
    opened(by: scalar) != nil || scalar == 0x300D
  }
}
