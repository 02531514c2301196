import KithBase
import KithPlan

/// The rows a funnel gives: figures by name, block after block.
struct FunnelFigures {
  private var labels: [String] = []
  private var blocks: [String] = []
  private var ints: [String: [Int64]] = [:]
  private var floats: [String: [Double]] = [:]
  /// By row the first input row of its breakdown; -1 where there is none.
  private var rows: [Int32] = []

  var isEmpty: Bool { labels.isEmpty }

  /// Takes up the rows of some breakdowns of a block: in each a row per step.
  mutating func begin(_ block: FunnelPlan.Block, _ groups: [Int], _ all: Groups) {
    for group in groups {
      labels += block.steps.map(\.label)
      blocks += [String](repeating: block.name, count: block.steps.count)
      let first = group < all.first.count ? all.first[group] : -1
      rows += [Int32](repeating: first, count: block.steps.count)
    }
  }

  mutating func add(_ name: String, _ value: Int64) { ints[name, default: []].append(value) }
  mutating func add(_ name: String, _ value: Double) { floats[name, default: []].append(value) }

  /// The median and the ninetieth percentile of some lengths, in days.
  mutating func addDays(_ lengths: [Int64]) {
    let day = 86_400_000_000.0
    var lengths = lengths
    if lengths.isEmpty {
      add("median_days", .nan)
      add("p90_days", .nan)
      return
    }
    let (low, high) = Execution.middles(of: &lengths)
    add("median_days", (Double(low) / day + Double(high) / day) / 2)
    add("p90_days", Double(Execution.percentile(of: &lengths, 0.9)) / day)
  }

  /// As a frame with the slots of the plan, the breakdown's values beside.
  func frame(_ plan: FunnelPlan, keys: [Vector]) -> Frame {
    var frame = Frame(rowCount: labels.count)
    for column in plan.columns.all {
      let vector: Vector? =
        column.name == "stage"
        ? Vector.texts(labels)
        : ints[column.name].map { .int($0) } ?? floats[column.name].map { .float($0) }
      // Without rows no figure was added.
      let empty: Vector = column.type == .int || column.type == .money ? .int([]) : .float([])
      frame.slots[column.slot] = .vector(vector ?? empty)
    }
    if let block = plan.blockSlot { frame.slots[block] = .vector(Vector.texts(blocks)) }
    for (slot, vector) in zip(plan.by, keys) {
      frame.slots[slot.slot] = .vector(vector.gatherOrEmpty(rows))
    }
    return frame
  }
}
