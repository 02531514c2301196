import KithBase

/// Sizes of a demo, from its number of customers. A million customers have two million deals, five
/// million activities, three million purchases and four hundred thousand referrals.
struct DemoSizes {
  let customers: Int
  var opportunities: Int { customers * 2 }
  var activities: Int { customers * 5 }
  var purchases: Int { customers * 3 }
  var referrals: Int { customers * 2 / 5 }
  var members: Int { min(200, max(5, customers / 100)) }
  var events: Int { min(400, max(4, customers / 60)) }
  /// Customers in the one circle of referrals; 0 for a book too small for one.
  var loop: Int { customers >= 1000 ? 10 : referrals >= 3 && customers >= 10 ? 3 : 0 }
  /// Rows of all tables, roughly, for showing progress.
  var rows: Int { customers * 26 }
}

/// What the tables must agree on, decided before any row is written. Customers count from 1 here as
/// in the table; place 0 of each array is unused.
struct DemoPlan {
  let sizes: DemoSizes
  let today: Int32
  /// Ascending: the book has its customers in the order they came.
  private(set) var created: [Int32]
  private(set) var owner: [UInt8]
  private(set) var city: [UInt8]
  /// The referral a customer came by; 0 for none.
  private(set) var referralOf: [Int32]
  /// By referral, from 1: who was referred, and by which referrer.
  private(set) var referred: [Int32] = [0]
  private(set) var referrerOf: [Int32] = [0]
  /// By referrer, from 1: the customer it stands for, 0 for a person known otherwise.
  private(set) var referrerCustomer: [Int32] = [0]
  /// Filled while deals and purchases are written.
  var purchaseCount: [UInt16]
  var wonDeals: [WonDeal] = []
  var openDeals: [UInt8]

  struct WonDeal {
    var opportunity: Int32
    var customer: Int32
    var day: Int32
    var product: UInt8
    var owner: UInt8
    /// Fen; 0 for a deal without an amount.
    var amount: Int64
  }

  /// Five years of history.
  static let historyDays = 1825

  init(sizes: DemoSizes, seed: UInt64, today: Int32) {
    self.sizes = sizes
    self.today = today
    let count = sizes.customers
    created = [Int32](repeating: today, count: count + 1)
    owner = [UInt8](repeating: 1, count: count + 1)
    city = [UInt8](repeating: 0, count: count + 1)
    referralOf = [Int32](repeating: 0, count: count + 1)
    purchaseCount = [UInt16](repeating: 0, count: count + 1)
    openDeals = [UInt8](repeating: 0, count: count + 1)
    var random = SplitMix64(seed: seed, stream: 1)
    let places = DemoPlace.bySize.count
    for index in 1...count {
      // More customers come each year: the later half of the numbers takes a third of the time.
      let part = Double(index) / Double(count + 1)
      let passed = Double(DemoPlan.historyDays) * part * (1.5 - 0.5 * part)
      created[index] = today - Int32(DemoPlan.historyDays) + Int32(passed)
      owner[index] = UInt8(1 + random.skewed(sizes.members))
      city[index] = UInt8(random.skewed(places))
    }
    plantForest(seed: seed)
  }

  /// Who referred whom: trees of at most `maximumDepth` steps, and one circle beside them.
  ///
  /// A customer is referred once at most, by somebody who came earlier, so that only the circle can
  /// close. Its customers are nobody else's referrers.
  private mutating func plantForest(seed: UInt64) {
    var random = SplitMix64(seed: seed, stream: 2)
    let count = sizes.customers
    var depth = [UInt8](repeating: 0, count: count + 1)
    var referrerByCustomer = [Int32](repeating: 0, count: count + 1)
    let circle = circleMembers()
    var wanted = sizes.referrals - circle.count
    // Roots that are no customers: colleagues, friends, classmates.
    let strangers = max(1, sizes.referrals / 12)
    for _ in 0..<strangers { referrerCustomer.append(0) }
    for customer in 1...count where wanted > 0 {
      // So many of those left are referred that the number comes out exactly.
      guard !circle.contains(customer), random.below(count - customer + 1) < wanted else {
        continue
      }
      wanted -= 1
      var referrer = Int32(1 + random.skewed(strangers))
      var step: UInt8 = 1
      if customer > 1, random.chance(780) {
        // Six in ten go on from one of the last to be referred, which makes the deep branches.
        var parent = 1 + random.below(customer - 1)
        if referred.count > 1, random.chance(600) {
          parent = Int(referred[referred.count - 1 - random.below(min(referred.count - 1, 200))])
        }
        if depth[parent] < DemoPlan.maximumDepth, !circle.contains(parent) {
          if referrerByCustomer[parent] == 0 {
            referrerByCustomer[parent] = Int32(referrerCustomer.count)
            referrerCustomer.append(Int32(parent))
          }
          referrer = referrerByCustomer[parent]
          step = depth[parent] + 1
        }
      }
      depth[customer] = step
      addReferral(customer, by: referrer)
    }
    for (index, customer) in circle.enumerated() {
      let next = circle[(index + 1) % circle.count]
      referrerCustomer.append(Int32(customer))
      addReferral(next, by: Int32(referrerCustomer.count - 1))
    }
  }

  static let maximumDepth: UInt8 = 15

  private mutating func addReferral(_ customer: Int, by referrer: Int32) {
    referred.append(Int32(customer))
    referrerOf.append(referrer)
    referralOf[customer] = Int32(referred.count - 1)
  }

  /// Spread over the middle of the book.
  private func circleMembers() -> [Int] {
    (0..<sizes.loop).map { sizes.customers / 2 + $0 * max(1, sizes.customers / 200) }
  }

  /// A customer, some of them much more often than others and some never.
  ///
  /// The density over the places is that of a cube begun a little above zero: the most popular
  /// place is drawn about 65 times as often as an average one, the least popular a third as often.
  /// - Parameters:
  ///   - turn: decides which customers the places are; see `turn(_:)`.
  ///   - perMille: so many of a thousand customers can be drawn at all.
  func popular(_ random: inout SplitMix64, turn: Int, perMille: Int) -> Int {
    let start = 0.08
    let u = random.unit() + start
    let scale = (1 + start) * (1 + start) * (1 + start) - start * start * start
    let part = (u * u * u - start * start * start) / scale
    let count = max(1, sizes.customers * perMille / 1000)
    let place = min(count - 1, Int(Double(count) * part))
    // A step that shares no factor with the number of customers goes round all of them.
    return 1 + (place &* turn &+ sizes.customers / 3) % sizes.customers
  }

  /// A customer who was there on the day, drawn as by `popular`. After twenty misses the day is put
  /// off to the last one's first.
  func popular(
    _ random: inout SplitMix64, turn: Int, perMille: Int, on day: inout Int32
  ) -> Int {
    var customer = 1
    for _ in 0..<20 {
      customer = popular(&random, turn: turn, perMille: perMille)
      if created[customer] <= day { return customer }
    }
    day = created[customer]
    return customer
  }

  /// A day of the history, half a year after its beginning at the earliest: before, there are
  /// hardly any customers. The last year has about half as many again as the first.
  func day(_ random: inout SplitMix64) -> Int32 {
    let u = random.unit()
    return today - Int32(Double(DemoPlan.historyDays - 180) * (u * (0.8 + 0.2 * u)))
  }

  /// A step near the golden section without a common factor with the number of customers.
  func turn(_ start: Int) -> Int {
    func common(_ a: Int, _ b: Int) -> Int { b == 0 ? a : common(b, a % b) }
    var step = max(1, Int(Double(sizes.customers) * 0.618) + start)
    while common(step, sizes.customers) != 1 { step += 1 }
    return step
  }
}
