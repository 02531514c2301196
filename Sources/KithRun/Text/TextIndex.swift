import Glibc
import KithBase

/// What has been worked out about the values of one dictionary.
final class TextIndex {
  let dictionary: TextDictionary
  private var knownCanonical: [Int32]??
  private var knownRanks: [Int32]?
  private var knownFolded: FoldedTexts?

  init(_ dictionary: TextDictionary) { self.dictionary = dictionary }

  /// By code the smallest code of the same canonical form; nil where each is its own.
  var canonical: [Int32]? {
    if let known = knownCanonical { return known }
    var result: [Int32]?
    if !dictionary.isPlain {
      var space = TextSpace()
      let codes = space.codes(of: dictionary)
      var smallest = [Int32](repeating: -1, count: codes.count + 1)
      var map = [Int32](repeating: 0, count: codes.count)
      var differs = false
      for (code, shared) in codes.enumerated() {
        if smallest[Int(shared)] < 0 { smallest[Int(shared)] = Int32(code) }
        map[code] = smallest[Int(shared)]
        differs = differs || map[code] != Int32(code)
      }
      if differs { result = map }
    }
    knownCanonical = .some(result)
    return result
  }

  /// By code the place among the values ordered by code points of their canonical forms; equal
  /// forms share a place, the empty value has 0.
  var ranks: [Int32] {
    if let ranks = knownRanks { return ranks }
    let ranks = dictionary.isPlain ? Self.ranks(dictionary) : canonicalRanks()
    knownRanks = ranks
    return ranks
  }

  private func canonicalRanks() -> [Int32] {
    var space = TextSpace()
    let codes = space.codes(of: dictionary)
    let shared = Self.ranks(space.dictionary)
    return codes.map { shared[Int($0)] }
  }

  /// Sorts by the first eight bytes, and by all of them where these are equal. The order of UTF-8
  /// bytes is the order of code points.
  private static func ranks(_ dictionary: TextDictionary) -> [Int32] {
    let count = dictionary.count
    let offsets = dictionary.offsets
    return dictionary.bytes.withUnsafeBufferPointer { bytes in
      func prefix(_ code: Int) -> UInt64 {
        var key: UInt64 = 0
        let lower = offsets[code]
        let length = min(8, offsets[code + 1] - lower)
        for i in 0..<length { key = key << 8 | UInt64(bytes[lower + i]) }
        return length == 0 ? 0 : key << UInt64(8 * (8 - length))
      }
      func isBefore(_ left: Int, _ right: Int) -> Bool {
        let leftLength = offsets[left + 1] - offsets[left]
        let rightLength = offsets[right + 1] - offsets[right]
        for i in 0..<min(leftLength, rightLength) {
          let a = bytes[offsets[left] + i]
          let b = bytes[offsets[right] + i]
          if a != b { return a < b }
        }
        return leftLength < rightLength
      }
      var order = (1..<max(1, count)).map { (key: prefix($0), code: Int32($0)) }
      order.sort {
        $0.key != $1.key ? $0.key < $1.key : isBefore(Int($0.code), Int($1.code))
      }
      var ranks = [Int32](repeating: 0, count: count)
      for (place, entry) in order.enumerated() { ranks[Int(entry.code)] = Int32(place + 1) }
      return ranks
    }
  }

  /// The values in search form.
  var folded: FoldedTexts {
    if let folded = knownFolded { return folded }
    let folded = FoldedTexts(bytes: dictionary.bytes, offsets: dictionary.offsets)
    knownFolded = folded
    return folded
  }

  /// Whether one value's search form holds the pattern (itself in search form) as asked.
  func matches(_ code: Int32, _ pattern: [UInt8], _ place: TextPlace) -> Bool {
    let folded = folded
    let lower = folded.offsets[Int(code)]
    let length = folded.offsets[Int(code) + 1] - lower
    if length < pattern.count { return false }
    return folded.bytes.withUnsafeBufferPointer { bytes in
      pattern.withUnsafeBufferPointer { pattern in
        guard let base = bytes.baseAddress, let wanted = pattern.baseAddress else { return true }
        let last = lower + length - pattern.count
        switch place {
        case .start: return memcmp(base + lower, wanted, pattern.count) == 0
        case .end: return memcmp(base + last, wanted, pattern.count) == 0
        case .anywhere:
          for at in lower...last where base[at] == wanted[0] {
            if memcmp(base + at, wanted, pattern.count) == 0 { return true }
          }
          return false
        }
      }
    }
  }

  var isFolded: Bool { knownFolded != nil }

  /// By code 1 where the value's search form holds the pattern (itself in search form) as asked.
  func matches(_ pattern: [UInt8], _ place: TextPlace) -> [UInt8] {
    let folded = folded
    var flags = [UInt8](repeating: 0, count: dictionary.count)
    guard !pattern.isEmpty else {
      for code in 1..<max(1, dictionary.count) { flags[code] = 1 }
      return flags
    }
    let offsets = folded.offsets
    folded.bytes.withUnsafeBufferPointer { bytes in
      pattern.withUnsafeBufferPointer { pattern in
        guard let base = bytes.baseAddress, let wanted = pattern.baseAddress else { return }
        if place == .anywhere {
          Self.search(base, bytes.count, wanted, pattern.count, offsets, &flags)
          return
        }
        for code in 1..<max(1, flags.count) {
          let length = offsets[code + 1] - offsets[code]
          if length < pattern.count { continue }
          let at = place == .start ? offsets[code] : offsets[code + 1] - pattern.count
          if memcmp(base + at, wanted, pattern.count) == 0 { flags[code] = 1 }
        }
      }
    }
    return flags
  }

  /// Looks through all values at once, by Horspool's method; a hit that reaches over a value's end
  /// is none.
  private static func search(
    _ base: UnsafePointer<UInt8>, _ count: Int, _ pattern: UnsafePointer<UInt8>, _ length: Int,
    _ offsets: [Int], _ flags: inout [UInt8]
  ) {
    // How far the window moves on, by the byte under its last place.
    var moves = [Int](repeating: length, count: 256)
    for i in 0..<(length - 1) { moves[Int(pattern[i])] = length - 1 - i }
    let last = pattern[length - 1]
    var from = 0
    var code = 1
    while from + length <= count {
      let byte = base[from + length - 1]
      if byte != last || memcmp(base + from, pattern, length - 1) != 0 {
        from += moves[Int(byte)]
        continue
      }
      let place = from
      if offsets[code + 1] <= place { code = Self.code(at: place, offsets, from: code) }
      if place + length <= offsets[code + 1] {
        flags[code] = 1
        from = offsets[code + 1]
      } else {
        from = place + 1
      }
    }
  }

  /// The value that holds a byte.
  private static func code(at place: Int, _ offsets: [Int], from: Int) -> Int {
    var low = from
    var high = offsets.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if offsets[middle] <= place { low = middle } else { high = middle }
    }
    return low
  }
}

/// Where in a text a pattern must stand.
enum TextPlace { case anywhere, start, end }

extension TextDictionary {
  /// Whether every value is its own canonical form at a glance.
  var isPlain: Bool { bytes.withUnsafeBufferPointer { TextFolding.isPlain($0) } }
}

/// Codes that texts of several dictionaries share: equal canonical forms have equal codes.
struct TextSpace {
  private var builder = TextDictionaryBuilder()
  private var maps: [ObjectIdentifier: [Int32]] = [:]
  private var known: [TextDictionary] = []

  init() {}

  var dictionary: TextDictionary { builder.finish() }
  var count: Int { builder.count }

  /// The shared code of each of a dictionary's codes.
  mutating func codes(of dictionary: TextDictionary) -> [Int32] {
    if let map = maps[ObjectIdentifier(dictionary)] { return map }
    let offsets = dictionary.offsets
    var map: [Int32] = []
    map.reserveCapacity(dictionary.count)
    dictionary.bytes.withUnsafeBufferPointer { all in
      for code in 0..<dictionary.count {
        let value = UnsafeBufferPointer(rebasing: all[offsets[code]..<offsets[code + 1]])
        if TextFolding.isPlain(value) {
          map.append(builder.code(value))
        } else {
          let text = TextFolding.canonical(String(decoding: value, as: UTF8.self))
          map.append(builder.code(Array(text.utf8)))
        }
      }
    }
    maps[ObjectIdentifier(dictionary)] = map
    known.append(dictionary)
    return map
  }
}
