import KithBase
import KithPlan

/// Choices whose branches cannot fail: all of them are computed for all rows, then laid over each
/// other, which needs no picking of rows.
extension Execution {
  func blend(
    _ choices: [(condition: Bound, value: Bound)], otherwise: Bound?, _ type: KithType,
    _ frame: Frame, _ rows: Selection
  ) throws -> Column {
    var layers: [(mask: [UInt8], value: Column)] = []
    for choice in choices {
      layers.append(
        (
          try truth(evaluate(choice.condition, frame, rows)),
          try evaluate(choice.value, frame, rows)
        ))
    }
    let ground =
      try otherwise.map { try evaluate($0, frame, rows) }
      ?? Column(constant: Vector.empties(type, count: 1), count: rows.count)
    return Column(try laid(layers, over: ground))
  }

  /// The first filled of several values.
  func firstFilled(
    _ operands: [Bound], _ type: KithType, _ frame: Frame, _ rows: Selection
  ) throws -> Column {
    var layers: [(mask: [UInt8], value: Column)] = []
    for operand in operands {
      let column = try evaluate(operand, frame, rows)
      let empties = column.emptyFlags
      if layers.isEmpty, !empties.contains(1) { return column }
      layers.append((empties.map { $0 ^ 1 }, column))
    }
    let ground = Column(constant: Vector.empties(type, count: 1), count: rows.count)
    return Column(try laid(layers, over: ground))
  }

  /// The ground with the layers on it, the first one on top.
  private func laid(
    _ layers: [(mask: [UInt8], value: Column)], over ground: Column
  ) throws -> Vector {
    if case .text = ground.vector { return try laidTexts(layers, over: ground) }
    var result = ground.dense
    for layer in layers.reversed() {
      let (mask, value) = layer
      switch (result, value.vector) {
      case (.int(var values), .int(let source)):
        result = .bool([])
        Self.lay(source, value, mask, on: &values)
        result = .int(values)
      case (.float(var values), .float(let source)):
        result = .bool([])
        Self.lay(source, value, mask, on: &values)
        result = .float(values)
      case (.day(var values), .day(let source)):
        result = .bool([])
        Self.lay(source, value, mask, on: &values)
        result = .day(values)
      case (.bool(var values), .bool(let source)):
        result = .bool([])
        Self.lay(source, value, mask, on: &values)
        result = .bool(values)
      case (.row(var values), .row(let source)):
        result = .bool([])
        Self.lay(source, value, mask, on: &values)
        result = .row(values)
      default:
        // Lists, and empties of no type: by the general way.
        result = try laidOneByOne(result, value, mask)
      }
    }
    return result
  }

  @inline(__always)
  private static func lay<Value>(
    _ source: [Value], _ column: Column, _ mask: [UInt8], on values: inout [Value]
  ) {
    let count = mask.count
    values.withUnsafeMutableBufferPointer { values in
      source.withUnsafeBufferPointer { source in
        mask.withUnsafeBufferPointer { mask in
          if column.isConstant {
            let value = source[column.start]
            for i in 0..<count { values[i] = mask[i] == 1 ? value : values[i] }
          } else {
            for i in 0..<count {
              values[i] = mask[i] == 1 ? source[column.start + i] : values[i]
            }
          }
        }
      }
    }
  }

  private func laidOneByOne(
    _ ground: Vector, _ value: Column, _ mask: [UInt8]
  ) throws -> Vector {
    let type: KithType =
      switch value.vector {
      case .list: .list(.empty)
      default: .empty
      }
    let part = mask.map { Int32($0) }
    let place = mask.indices.map { i -> Int32 in
      if mask[i] == 0 { return Int32(i) }
      return Int32(value.isConstant ? value.start : value.start + i)
    }
    return try assemble([Column(ground), value], part, place, type)
  }

  /// Codes of the layers' dictionaries become codes of a common one.
  private func laidTexts(
    _ layers: [(mask: [UInt8], value: Column)], over ground: Column
  ) throws -> Vector {
    var dictionaries: [TextDictionary] = []
    for column in [ground] + layers.map(\.value) {
      guard case .text(_, let dictionary) = column.vector else { throw mismatch("a choice") }
      dictionaries.append(dictionary)
    }
    // A dictionary without values must not decide which codes stay.
    let order = dictionaries.indices.sorted {
      (dictionaries[$0].count > 1 ? 0 : 1, $0) < (dictionaries[$1].count > 1 ? 0 : 1, $1)
    }
    let merged = merged(order.map { dictionaries[$0] })
    var maps = [[Int32]](repeating: [], count: order.count)
    for (place, index) in order.enumerated() { maps[index] = merged.maps[place] }
    var result = coded(ground, maps[0])
    for (index, layer) in layers.enumerated().reversed() {
      let codes = coded(layer.value, maps[index + 1])
      let mask = layer.mask
      for i in result.indices { result[i] = mask[i] == 1 ? codes[i] : result[i] }
    }
    return .text(result, merged.dictionary)
  }

  private func coded(_ column: Column, _ map: [Int32]) -> [Int32] {
    guard case .text(let codes, _) = column.dense else { return [] }
    return map.isEmpty ? codes : codes.map { map[Int($0)] }
  }
}
