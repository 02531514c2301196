import KithBase
import KithPlan
import KithRun
import Testing

/// Distributions of sums of wins, against figures found by going through every outcome.
@Suite struct RunForecastTests {
  /// The five open deals of the published example, in yuan, stage chances A 10 %, B 25 %, C 50 %, D 75 %.
  private static let open: [(Int64, Double)] = [
    (90_000, 0.5), (120_000, 0.25), (300_000, 0.75), (50_000, 0.1), (70_000, 0.1),
  ]

  private func prospects(_ deals: [(Int64, Double)]) -> [Prospect] {
    deals.map { Prospect(amount: $0.0, chance: $0.1) }
  }

  private func published() -> [Prospect] {
    prospects(Self.open.map { ($0.0 * 100, $0.1) })
  }

  @Test("the published example: quantiles, a target, mean and deviation")
  func example() throws {
    let outcome = try OutcomeDistribution(published(), Budget())
    #expect(!outcome.isSimulated)
    #expect(
      [0.1, 0.25, 0.5, 0.75, 0.9].map { outcome.quantile($0) / 100 }
        == [90_000, 300_000, 350_000, 390_000, 490_000])
    #expect(abs(outcome.chance(ofAtLeast: 30_000_000) - 0.7503125) < 1e-12)
    let pairs = zip(outcome.values, outcome.weights).map { (Double($0) / 100, $1) }
    let mean = pairs.reduce(0) { $0 + $1.0 * $1.1 }
    let variance = pairs.reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
    #expect(abs(mean - 312_000) < 1e-6)
    #expect(abs(variance.squareRoot() - 149_217.96) < 0.005)
    #expect(abs(outcome.weights.reduce(0, +) - 1) < 1e-12)
  }

  @Test("the number of wins is the sum of amounts of one")
  func wins() throws {
    let outcome = try OutcomeDistribution(prospects(Self.open.map { (1, $0.1) }), Budget())
    #expect(outcome.values == [0, 1, 2, 3, 4, 5])
    for (found, expected) in zip(outcome.weights, [0.0759, 0.3459, 0.4031, 0.1531, 0.0209, 0.0009])
    {
      #expect(abs(found - expected) < 0.00005)
    }
  }

  @Test("nothing, what is sure, what is impossible, and negative amounts")
  func edges() throws {
    #expect(try OutcomeDistribution([], Budget()).values == [0])
    let sure = try OutcomeDistribution(prospects([(100, 1), (7, 0), (5, 1.5), (9, -1)]), Budget())
    #expect(sure.values == [105] && sure.weights == [1])
    // −10 with 25 %, 30 with 50 %: −10 .125, 0 .375, 20 .125, 30 .375.
    let mixed = try OutcomeDistribution(prospects([(-10, 0.25), (30, 0.5)]), Budget())
    #expect(mixed.values == [-10, 0, 20, 30] && mixed.weights == [0.125, 0.375, 0.125, 0.375])
    #expect(throws: Diagnostic.self) {
      try OutcomeDistribution(prospects([(Int64.max, 0.5), (Int64.max, 0.5)]), Budget())
    }
  }

  @Test("amounts without a common divisor are exact too")
  func sparse() throws {
    let deals: [(Int64, Double)] = [
      (99_999_989, 0.3), (123_456_791, 0.6), (87_654_321, 0.2), (1, 0.5), (55_555_553, 0.9),
    ]
    let outcome = try OutcomeDistribution(prospects(deals), Budget())
    #expect(!outcome.isSimulated && outcome.values.count == 32)
    var best: [Int64: Double] = [:]
    for mask in 0..<32 {
      var (sum, chance) = (Int64(0), 1.0)
      for (bit, deal) in deals.enumerated() {
        chance *= mask >> bit & 1 == 1 ? deal.1 : 1 - deal.1
        if mask >> bit & 1 == 1 { sum += deal.0 }
      }
      best[sum, default: 0] += chance
    }
    for (value, weight) in zip(outcome.values, outcome.weights) {
      #expect(abs((best[value] ?? -1) - weight) < 1e-12)
    }
  }

  @Test("draws come near the exact distribution, and are the same every time")
  func simulation() throws {
    let small = try OutcomeDistribution(published(), Budget(), simulating: true)
    #expect(small.isSimulated)
    #expect(abs(small.chance(ofAtLeast: 30_000_000) - 0.7503) < 0.02)
    let many = (1...1_000).map { number -> Prospect in
      let (amount, tenths) = (number % 97 + 3, number % 9 + 1)
      return Prospect(amount: Int64(amount * 100), chance: Double(tenths) / 10)
    }
    let exact = try OutcomeDistribution(many, Budget())
    let drawn = try OutcomeDistribution(many, Budget(), simulating: true)
    #expect(!exact.isSimulated && drawn.isSimulated)
    for share in [0.1, 0.5, 0.9] {
      let a = Double(exact.quantile(share))
      let b = Double(drawn.quantile(share))
      #expect(abs(b / a - 1) < 0.002)
    }
    let again = try OutcomeDistribution(many, Budget(), simulating: true)
    #expect(again.values == drawn.values)
  }

  @Test("too many deals for the exact way are drawn, within the budget")
  func limits() throws {
    let many = (1...20_000).map { Prospect(amount: Int64($0) * 7_919 + 13, chance: 0.3) }
    #expect(try OutcomeDistribution(many, Budget()).isSimulated)
    let stop = Interruption()
    stop.pull()
    #expect(throws: Diagnostic.self) { try OutcomeDistribution(many, Budget(interruption: stop)) }
    #expect(throws: Diagnostic.self) {
      try OutcomeDistribution(self.published(), Budget(interruption: stop))
    }
    let few = Budget(limits: Budget.Limits(rowsScanned: 10))
    #expect(throws: Diagnostic.self) { try OutcomeDistribution(many, few) }
  }
}
