/// Row ids by byte strings: an open hash over the bytes of all keys, one after another.
///
/// A key may stand for several rows; they are kept in the order they were added.
struct ByteIndex {
  private var bytes: [UInt8] = []
  /// Entry `i` is `bytes[offsets[i] ..< offsets[i + 1]]`.
  private var offsets: [Int] = [0]
  /// `forgotten` where the row was taken back.
  private var ids: [Int64] = []
  /// The next entry of the same key, or -1. Such entries have no bytes of their own.
  private var next: [Int32] = []
  /// Entry + 1 by hash, 0 where free.
  private var slots: [Int32] = [Int32](repeating: 0, count: 64)
  private var keyCount = 0
  /// No id of a row.
  private static let forgotten = Int64.min

  /// A row of a key, and whether there are more.
  struct Hit {
    var id: Int64
    var isOnly: Bool
  }

  var isEmpty: Bool { ids.isEmpty }

  /// Adds a row to a key; a row the key has already is left alone. Gives the entry, nil where none was made.
  @discardableResult
  mutating func add(_ key: CellBytes, _ id: Int64) -> Int? {
    let slot = slot(of: key)
    let entry = Int32(truncatingIfNeeded: ids.count)
    if slots[slot] == 0 {
      bytes.append(contentsOf: key)
      append(id)
      slots[slot] = entry + 1
      keyCount += 1
      if keyCount * 2 > slots.count { grow() }
      return Int(entry)
    }
    var last = Int(slots[slot] - 1)
    while true {
      if ids[last] == id { return nil }
      if next[last] < 0 { break }
      last = Int(next[last])
    }
    append(id)
    next[last] = entry
    return Int(entry)
  }

  /// Takes an entry back; its key stays and stands for the other rows it has.
  mutating func forget(_ entry: Int) { ids[entry] = Self.forgotten }

  func find(_ key: CellBytes) -> Hit? {
    var first: Int64?
    var entry = slots[slot(of: key)] - 1
    while entry >= 0 {
      let id = ids[Int(entry)]
      if id != Self.forgotten {
        if let first { return Hit(id: first, isOnly: false) }
        first = id
      }
      entry = next[Int(entry)]
    }
    return first.map { Hit(id: $0, isOnly: true) }
  }

  /// All rows of a key.
  func all(_ key: CellBytes) -> [Int64] {
    var result: [Int64] = []
    var entry = slots[slot(of: key)] - 1
    while entry >= 0 {
      if ids[Int(entry)] != Self.forgotten { result.append(ids[Int(entry)]) }
      entry = next[Int(entry)]
    }
    return result
  }

  private mutating func append(_ id: Int64) {
    offsets.append(bytes.count)
    ids.append(id)
    next.append(-1)
  }

  /// The slot that holds a key, or the free one it would get.
  private func slot(of key: CellBytes) -> Int {
    let mask = slots.count - 1
    var slot = Self.hash(key) & mask
    while slots[slot] != 0 {
      if equals(Int(slots[slot] - 1), key) { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func equals(_ entry: Int, _ key: CellBytes) -> Bool {
    let lower = offsets[entry]
    guard offsets[entry + 1] - lower == key.count else { return false }
    return bytes.withUnsafeBufferPointer { all in
      for index in 0..<key.count where all[lower + index] != key[index] { return false }
      return true
    }
  }

  private mutating func grow() {
    let old = slots
    slots = [Int32](repeating: 0, count: old.count * 2)
    let mask = slots.count - 1
    for entry in old where entry != 0 {
      let lower = offsets[Int(entry - 1)]
      let upper = offsets[Int(entry)]
      var slot = bytes.withUnsafeBufferPointer {
        Self.hash(CellBytes(rebasing: $0[lower..<upper])) & mask
      }
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }

  /// FNV-1a with the high bits folded in.
  private static func hash(_ key: CellBytes) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 29)) & Int.max
  }
}

/// Bytes that stay where they are for as long as the arena lives.
final class ByteArena {
  private var buffers: [UnsafeMutableBufferPointer<UInt8>] = []
  /// Words stored once, by themselves.
  var words: [String: CellBytes] = [:]

  func store(_ text: String) -> CellBytes { store(Array(text.utf8)) }

  func store(_ bytes: [UInt8]) -> CellBytes {
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
    _ = buffer.initialize(from: bytes)
    buffers.append(buffer)
    return CellBytes(rebasing: UnsafeBufferPointer(buffer)[..<bytes.count])
  }

  deinit { for buffer in buffers { buffer.deallocate() } }
}
