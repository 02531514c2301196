/// The life of one deal.
struct DemoDeal {
  struct Move {
    /// Stages 0 to 5; -1 before the first and after the last one.
    var from: Int
    var to: Int
    /// 0 open, 1 won, 2 lost, 3 abandoned, after the move.
    var state: Int
    var day: Int32
    var second: Int
    var expected: Int32
    /// The expected day before this move put it off; 0 where it did not.
    var pushedFrom: Int32 = 0
    var isLast = false
  }

  let index: Int
  let customer: Int
  let product: Int
  let owner: Int
  let created: Int32
  /// Fen at the end; 0 for none.
  let amount: Int64
  /// Fen while it was young.
  private(set) var early: Int64
  private(set) var state = 0
  private(set) var stage = 0
  private(set) var expected: Int32
  private(set) var end: Int32
  private(set) var moves: [Move] = []

  var createdSecond: Int { moves.first?.second ?? 0 }
  var endSecond: Int { moves.last?.second ?? 0 }

  init(
    index: Int, customer: Int, product: Int, owner: Int, created: Int32, amount: Int64
  ) {
    self.index = index
    self.customer = customer
    self.product = product
    self.owner = owner
    self.created = created
    self.amount = amount
    early = amount
    expected = created
    end = created
    moves.reserveCapacity(8)
  }

  /// Usual days in A to F.
  private static let usualDays = [6, 8, 12, 9, 5, 10]

  mutating func live(_ random: inout SplitMix64, today: Int32) {
    if random.chance(300) { early = amount / 100 * Int64(random.between(60, 130)) }
    expected = created + Int32(random.between(20, 110))
    let first = random.below(100)
    stage = first < 55 ? 0 : first < 82 ? 1 : first < 95 ? 2 : 3
    var day = created
    add(from: -1, to: stage, state: 0, day, &random)
    // Twelve moves are more than any deal of this kind sees.
    while moves.count < 12 {
      // One in thirty is forgotten and stays open.
      if random.chance(33) { break }
      let tail = random.chance(150) ? random.below(60) : 0
      day += Int32(1 + random.below(2 * DemoDeal.usualDays[stage]) + tail)
      if day > today { break }
      if stage >= 4 {
        if stage == 4, random.chance(300) {
          add(from: 4, to: 5, state: 0, day, &random)
          stage = 5
          continue
        }
        return close(stage == 5 || random.chance(930) ? 1 : 2, day, &random)
      }
      let draw = random.below(1000)
      if draw < 350 { return close(2, day, &random) }
      if draw < 388 { return close(3, day, &random) }
      let target = draw < 440 ? max(0, stage - 1) : draw < 515 ? min(4, stage + 2) : stage + 1
      if target == stage { continue }
      if random.chance(150) { pushedFrom = expected }
      add(from: stage, to: target, state: 0, day, &random)
      stage = target
    }
    end = today
    markLast()
  }

  private var pushedFrom: Int32 = 0

  private mutating func add(
    from: Int, to: Int, state: Int, _ day: Int32, _ random: inout SplitMix64
  ) {
    if pushedFrom != 0 { expected += Int32(random.between(15, 45)) }
    moves.append(
      Move(
        from: from, to: to, state: state, day: day, second: random.between(3600, 35_999),
        expected: expected, pushedFrom: pushedFrom))
    pushedFrom = 0
  }

  private mutating func close(_ state: Int, _ day: Int32, _ random: inout SplitMix64) {
    add(from: stage, to: -1, state: state, day, &random)
    self.state = state
    end = day
    markLast()
  }

  /// The amount of the last row is the deal's own.
  private mutating func markLast() {
    if let last = moves.indices.last { moves[last].isLast = true }
  }
}
