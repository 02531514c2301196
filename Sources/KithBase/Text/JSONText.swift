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

  /// The texts of an object whose values are all texts (`{"city":"深圳"}`); nil for anything else.
  package static func texts(_ json: String) -> [String: String]? {
    var reader = JSONTextReader(rest: Array(json.utf8)[...])
    return reader.object()
  }

  /// Such an object, in the order given.
  package static func object(_ texts: [(key: String, value: String)]) -> String {
    var output: [UInt8] = [0x7B]
    for (place, text) in texts.enumerated() {
      if place > 0 { output.append(0x2C) }
      append(text.key, to: &output)
      output.append(0x3A)
      append(text.value, to: &output)
    }
    output.append(0x7D)
    return String(decoding: output, as: UTF8.self)
  }
}

private struct JSONTextReader {
  var rest: ArraySlice<UInt8>

  mutating func object() -> [String: String]? {
    guard take(0x7B) else { return nil }
    var found: [String: String] = [:]
    if take(0x7D) { return found }
    repeat {
      guard let key = text(), take(0x3A), let value = text() else { return nil }
      found[key] = value
    } while take(0x2C)
    return take(0x7D) ? found : nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    while let first = rest.first, [0x20, 0x09, 0x0A, 0x0D].contains(first) { rest.removeFirst() }
    guard rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func text() -> String? {
    guard take(0x22) else { return nil }
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == 0x22 { return String(decoding: bytes, as: UTF8.self) }
      guard byte == 0x5C else {
        bytes.append(byte)
        continue
      }
      guard let escaped = rest.popFirst() else { return nil }
      switch escaped {
      case 0x6E: bytes.append(0x0A)
      case 0x72: bytes.append(0x0D)
      case 0x74: bytes.append(0x09)
      case 0x75:
        guard rest.count >= 4,
          let code = UInt32(String(decoding: rest.prefix(4), as: UTF8.self), radix: 16)
        else { return nil }
        rest.removeFirst(4)
        bytes += Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
      default: bytes.append(escaped)
      }
    }
    return nil
  }
}
