import KithBase
import KithPlan

extension Execution {
  /// A row per column. Texts only answer what an order makes sense of; `commonest` lists up to
  /// three values with their counts.
  func describe(_ input: Frame, _ plan: DescribePlan) throws -> Frame {
    var texts = [[String]](repeating: [], count: 8)
    var filledCounts: [Int64] = []
    var distinctCounts: [Int64] = []
    for column in plan.columns {
      let type = column.expr.type
      let vector = try self.column(column.expr, input)
      let key = try denseKey(vector)
      var counts = [Int64](repeating: 0, count: key.size)
      var first = [Int32](repeating: -1, count: key.size)
      for (row, code) in key.codes.enumerated() {
        counts[Int(code)] += 1
        if first[Int(code)] < 0 { first[Int(code)] = Int32(row) }
      }
      let filled = Int64(vector.count) - counts[0]
      let values = (1..<max(1, key.size)).filter { counts[$0] > 0 }
      func shown(_ row: Int32) -> String {
        ShownText.text(vector.scalar(Int(row), type), type, zone: zone)
      }
      filledCounts.append(filled)
      distinctCounts.append(Int64(values.count))
      texts[0].append(column.label)
      texts[1].append(type.name)
      let sorted = sortColumn(vector, type, descending: false).values
      let isOrdered = if case .list = type { false } else { true }
      let low = values.min { sorted[Int(first[$0])] < sorted[Int(first[$1])] }
      let high = values.max { sorted[Int(first[$0])] < sorted[Int(first[$1])] }
      texts[4].append(isOrdered ? low.map { shown(first[$0]) } ?? "" : "")
      texts[5].append(isOrdered ? high.map { shown(first[$0]) } ?? "" : "")
      texts[6].append(try median(vector, type))
      let common = values.sorted {
        counts[$0] != counts[$1] ? counts[$0] > counts[$1] : first[$0] < first[$1]
      }
      // Where every value is different none is common.
      texts[7].append(
        common.first.map { counts[$0] > 1 } == true
          ? common.prefix(3).map { "\(shown(first[$0])) (\(counts[$0]))" }.joined(separator: ", ")
          : "")
    }
    var frame = Frame(rowCount: plan.columns.count)
    for (place, slot) in plan.slots.enumerated() {
      switch place {
      case 2: frame.slots[slot] = .vector(.int(filledCounts))
      case 3: frame.slots[slot] = .vector(.int(distinctCounts))
      default: frame.slots[slot] = .vector(Vector.texts(place < 8 ? texts[place] : []))
      }
    }
    return try replace(input, by: frame)
  }

  private func median(_ vector: Vector, _ type: KithType) throws -> String {
    switch vector {
    case .bool, .text, .row, .list: return ""
    case .int, .float, .day:
      let ids = [Int32](repeating: 0, count: vector.count)
      let result: KithType = type == .int ? .float : type
      let (median, _) = try percentiles(vector, ids, 1, share: nil, result)
      return ShownText.text(median.scalar(0, result), result, zone: zone)
    }
  }
}

extension Vector {
  /// A text column of given values; "" is the empty value.
  static func texts(_ values: [String]) -> Vector {
    var builder = TextDictionaryBuilder()
    let codes = values.map { builder.code(Array($0.utf8)) }
    return .text(codes, builder.finish())
  }
}
