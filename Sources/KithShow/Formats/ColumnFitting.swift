import KithBase

/// Which columns a terminal has room for, and how wide each is drawn.
struct ColumnFitting {
  /// Indices of the drawn columns, in order, with their widths.
  var visible: [(column: Int, width: Int)] = []
  var hidden: [Int] = []

  /// - Parameters:
  ///   - natural: the columns each would like.
  ///   - minimum: what each can be shrunk to; numbers and dates are never cut.
  ///   - separator: columns between two, and `margin` round all of them.
  ///
  /// Columns are taken from the left as long as the minima fit; then what is missing is taken from
  /// the widest, one column at a time, so that the widest ones end equal.
  init(natural: [Int], minimum: [Int], limit: Int?, separator: Int, margin: Int) {
    guard let limit else {
      visible = natural.enumerated().map { ($0.offset, $0.element) }
      return
    }
    var used = margin - separator
    for column in natural.indices {
      let least = min(natural[column], minimum[column])
      if used + separator + least <= limit {
        used += separator + least
        visible.append((column, min(natural[column], limit)))
      } else {
        hidden.append(column)
      }
    }
    shrink(to: limit - margin + separator - visible.count * separator, minimum)
  }

  private mutating func shrink(to room: Int, _ minimum: [Int]) {
    var excess = visible.reduce(0) { $0 + $1.width } - room
    while excess > 0 {
      var widest: Int?
      for index in visible.indices where visible[index].width > minimum[visible[index].column] {
        if widest.map({ visible[$0].width < visible[index].width }) ?? true { widest = index }
      }
      guard let widest else { return }
      visible[widest].width -= 1
      excess -= 1
    }
  }
}
