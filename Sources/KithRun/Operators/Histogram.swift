import KithBase
import KithPlan

extension Execution {
  func histogram(_ input: Frame, _ plan: HistogramPlan) throws -> Frame {
    let values = try column(plan.expr, input)
    let empties = values.emptyFlags(0, values.count).reduce(0) { $0 + Int($1) }
    notes.count(
      .emptyInAggregate, NoteLabel.joined("", aggregate: "histogram", zh: "分布"), empties)
    let frame: Frame
    switch (values, plan.width) {
    case (.day(let days), .calendar(let unit)): frame = try calendar(plan, days, unit)
    case (.day(let days), let width):
      let numbers = days.map { $0 == Empty.day ? .nan : Double($0) }
      frame = try buckets(plan, numbers, width, whole: true) { edges in
        .day(edges.map { Int32(exactly: $0.rounded()) ?? Empty.day })
      }
    case (.int(let ints), let width):
      let numbers = ints.map { $0 == Empty.int ? .nan : Double($0) }
      frame = try buckets(plan, numbers, width, whole: true) { edges in
        .int(edges.map { Int64(exactly: $0.rounded()) ?? Empty.int })
      }
    case (.float(let numbers), let width):
      frame = try buckets(plan, numbers, width, whole: false) { .float($0) }
    default: throw mismatch("a histogram")
    }
    return try replace(input, by: frame)
  }

  private func result(_ plan: HistogramPlan, _ from: Vector, _ to: Vector, _ counts: [Int64])
    -> Frame
  {
    Frame(
      rowCount: counts.count,
      slots: [plan.from: .vector(from), plan.to: .vector(to), plan.count: .vector(.int(counts))])
  }

  private func calendar(_ plan: HistogramPlan, _ days: [Int32], _ unit: CalendarUnit) throws
    -> Frame
  {
    let filled = days.filter { $0 != Empty.day }
    guard let low = filled.min(), let high = filled.max() else {
      return result(plan, .day([]), .day([]), [])
    }
    var starts: [Int32] = []
    var day = Day(number: low).start(of: unit)
    while day.number <= high {
      starts.append(day.number)
      if starts.count % Frame.batch == 0 { try budget.tick(Frame.batch) }
      day = day.adding(1, unit)
    }
    var counts = [Int64](repeating: 0, count: starts.count)
    for value in filled {
      // The last start at or before the day.
      var (lower, upper) = (0, starts.count)
      while upper - lower > 1 {
        let middle = (lower + upper) / 2
        if starts[middle] <= value { lower = middle } else { upper = middle }
      }
      counts[lower] += 1
    }
    let ends = starts.map { Day(number: $0).adding(1, unit).number }
    return result(plan, .day(starts), .day(ends), counts)
  }

  /// More buckets than this are a mistake in the width, not a histogram.
  private static let bucketLimit = 100_000.0

  private func buckets(
    _ plan: HistogramPlan, _ numbers: [Double], _ width: HistogramPlan.Width, whole: Bool,
    _ edges: ([Double]) -> Vector
  ) throws -> Frame {
    let filled = numbers.filter { !$0.isNaN && $0.isFinite }
    guard let low = filled.min(), let high = filled.max() else {
      return result(plan, edges([]), edges([]), [])
    }
    let size: Double
    switch width {
    case .fixed(let given) where given > 0: size = given
    case .fixed, .automatic, .calendar: size = niceWidth(low, high, whole: whole)
    }
    let first = (low / size).rounded(.down)
    let last = (high / size).rounded(.down)
    guard last - first < Self.bucketLimit else {
      throw Diagnostic(
        "K4003", "the width makes more than 100,000 buckets", help: "choose a greater width")
    }
    var counts = [Int64](repeating: 0, count: Int(last - first) + 1)
    for value in filled { counts[Int((value / size).rounded(.down) - first)] += 1 }
    let from = counts.indices.map { (first + Double($0)) * size }
    let to = counts.indices.map { (first + Double($0) + 1) * size }
    return result(plan, edges(from), edges(to), counts)
  }

  /// 1, 2 or 5 times a power of ten, such that about ten buckets hold the range.
  private func niceWidth(_ low: Double, _ high: Double, whole: Bool) -> Double {
    let raw = (high - low) / 10
    guard raw > 0 else { return 1 }
    var power = 1.0
    while power * 10 <= raw { power *= 10 }
    while power > raw { power /= 10 }
    let step = [1.0, 2, 5, 10].first { $0 * power >= raw } ?? 10
    return whole ? max(1, step * power) : step * power
  }
}
