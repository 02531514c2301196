import KithPlan

/// Comparisons of plain values, 0 or 1 for each row. An empty value makes every one false, except
/// `!=`, which is the negation of `=`.
///
/// Both sides of an `and` are computed without a branch, so that the loops become vector code.
enum CompareKernel {
  @inline(__always)
  private static func flag(_ condition: Bool) -> UInt8 { condition ? 1 : 0 }

  /// `values[start + i] op constant`.
  ///
  /// - Parameter emptyIsLeast: the empty value is below all others, so that `>` needs no second
  ///   look.
  static func constant<Value: Comparable>(
    _ comparison: Comparison, _ values: [Value], start: Int, count: Int, _ constant: Value,
    empty: Value, emptyIsLeast: Bool = false
  ) -> [UInt8] {
    if constant == empty {
      return [UInt8](repeating: comparison == .notEqual ? 1 : 0, count: count)
    }
    return values.withUnsafeBufferPointer { values in
      [UInt8](unsafeUninitializedCapacity: count) { output, filled in
        guard let base = values.baseAddress, let to = output.baseAddress else { return }
        let a = base + start
        filled = count
        switch comparison {
        case .equal: for i in 0..<count { to[i] = flag(a[i] == constant) }
        case .notEqual: for i in 0..<count { to[i] = flag(a[i] != constant) }
        case .less:
          for i in 0..<count { to[i] = flag(a[i] < constant) & flag(a[i] != empty) }
        case .lessOrEqual:
          for i in 0..<count { to[i] = flag(a[i] <= constant) & flag(a[i] != empty) }
        case .greater where emptyIsLeast:
          for i in 0..<count { to[i] = flag(a[i] > constant) }
        case .greaterOrEqual where emptyIsLeast:
          for i in 0..<count { to[i] = flag(a[i] >= constant) }
        case .greater:
          for i in 0..<count { to[i] = flag(a[i] > constant) & flag(a[i] != empty) }
        case .greaterOrEqual:
          for i in 0..<count { to[i] = flag(a[i] >= constant) & flag(a[i] != empty) }
        }
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
        [UInt8](unsafeUninitializedCapacity: count) { output, filled in
          guard let leftBase = left.baseAddress, let rightBase = right.baseAddress,
            let to = output.baseAddress
          else { return }
          let a = leftBase + leftStart
          let b = rightBase + rightStart
          filled = count
          @inline(__always) func isFilled(_ i: Int) -> UInt8 {
            flag(a[i] != empty) & flag(b[i] != empty)
          }
          switch comparison {
          case .equal: for i in 0..<count { to[i] = flag(a[i] == b[i]) & isFilled(i) }
          case .notEqual: for i in 0..<count { to[i] = (flag(a[i] == b[i]) & isFilled(i)) ^ 1 }
          case .less: for i in 0..<count { to[i] = flag(a[i] < b[i]) & isFilled(i) }
          case .lessOrEqual: for i in 0..<count { to[i] = flag(a[i] <= b[i]) & isFilled(i) }
          case .greater: for i in 0..<count { to[i] = flag(a[i] > b[i]) & isFilled(i) }
          case .greaterOrEqual: for i in 0..<count { to[i] = flag(a[i] >= b[i]) & isFilled(i) }
          }
        }
      }
    }
  }

  /// Whether a code is one of at most four; more are looked up in a table of flags.
  static func codes(_ codes: [Int32], start: Int, count: Int, in wanted: [Int32]) -> [UInt8] {
    guard let first = wanted.first else { return [UInt8](repeating: 0, count: count) }
    if wanted.count > 4 {
      return (0..<count).map { wanted.contains(codes[start + $0]) ? 1 : 0 }
    }
    let second = wanted.count > 1 ? wanted[1] : first
    let third = wanted.count > 2 ? wanted[2] : first
    let fourth = wanted.count > 3 ? wanted[3] : first
    return codes.withUnsafeBufferPointer { codes in
      [UInt8](unsafeUninitializedCapacity: count) { output, filled in
        guard let base = codes.baseAddress, let to = output.baseAddress else { return }
        let a = base + start
        filled = count
        switch wanted.count {
        case 1: for i in 0..<count { to[i] = flag(a[i] == first) }
        case 2: for i in 0..<count { to[i] = flag(a[i] == first) | flag(a[i] == second) }
        default:
          for i in 0..<count {
            to[i] =
              flag(a[i] == first) | flag(a[i] == second) | flag(a[i] == third)
              | flag(a[i] == fourth)
          }
        }
      }
    }
  }

  /// `flags[codes[start + i]]`.
  static func flagged(_ codes: [Int32], start: Int, count: Int, _ flags: [UInt8]) -> [UInt8] {
    codes.withUnsafeBufferPointer { codes in
      flags.withUnsafeBufferPointer { flags in
        [UInt8](unsafeUninitializedCapacity: count) { output, filled in
          guard let base = codes.baseAddress, let table = flags.baseAddress,
            let to = output.baseAddress
          else { return }
          let a = base + start
          for i in 0..<count { to[i] = table[Int(a[i])] }
          filled = count
        }
      }
    }
  }
}
