import KithBase

/// Why a cell is not a value of its field: one phrase for the rejects file.
struct CellFault: Error {
  var english: String
  var chinese: String

  init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  func reason(_ tongue: Tongue) -> String { tongue == .chinese ? chinese : english }
}

/// The cell without blanks at its ends: ASCII white space, no-break and ideographic spaces.
func trimmed(_ cell: CellBytes) -> CellBytes {
  var lower = 0
  var upper = cell.count
  while lower < upper {
    let byte = cell[lower]
    if byte <= 0x20, byte != 0 {
      lower += 1
    } else if let length = wideBlankLength(cell, lower, upper) {
      lower += length
    } else {
      break
    }
  }
  while upper > lower {
    let byte = cell[upper - 1]
    if byte <= 0x20, byte != 0 {
      upper -= 1
    } else if byte == 0xA0, upper - lower >= 2, cell[upper - 2] == 0xC2 {
      upper -= 2
    } else if upper - lower >= 3, byte >= 0x80,
      wideBlankLength(cell, upper - 3, upper) == 3
    {
      upper -= 3
    } else {
      break
    }
  }
  return CellBytes(rebasing: cell[lower..<upper])
}

/// The bytes of a no-break space, ideographic space or stray byte order mark at a place.
private func wideBlankLength(_ cell: CellBytes, _ at: Int, _ upper: Int) -> Int? {
  if cell[at] == 0xC2, at + 1 < upper, cell[at + 1] == 0xA0 { return 2 }
  guard at + 2 < upper else { return nil }
  if cell[at] == 0xE3, cell[at + 1] == 0x80, cell[at + 2] == 0x80 { return 3 }
  if cell[at] == 0xEF, cell[at + 1] == 0xBB, cell[at + 2] == 0xBF { return 3 }
  return nil
}

func isASCII(_ cell: CellBytes) -> Bool {
  for byte in cell where byte >= 0x80 { return false }
  return true
}

/// A cell for messages: at most 40 characters, control characters shown as `·`.
func shown(_ cell: CellBytes) -> String {
  let text = String(decoding: cell.prefix(400), as: UTF8.self)
  var result = ""
  for character in text.prefix(40) {
    let control = character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    result.append(control ? "·" : character)
  }
  return text.count > 40 || cell.count > 400 ? result + "…" : result
}

/// Full-width letters, digits and signs as their ASCII twins, other blanks as a space, other minus
/// signs as `-`; all else as it is.
func foldedWidth(_ cell: CellBytes) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(cell.count)
  for scalar in String(decoding: cell, as: UTF8.self).unicodeScalars {
    switch scalar.value {
    case 0xFF01...0xFF5E: result.append(UInt8(scalar.value - 0xFEE0))
    case 0x3000, 0xA0, 0x2009, 0x202F: result.append(0x20)
    case 0x2212, 0x2013: result.append(0x2D)
    default: result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }
  return result
}

/// A word for comparing: width folded, lower case, without blanks, `_`, `-`, `/`, `.` and brackets.
///
/// `Close Date`, `close_date` and `ＣｌｏｓｅDate` become one word.
func foldedWord(_ text: String) -> String {
  var result = ""
  for scalar in text.lowercased().unicodeScalars {
    var value = scalar.value
    if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
    switch value {
    case 0x00...0x20, 0x3000, 0xA0, 0xFEFF: continue
    // _ - / . ( ) [ ] : # and their Chinese brackets
    case 0x5F, 0x2D, 0x2F, 0x2E, 0x28, 0x29, 0x5B, 0x5D, 0x3A, 0x23, 0x3010, 0x3011: continue
    default: if let folded = Unicode.Scalar(value) { result.unicodeScalars.append(folded) }
    }
  }
  return result.lowercased()
}

/// A place in a cell's bytes that moves forward.
struct CellScanner {
  let bytes: CellBytes
  var index = 0

  init(_ bytes: CellBytes) { self.bytes = bytes }

  var atEnd: Bool { index >= bytes.count }
  var byte: UInt8 { index < bytes.count ? bytes[index] : 0 }

  mutating func skipBlanks() {
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
  }

  mutating func take(_ wanted: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == wanted else { return false }
    index += 1
    return true
  }

  /// Takes a word, ASCII letters in either case.
  mutating func take(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard index + length <= bytes.count else { return false }
    for offset in 0..<length {
      var byte = bytes[index + offset]
      if byte >= 0x41, byte <= 0x5A { byte += 0x20 }
      if byte != word.utf8Start[offset] { return false }
    }
    index += length
    return true
  }

  /// A run of decimal digits: its value (saturated at 18 digits) and its length.
  mutating func digits() -> (value: Int, count: Int) {
    var value = 0
    var count = 0
    while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
      if count < 18 { value = value * 10 + Int(bytes[index] - 0x30) }
      count += 1
      index += 1
    }
    return (value, count)
  }

  /// A run of ASCII letters in lower case; at most 12 are kept.
  mutating func letters() -> String {
    var result = ""
    while index < bytes.count {
      let byte = bytes[index] | 0x20
      guard byte >= 0x61, byte <= 0x7A else { break }
      if result.utf8.count < 12 { result.unicodeScalars.append(Unicode.Scalar(byte)) }
      index += 1
    }
    return result
  }
}
