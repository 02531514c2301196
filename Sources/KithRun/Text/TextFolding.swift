@_spi(_Unicode) import Swift

/// The forms in which texts are compared.
///
/// - *canonical*: full-width ASCII as ASCII, then NFC. What `=` sees.
/// - *search*: canonical, without case, traditional characters as simplified. What `~` sees.
package enum TextFolding {
  /// Whether a text is its own canonical form at a glance: ASCII and the ideographs U+3400–U+9FFF
  /// only. Other texts may be canonical too; they take the long way.
  static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
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

/// All values of a dictionary in their search form, one behind another.
struct FoldedTexts: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var offsets: [Int] = [0]

  init(bytes source: [UInt8], offsets places: [Int]) {
    bytes.reserveCapacity(source.count)
    offsets.reserveCapacity(places.count)
    let map = SimplifiedForms.map
    source.withUnsafeBufferPointer { source in
      for code in 0..<max(0, places.count - 1) {
        let value = UnsafeBufferPointer(rebasing: source[places[code]..<places[code + 1]])
        if TextFolding.isPlain(value) {
          appendPlain(value, map)
        } else {
          bytes.append(contentsOf: TextFolding.search(String(decoding: value, as: UTF8.self)).utf8)
        }
        offsets.append(bytes.count)
      }
    }
  }

  private mutating func appendPlain(
    _ value: UnsafeBufferPointer<UInt8>, _ map: [UInt16: UInt16]
  ) {
    var index = 0
    while index < value.count {
      let byte = value[index]
      if byte < 0x80 || index + 2 >= value.count {
        bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
        index += 1
        continue
      }
      let scalar =
        UInt16(byte & 0x0F) << 12 | UInt16(value[index + 1] & 0x3F) << 6
        | UInt16(value[index + 2] & 0x3F)
      if let folded = map[scalar] {
        bytes.append(0xE0 | UInt8(truncatingIfNeeded: folded >> 12))
        bytes.append(0x80 | UInt8(truncatingIfNeeded: folded >> 6) & 0x3F)
        bytes.append(0x80 | UInt8(truncatingIfNeeded: folded) & 0x3F)
      } else {
        bytes.append(byte)
        bytes.append(value[index + 1])
        bytes.append(value[index + 2])
      }
      index += 3
    }
  }
}
