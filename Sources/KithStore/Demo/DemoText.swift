import KithBase

/// Text that stays where it is while a pool lives, so that SQLite need not copy it.
struct DemoText {
  let start: UnsafePointer<CChar>
  let count: Int
}

/// Owns the bytes of all fixed words of a demo.
final class DemoTextPool {
  private var chunks: [UnsafeMutablePointer<CChar>] = []

  func text(_ string: String) -> DemoText {
    let bytes = Array(string.utf8)
    let chunk = UnsafeMutablePointer<CChar>.allocate(capacity: max(1, bytes.count))
    for (index, byte) in bytes.enumerated() { chunk[index] = CChar(bitPattern: byte) }
    chunks.append(chunk)
    return DemoText(start: UnsafePointer(chunk), count: bytes.count)
  }

  func texts(_ strings: [String]) -> [DemoText] { strings.map(text) }

  deinit { for chunk in chunks { chunk.deallocate() } }
}

/// `YYYY-MM-DD` of every day a demo may speak of, each written once.
final class DemoDays {
  private let first: Int32
  private let count: Int
  private let bytes: UnsafeMutablePointer<CChar>

  init(from first: Day, through last: Day) {
    self.first = first.number
    count = Int(last.number - first.number) + 1
    bytes = .allocate(capacity: count * 10)
    for index in 0..<count {
      let text = Day(number: first.number + Int32(index)).text
      for (offset, byte) in text.utf8.prefix(10).enumerated() {
        bytes[index * 10 + offset] = CChar(bitPattern: byte)
      }
    }
  }

  deinit { bytes.deallocate() }

  /// Days outside the range are moved to its nearer end.
  func text(_ day: Int32) -> DemoText {
    let index = min(max(0, Int(day - first)), count - 1)
    return DemoText(start: UnsafePointer(bytes + index * 10), count: 10)
  }
}
