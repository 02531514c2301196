import KithBase
import KithPlan

extension Execution {
  /// Rows whose keys are the same once spelling, suffixes and punctuation are set aside. Groups are
  /// numbered in order of their first rows; rows with an empty key are like no other.
  func duplicates(_ input: Frame, keys: [Expr], group slot: SlotID) throws -> Frame {
    var key: DenseKey?
    var isEmpty = [Bool](repeating: false, count: input.rowCount)
    for expr in keys {
      let vector = try column(expr, input)
      let next: DenseKey
      if case .text(let codes, let dictionary) = vector {
        next = try likeness(codes, dictionary)
      } else {
        next = try denseKey(vector)
      }
      for i in next.codes.indices where next.codes[i] == 0 { isEmpty[i] = true }
      key = key.map { combine($0, next) } ?? next
    }
    guard let key else { throw mismatch("duplicates") }
    var sizes = [Int32](repeating: 0, count: key.size)
    for (row, code) in key.codes.enumerated() where !isEmpty[row] { sizes[Int(code)] += 1 }
    var numbers = [Int32](repeating: -1, count: key.size)
    var next: Int32 = 0
    var ids: [Int32] = []
    var rows: [Int32] = []
    for (row, code) in key.codes.enumerated() where !isEmpty[row] && sizes[Int(code)] > 1 {
      if numbers[Int(code)] < 0 {
        numbers[Int(code)] = next
        next += 1
      }
      ids.append(numbers[Int(code)])
      rows.append(Int32(row))
    }
    let order = GroupedPositions(ids, groups: Int(next)).positions
    var frame = input.gather(Kernel.gather(rows, order))
    frame.slots[slot] = .vector(.int(order.map { Int64(ids[Int($0)]) + 1 }))
    return try replace(input, by: frame)
  }

  /// Codes by the form in which texts are likened.
  private func likeness(_ codes: [Int32], _ dictionary: TextDictionary) throws -> DenseKey {
    var builder = TextDictionaryBuilder()
    var map = [Int32](repeating: 0, count: dictionary.count)
    for code in 1..<max(1, dictionary.count) {
      if code % Frame.batch == 0 { try budget.tick(Frame.batch) }
      map[code] = builder.code(Array(Likeness.form(of: dictionary.string(Int32(code))).utf8))
    }
    return DenseKey(codes: codes.map { map[Int($0)] }, size: builder.count)
  }
}
