import KithPlan

/// Comparisons of plain values, 0 or 1 for each row. An empty value makes every one false, except
/// `!=`, which is the negation of `=`.
enum CompareKernel {
  @inline(__always)
  private static func fill(_ count: Int, _ test: (Int) -> Bool) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { output, filled in
      guard let to = output.baseAddress else { return }
      for i in 0..<count { to[i] = test(i) ? 1 : 0 }
      filled = count
    }
  }

  /// `values[start + i] op constant`.
  static func constant<Value: Comparable>(
    _ comparison: Comparison, _ values: [Value], start: Int, count: Int, _ constant: Value,
    empty: Value
  ) -> [UInt8] {
    values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return [] }
      let a = base + start
      if constant == empty {
        return [UInt8](repeating: comparison == .notEqual ? 1 : 0, count: count)
      }
      switch comparison {
      case .equal: return fill(count) { a[$0] == constant }
      case .notEqual: return fill(count) { a[$0] != constant }
      case .less: return fill(count) { (a[$0] < constant) && (a[$0] != empty) }
      case .lessOrEqual: return fill(count) { (a[$0] <= constant) && (a[$0] != empty) }
      case .greater: return fill(count) { (a[$0] > constant) && (a[$0] != empty) }
      case .greaterOrEqual: return fill(count) { (a[$0] >= constant) && (a[$0] != empty) }
      }
    }
  }

  /// `left[i] op right[i]`.
  static func pairs<Value: Comparable>(
    _ comparison: Comparison, _ left: [Value], _ leftStart: Int, _ right: [Value],
    _ rightStart: Int, count: Int, empty: Value
  ) -> [UInt8] {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        guard let leftBase = left.baseAddress, let rightBase = right.baseAddress else { return [] }
        let a = leftBase + leftStart
        let b = rightBase + rightStart
        switch comparison {
        case .equal: return fill(count) { a[$0] == b[$0] && a[$0] != empty }
        case .notEqual: return fill(count) { !(a[$0] == b[$0] && a[$0] != empty) }
        case .less: return fill(count) { a[$0] < b[$0] && a[$0] != empty && b[$0] != empty }
        case .lessOrEqual: return fill(count) { a[$0] <= b[$0] && a[$0] != empty && b[$0] != empty }
        case .greater: return fill(count) { a[$0] > b[$0] && a[$0] != empty && b[$0] != empty }
        case .greaterOrEqual:
          return fill(count) { a[$0] >= b[$0] && a[$0] != empty && b[$0] != empty }
        }
      }
    }
  }

  /// Whether a code is one of a few, or flagged in a table.
  static func codes(_ codes: [Int32], start: Int, count: Int, in wanted: [Int32]) -> [UInt8] {
    codes.withUnsafeBufferPointer { codes in
      guard let base = codes.baseAddress else { return [] }
      let a = base + start
      switch wanted.count {
      case 0: return [UInt8](repeating: 0, count: count)
      case 1:
        let first = wanted[0]
        return fill(count) { a[$0] == first }
      case 2:
        let (first, second) = (wanted[0], wanted[1])
        return fill(count) { (a[$0] == first) || (a[$0] == second) }
      case 3:
        let (first, second, third) = (wanted[0], wanted[1], wanted[2])
        return fill(count) { (a[$0] == first) || (a[$0] == second) || (a[$0] == third) }
      default:
        let (first, second, third, fourth) = (wanted[0], wanted[1], wanted[2], wanted[3])
        let rest = wanted.dropFirst(4)
        if rest.isEmpty {
          return fill(count) {
            (a[$0] == first) || (a[$0] == second) || (a[$0] == third) || (a[$0] == fourth)
          }
        }
        return fill(count) { wanted.contains(a[$0]) }
      }
    }
  }

  /// `flags[codes[start + i]]`.
  static func flagged(_ codes: [Int32], start: Int, count: Int, _ flags: [UInt8]) -> [UInt8] {
    codes.withUnsafeBufferPointer { codes in
      flags.withUnsafeBufferPointer { flags in
        [UInt8](unsafeUninitializedCapacity: count) { output, filled in
          for i in 0..<count { output[i] = flags[Int(codes[start + i])] }
          filled = count
        }
      }
    }
  }
}
