import Glibc
import KithBase

/// One deal of a forecast: an amount that comes in with a chance, or not at all.
package struct Prospect: Sendable {
  /// In fen.
  package var amount: Int64
  /// From 0 to 1.
  package var chance: Double
  package init(amount: Int64, chance: Double) {
    self.amount = amount
    self.chance = chance
  }
}

/// The distribution of the sum of independent prospects.
///
/// Exact by convolution (f ← (1 − p)·f + p·shift(f, a), the Poisson-binomial distribution over amounts)
/// where that is feasible: over the multiples of the amounts' common divisor, or over the sums that can
/// occur at all where there are fewer of these. Else drawn: the prospects with the greatest variance one
/// by one, the many small ones left as one normal variable of their mean and variance.
package struct OutcomeDistribution {
  /// Totals in ascending order, in fen.
  package private(set) var values: [Int64]
  /// The probability of each; they sum to 1.
  package private(set) var weights: [Double]
  /// Whether the totals were drawn.
  package private(set) var isSimulated = false

  package static let seed: UInt64 = 1
  package static let draws = 10_000
  /// Prospects drawn one by one.
  private static let singles = 256
  /// Cells of an exact distribution, and steps to compute one.
  private static let cellLimit = 1_000_000
  private static let stepLimit = 50_000_000

  /// - Parameter simulating: draws even where the exact way is open.
  /// Throws K4001 where the amounts leave the range of money, K5 from the budget.
  package init(_ prospects: [Prospect], _ budget: Budget, simulating: Bool = false) throws {
    let sorted = try Self.uncertain(prospects)
    let total = sorted.prospects.last.map { _ in sorted.total } ?? 0
    values = [0]
    weights = [1]
    if !sorted.prospects.isEmpty {
      let exact = simulating ? nil : try Self.exact(sorted.prospects, total: total, budget)
      if let exact {
        (values, weights) = exact
      } else {
        values = try Self.drawn(sorted.prospects, budget)
        weights = [Double](repeating: 1 / Double(values.count), count: values.count)
        isSimulated = true
      }
    }
    if sorted.sure != 0 { for place in values.indices { values[place] += sorted.sure } }
  }

  /// The smallest total with at least this share (0…1) of the probability at or below it.
  package func quantile(_ share: Double) -> Int64 {
    var sum = 0.0
    for place in values.indices {
      sum += weights[place]
      // Sums of many small numbers come out a hair below.
      if sum >= share - 1e-12 { return values[place] }
    }
    return values[values.count - 1]
  }

  /// The probability of a total of at least this much.
  package func chance(ofAtLeast target: Int64) -> Double {
    var sum = 0.0
    for place in values.indices.reversed() where values[place] >= target { sum += weights[place] }
    return min(1, sum)
  }

  // MARK: Preparing

  /// What is sure, and the uncertain prospects by amount. A negative one that may come is a sure one that
  /// may be spared.
  private static func uncertain(_ prospects: [Prospect]) throws -> (
    sure: Int64, total: Int64, prospects: [Prospect]
  ) {
    var sure: Int128 = 0
    var total: Int128 = 0
    var result: [Prospect] = []
    for prospect in prospects where prospect.amount != 0 {
      let chance = min(1, max(0, prospect.chance))
      if chance == 0 { continue }
      if chance == 1 {
        sure += Int128(prospect.amount)
      } else if prospect.amount > 0 {
        total += Int128(prospect.amount)
        result.append(Prospect(amount: prospect.amount, chance: chance))
      } else {
        sure += Int128(prospect.amount)
        guard prospect.amount != Int64.min else { throw Execution.overflow }
        total -= Int128(prospect.amount)
        result.append(Prospect(amount: -prospect.amount, chance: 1 - chance))
      }
    }
    guard let known = Int64(exactly: sure), let all = Int64(exactly: total),
      Int64(exactly: sure + total) != nil
    else { throw Execution.overflow }
    result.sort { $0.amount != $1.amount ? $0.amount < $1.amount : $0.chance < $1.chance }
    return (known, all, result)
  }

  // MARK: Exact

  private static func exact(
    _ prospects: [Prospect], total: Int64, _ budget: Budget
  ) throws -> ([Int64], [Double])? {
    let unit = prospects.reduce(0) { divisor($0, $1.amount) }
    let cells = total / unit
    // Sums that can occur: at most two for each prospect.
    let most = prospects.count < 16 ? Int64(64) << Int64(prospects.count) : Int64.max
    if cells < Int64(cellLimit), cells <= most {
      var steps: Int64 = 0
      var reached: Int64 = 0
      for prospect in prospects {
        reached += prospect.amount / unit
        steps += reached
      }
      if steps <= Int64(stepLimit) {
        return try dense(prospects, unit: unit, cells: Int(cells) + 1, budget)
      }
    }
    return prospects.count <= 64 ? try sparse(prospects, budget) : nil
  }

  private static func divisor(_ a: Int64, _ b: Int64) -> Int64 {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// Over all multiples of the unit.
  private static func dense(
    _ prospects: [Prospect], unit: Int64, cells: Int, _ budget: Budget
  ) throws -> ([Int64], [Double]) {
    try budget.reserve(cells * 32)
    defer { budget.release(cells * 32) }
    var from = [Double](repeating: 0, count: cells)
    var to = from
    from[0] = 1
    var reached = 0
    for prospect in prospects {
      let shift = Int(prospect.amount / unit)
      let (win, lose) = (prospect.chance, 1 - prospect.chance)
      try budget.tick(1 + (reached + shift) / 64)
      from.withUnsafeBufferPointer { from in
        to.withUnsafeMutableBufferPointer { to in
          let kept = min(shift, reached + 1)
          for cell in 0..<kept { to[cell] = from[cell] * lose }
          if kept < shift { for cell in kept..<shift { to[cell] = 0 } }
          if reached >= shift {
            for cell in shift...reached { to[cell] = from[cell] * lose + from[cell - shift] * win }
          }
          let first = max(shift, reached + 1)
          for cell in first...(reached + shift) { to[cell] = from[cell - shift] * win }
        }
      }
      swap(&from, &to)
      reached += shift
    }
    var values: [Int64] = []
    var weights: [Double] = []
    for cell in 0..<cells where from[cell] > 0 {
      values.append(Int64(cell) * unit)
      weights.append(from[cell])
    }
    return (values, weights)
  }

  /// Over the sums that occur; nil where they become too many.
  private static func sparse(
    _ prospects: [Prospect], _ budget: Budget
  ) throws -> ([Int64], [Double])? {
    var values: [Int64] = [0]
    var weights: [Double] = [1]
    var steps = 0
    for prospect in prospects {
      let (win, lose) = (prospect.chance, 1 - prospect.chance)
      try budget.tick(values.count)
      steps += values.count
      if steps > stepLimit / 10 || values.count > cellLimit { return nil }
      var newValues: [Int64] = []
      var newWeights: [Double] = []
      newValues.reserveCapacity(values.count * 2)
      newWeights.reserveCapacity(values.count * 2)
      // Merges the sums without this prospect and those with it.
      var (without, with) = (0, 0)
      while with < values.count {
        let reached = values[with] + prospect.amount
        if without < values.count, values[without] <= reached {
          var weight = weights[without] * lose
          if values[without] == reached {
            weight += weights[with] * win
            with += 1
          }
          newValues.append(values[without])
          newWeights.append(weight)
          without += 1
        } else {
          newValues.append(reached)
          newWeights.append(weights[with] * win)
          with += 1
        }
      }
      (values, weights) = (newValues, newWeights)
    }
    return (values, weights)
  }

  // MARK: Drawn

  private static func drawn(_ prospects: [Prospect], _ budget: Budget) throws -> [Int64] {
    func variance(_ prospect: Prospect) -> Double {
      let amount = Double(prospect.amount)
      return amount * amount * prospect.chance * (1 - prospect.chance)
    }
    let ordered = prospects.map { (prospect: $0, variance: variance($0)) }.sorted {
      $0.variance != $1.variance
        ? $0.variance > $1.variance : $0.prospect.amount > $1.prospect.amount
    }
    let single = ordered.prefix(singles).map {
      (amount: $0.prospect.amount, bound: UInt64($0.prospect.chance * 0x1p64))
    }
    let small = ordered.dropFirst(singles)
    let mean = small.reduce(0.0) { $0 + Double($1.prospect.amount) * $1.prospect.chance }
    let deviation = small.reduce(0.0) { $0 + $1.variance }.squareRoot()
    let most = small.reduce(0.0) { $0 + Double($1.prospect.amount) }
    var random = SplitMix64(seed: seed)
    var totals: [Int64] = []
    totals.reserveCapacity(draws)
    for draw in 0..<draws {
      if draw % 256 == 0 { try budget.tick(256) }
      var total: Int64 = 0
      for prospect in single where random.next() < prospect.bound { total += prospect.amount }
      if !small.isEmpty {
        let normal = mean + deviation * random.normal()
        total += Int64(min(most, max(0, normal)).rounded())
      }
      totals.append(total)
    }
    totals.sort()
    return totals
  }
}

extension SplitMix64 {
  /// A standard normal number (Marsaglia's polar method).
  fileprivate mutating func normal() -> Double {
    while true {
      let x = Double(next() >> 11) * 0x1p-52 - 1
      let y = Double(next() >> 11) * 0x1p-52 - 1
      let square = x * x + y * y
      if square > 0, square < 1 { return x * (-2 * log(square) / square).squareRoot() }
    }
  }
}
