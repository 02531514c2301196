import KithBase

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
