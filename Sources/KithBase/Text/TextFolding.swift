@_spi(_Unicode) import Swift

/// The forms in which texts are compared.
///
/// - *canonical*: full-width ASCII as ASCII, then NFC. What `=` sees.
/// - *search*: canonical, without case, traditional characters as simplified. What `~` sees.
package enum TextFolding {
  /// Whether a text is its own canonical form at a glance: ASCII and the ideographs U+3400–U+9FFF
  /// only. Other texts may be canonical too; they take the long way.
  package static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
      } else if byte >= 0xE4 && byte <= 0xE9 {
        index += 3
      } else if byte == 0xE3, index + 1 < bytes.count, bytes[index + 1] >= 0x90 {
        index += 3
      } else {
        return false
      }
    }
    return true
  }

  /// Full-width ASCII as ASCII, then NFC.
  package static func canonical(_ text: String) -> String {
    var text = text
    if text.utf8.withContiguousStorageIfAvailable({ isPlain($0) }) == true { return text }
    if text.unicodeScalars.contains(where: { wide(of: $0) != nil }) {
      var narrow = String.UnicodeScalarView()
      for scalar in text.unicodeScalars { narrow.append(wide(of: scalar) ?? scalar) }
      text = String(narrow)
    }
    var result = String.UnicodeScalarView()
    for scalar in text._nfc { result.append(scalar) }
    return String(result)
  }

  /// Canonical, in lower case, traditional characters as simplified.
  package static func search(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in canonical(text).unicodeScalars {
      if scalar.value < 0x80 {
        let value = UInt8(truncatingIfNeeded: scalar.value)
        result.append(Unicode.Scalar(value >= 0x41 && value <= 0x5A ? value | 0x20 : value))
      } else if scalar.value < 0x10000,
        let simplified = SimplifiedForms.map[UInt16(truncatingIfNeeded: scalar.value)],
        let folded = Unicode.Scalar(simplified)
      {
        result.append(folded)
      } else if scalar.value >= 0x3000 && scalar.value < 0xA000 {
        result.append(scalar)
      } else {
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return String(result)
  }

  /// The ASCII twin of a full-width scalar; nil for others.
  private static func wide(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
    case 0x3000: " "
    case 0xFFE5: "¥"
    default: nil
    }
  }
}
