/// Turns 0/1 masks into lists of positions, eight rows at a time.
///
/// Eight mask bytes are gathered into one byte by a multiplication, which picks the places of its
/// ones from a table of 256 rows; all eight are written, and the list moves on by as many as count.
struct Compaction {
  /// Sixteen nibbles would do, but a byte a place is one load: `places[8 * bits + i]`.
  private let places: [UInt8]
  private let counts: [UInt8]

  static let shared = Compaction()

  private init() {
    var places = [UInt8](repeating: 0, count: 256 * 8)
    var counts = [UInt8](repeating: 0, count: 256)
    for bits in 0..<256 {
      var next = 0
      for bit in 0..<8 where bits & (1 << bit) != 0 {
        places[8 * bits + next] = UInt8(bit)
        next += 1
      }
      counts[bits] = UInt8(next)
    }
    self.places = places
    self.counts = counts
  }

  /// Appends `first + i` for every i whose mask is 1.
  ///
  /// - Parameter output: room for eight more than the mask has rows.
  /// - Returns: how many were written.
  func positions(
    _ mask: UnsafeBufferPointer<UInt8>, first: Int32, into output: UnsafeMutablePointer<Int32>
  ) -> Int {
    guard let base = mask.baseAddress else { return 0 }
    var next = 0
    var row = 0
    let whole = mask.count & ~7
    places.withUnsafeBufferPointer { places in
      counts.withUnsafeBufferPointer { counts in
        guard let placeBase = places.baseAddress else { return }
        while row < whole {
          let word = UnsafeRawPointer(base + row).loadUnaligned(as: UInt64.self)
          if word != 0 {
            // Bit k of the product's top byte is byte k of the word.
            let bits = Int(truncatingIfNeeded: (word &* 0x0102_0408_1020_4080) >> 56)
            let from = placeBase + 8 * bits
            let to = output + next
            let start = first &+ Int32(truncatingIfNeeded: row)
            for i in 0..<8 { to[i] = start &+ Int32(from[i]) }
            next &+= Int(counts[bits])
          }
          row &+= 8
        }
      }
    }
    while row < mask.count {
      output[next] = first &+ Int32(truncatingIfNeeded: row)
      next += Int(base[row])
      row += 1
    }
    return next
  }

  /// Appends `list[i]` for every i whose mask is 1.
  func pick(
    _ list: UnsafePointer<Int32>, _ mask: UnsafeBufferPointer<UInt8>,
    into output: UnsafeMutablePointer<Int32>
  ) -> Int {
    var next = 0
    for row in 0..<mask.count {
      output[next] = list[row]
      next &+= Int(mask[row])
    }
    return next
  }
}
