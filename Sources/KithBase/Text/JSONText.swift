/// JSON string literals, written as bytes.
package enum JSONText {
  /// Appends `"…"`. Control characters, DEL, C1 controls and the characters that turn the
  /// direction of writing are escaped, so that a terminal may be shown the result; bytes that are
  /// not UTF-8 become U+FFFD.
  package static func append(_ text: String, to output: inout [UInt8]) {
    output.append(0x22)
    var copy = text
    let plain = copy.withUTF8 { bytes in
      let plain = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
      if plain { output.append(contentsOf: bytes) }
      return plain
    }
    if !plain {
      for scalar in text.unicodeScalars { append(scalar, to: &output) }
    }
    output.append(0x22)
  }

  private static func append(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    switch scalar.value {
    case 0x22: output.append(contentsOf: [0x5C, 0x22])
    case 0x5C: output.append(contentsOf: [0x5C, 0x5C])
    case 0x0A: output.append(contentsOf: [0x5C, 0x6E])
    case 0x0D: output.append(contentsOf: [0x5C, 0x72])
    case 0x09: output.append(contentsOf: [0x5C, 0x74])
    default:
      guard DisplayWidth.isUnsafe(scalar) else {
        output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        return
      }
      let digits = String(scalar.value, radix: 16)
      output.append(contentsOf: [0x5C, 0x75])
      output.append(contentsOf: repeatElement(0x30, count: 4 - digits.utf8.count))
      output.append(contentsOf: digits.utf8)
    }
  }

  /// `"…"` as a string.
  package static func literal(_ text: String) -> String {
    var output: [UInt8] = []
    append(text, to: &output)
    return String(decoding: output, as: UTF8.self)
  }
}
