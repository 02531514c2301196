/// The different texts of a column, each known by a code; code 0 is the empty value.
///
/// Enumerated columns use one too: their dictionary begins with the enumeration's codes in order, so
/// that code `i` is the enumeration's i-th value.
package final class TextDictionary: Sendable {
  /// UTF-8 of all values, one after another.
  package let bytes: [UInt8]
  /// Value `code` is `bytes[offsets[code] ..< offsets[code + 1]]`; `offsets.count == count + 1`.
  package let offsets: [Int]

  package init(bytes: [UInt8], offsets: [Int]) {
    self.bytes = bytes
    self.offsets = offsets
  }

  /// The number of codes, the empty value included (at least 1).
  package var count: Int { offsets.count - 1 }

  package func string(_ code: Int32) -> String {
    let index = Int(code)
    return String(decoding: bytes[offsets[index]..<offsets[index + 1]], as: UTF8.self)
  }

  /// Every value by code; the empty value is "".
  package func strings() -> [String] { (0..<Int32(count)).map(string) }

  /// A dictionary of given values, which get codes 1, 2, …
  package convenience init(_ values: [String]) {
    var builder = TextDictionaryBuilder()
    for value in values { _ = builder.code(Array(value.utf8)) }
    self.init(bytes: builder.bytes, offsets: builder.offsets)
  }
}

/// Builds a dictionary value by value; open addressing over the bytes already stored.
package struct TextDictionaryBuilder {
  package private(set) var bytes: [UInt8] = []
  package private(set) var offsets: [Int] = [0, 0]
  private var slots: [Int32]
  private var mask: Int

  package init() {
    slots = [Int32](repeating: 0, count: 64)
    mask = 63
  }

  /// Goes on from a dictionary whose codes must stay the same.
  package init(_ dictionary: TextDictionary) {
    self.init()
    bytes = dictionary.bytes
    offsets = dictionary.offsets
    grow(to: max(64, (offsets.count * 2).nextPowerOfTwo))
  }

  package var count: Int { offsets.count - 1 }

  /// The code of a value, a new one if it was not known. Empty bytes give 0.
  package mutating func code(_ value: [UInt8]) -> Int32 {
    value.withUnsafeBufferPointer { code($0) }
  }

  package mutating func code(_ value: UnsafeBufferPointer<UInt8>) -> Int32 {
    if value.isEmpty { return 0 }
    var slot = Self.hash(value) & mask
    while slots[slot] != 0 {
      let code = slots[slot]
      if equals(Int(code), value) { return code }
      slot = (slot + 1) & mask
    }
    bytes.append(contentsOf: value)
    offsets.append(bytes.count)
    let code = Int32(offsets.count - 2)
    slots[slot] = code
    if offsets.count * 2 > slots.count { grow(to: slots.count * 2) }
    return code
  }

  package func finish() -> TextDictionary { TextDictionary(bytes: bytes, offsets: offsets) }

  private func equals(_ code: Int, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
    let lower = offsets[code]
    let length = offsets[code + 1] - lower
    guard length == value.count else { return false }
    return bytes.withUnsafeBufferPointer { all in
      for i in 0..<length where all[lower + i] != value[i] { return false }
      return true
    }
  }

  private mutating func grow(to size: Int) {
    slots = [Int32](repeating: 0, count: size)
    mask = size - 1
    for code in 1..<max(1, count) {
      let lower = offsets[code]
      let upper = offsets[code + 1]
      var slot = bytes.withUnsafeBufferPointer {
        Self.hash(UnsafeBufferPointer(rebasing: $0[lower..<upper])) & mask
      }
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(code)
    }
  }

  /// FNV-1a, folded; good enough for names and cheap for short ones.
  private static func hash(_ value: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in value { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 29)) & Int.max
  }
}

extension Int {
  /// The smallest power of two that is not below this.
  package var nextPowerOfTwo: Int {
    var power = 1
    while power < self { power *= 2 }
    return power
  }
}
