import KithBase
import KithPlan

/// A run of values inside a vector, or one value standing for a whole run.
struct Column {
  var vector: Vector
  /// Where the run begins; a constant's value is there too.
  var start: Int
  var count: Int
  var isConstant: Bool
  /// A bool column that holds no empties.
  var isTwoValued = false

  /// The 0s and 1s of a test.
  init(flags: [UInt8]) {
    self.init(.bool(flags))
    isTwoValued = true
  }

  init(_ vector: Vector) {
    self.vector = vector
    start = 0
    count = vector.count
    isConstant = false
  }

  init(_ vector: Vector, start: Int, count: Int) {
    self.vector = vector
    self.start = start
    self.count = count
    isConstant = false
  }

  /// One value for `count` rows.
  init(constant vector: Vector, count: Int) {
    self.vector = vector
    start = 0
    self.count = count
    isConstant = true
  }

  /// The values alone, one a row.
  var dense: Vector {
    if isConstant { return vector.slice(start, 1).repeated(count) }
    return vector.slice(start, count)
  }

  /// The same values with one place a row.
  var expanded: Column { isConstant ? Column(dense) : self }

  var emptyFlags: [UInt8] {
    if isConstant { return [UInt8](repeating: vector.isEmpty(at: start) ? 1 : 0, count: count) }
    return vector.emptyFlags(start, count)
  }
}

/// Which rows of a frame are meant: a run of positions, or part of a list of positions.
struct Selection {
  private(set) var list: [Int32]?
  private(set) var start: Int
  private(set) var count: Int

  /// Positions `start ..< start + count`.
  init(start: Int, count: Int) {
    list = nil
    self.start = start
    self.count = count
  }

  /// The positions in a list, or in a part of it.
  init(_ list: [Int32], start: Int = 0, count: Int? = nil) {
    self.list = list
    self.start = start
    self.count = count ?? list.count
  }

  func position(_ index: Int) -> Int {
    if let list { return Int(list[start + index]) }
    return start + index
  }

  var positions: [Int32] {
    if let list {
      return start == 0 && count == list.count ? list : Array(list[start..<(start + count)])
    }
    return Kernel.sequence(from: Int32(start), count: count)
  }

  /// The rows whose mask is 1; the other masks are 0.
  func kept(_ mask: [UInt8]) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: count + 8) { output, filled in
      guard let base = output.baseAddress else { return }
      filled = keep(mask, into: base)
    }
  }

  /// Writes the rows whose mask is 1 and says how many they are. There must be room for eight more
  /// than the selection has rows.
  func keep(_ mask: [UInt8], into output: UnsafeMutablePointer<Int32>) -> Int {
    mask.withUnsafeBufferPointer { mask in
      guard let list else {
        return Compaction.shared.positions(mask, first: Int32(start), into: output)
      }
      return list.withUnsafeBufferPointer { list in
        guard let base = list.baseAddress else { return 0 }
        return Compaction.shared.pick(base + start, mask, into: output)
      }
    }
  }

  func part(_ offset: Int, _ size: Int) -> Selection {
    if let list { return Selection(list, start: start + offset, count: size) }
    return Selection(start: start + offset, count: size)
  }

  /// Calls the body with parts of at most `size` rows, in order.
  func batches(of size: Int, _ body: (Selection, _ offset: Int) throws -> Void) rethrows {
    var offset = 0
    while offset < count {
      let length = min(size, count - offset)
      try body(part(offset, length), offset)
      offset += length
    }
  }
}

/// Rows that flow from operator to operator: a row count and the columns (slots) known of the rows.
struct Frame {
  enum Slot {
    /// Consecutive row numbers from `first` on.
    case range(first: Int32)
    case vector(Vector)
  }

  var rowCount: Int
  var slots: [SlotID: Slot]
  /// How many rows an expression is about to be computed for in all, batch by batch.
  var inPlay: Int

  init(rowCount: Int, slots: [SlotID: Slot] = [:]) {
    self.rowCount = rowCount
    self.slots = slots
    inPlay = rowCount
  }

  /// Rows at a batch: their scratch stays in the first-level cache.
  static let batch = 4_096
  /// Rows at a step where whole columns are made and allocation would count.
  static let block = 16_384

  var all: Selection { Selection(start: 0, count: rowCount) }

  /// The rows at some positions, in that order.
  func gather(_ positions: [Int32]) -> Frame {
    var result = Frame(rowCount: positions.count)
    positions.withUnsafeBufferPointer { indices in
      for (id, slot) in slots {
        switch slot {
        case .range(let first):
          result.slots[id] = .vector(
            .row(
              [Int32](unsafeUninitializedCapacity: indices.count) { output, filled in
                for i in 0..<indices.count { output[i] = first &+ indices[i] }
                filled = indices.count
              }))
        case .vector(let vector): result.slots[id] = .vector(vector.gather(indices))
        }
      }
    }
    return result
  }

  /// As `gather`; a negative position gives a row of empties.
  func gatherOrEmpty(_ positions: [Int32]) -> Frame {
    var result = Frame(rowCount: positions.count)
    for (id, slot) in slots {
      switch slot {
      case .range(let first):
        result.slots[id] = .vector(.row(positions.map { $0 < 0 ? 0 : first + $0 }))
      case .vector(let vector): result.slots[id] = .vector(vector.gatherOrEmpty(positions))
      }
    }
    return result
  }

  var byteCount: Int {
    slots.values.reduce(0) { total, slot in
      if case .vector(let vector) = slot { return total + vector.byteCount }
      return total
    }
  }
}
