import KithBase

/// What all parts of the demo share.
final class DemoContext {
  let connection: Connection
  let seed: UInt64
  let today: Int32
  let sizes: DemoSizes
  let pool = DemoTextPool()
  let days: DemoDays
  let counter: DemoRowCounter
  var plan: DemoPlan
  /// By customer, from 1; 0 for a customer without contacts. Filled with the contacts.
  var firstContact: [Int32]
  var deals: DemoDealFacts
  let words: DemoWords

  init(
    _ connection: Connection, customers: Int, seed: UInt64, today: Day,
    progress: @escaping (Int, Int) throws -> Void
  ) {
    self.connection = connection
    self.seed = seed
    self.today = today.number
    sizes = DemoSizes(customers: customers)
    // Members joined before the first customer; plans reach a year ahead.
    days = DemoDays(
      from: today.adding(days: -DemoPlan.historyDays - 4000), through: today.adding(days: 500))
    counter = DemoRowCounter(expected: sizes.rows, progress: progress)
    plan = DemoPlan(sizes: sizes, seed: seed, today: today.number)
    deals = DemoDealFacts(count: sizes.opportunities)
    firstContact = [Int32](repeating: 0, count: customers + 1)
    words = DemoWords(pool)
  }

  func random(_ stream: UInt64) -> SplitMix64 { SplitMix64(seed: seed, stream: stream) }

  func writer(_ table: String, _ columns: [String]) throws -> DemoRowWriter {
    try DemoRowWriter(connection, table, columns, days: days, counter: counter)
  }

  /// A second of the working day, 9 to 18 o'clock in China, as UTC.
  func workingSecond(_ random: inout SplitMix64) -> Int { random.between(3600, 10 * 3600 - 1) }
}

/// The words of names, ready to be bound.
final class DemoWords {
  let brandFirst: [DemoText]
  let brandSecond: [DemoText]
  let legalForms: [DemoText]
  let trades: [DemoText]
  let tradeIndustries: [DemoText]
  let englishFirst: [DemoText]
  let englishSecond: [DemoText]
  let englishTrades: [DemoText]
  let englishForms: [DemoText]
  let surnames: [DemoText]
  let givenFirst: [DemoText]
  let givenSecond: [DemoText]
  let titles: [DemoText]
  let levels: [DemoText]
  let cities: [DemoText]
  let provinces: [DemoText]
  let regions: [DemoText]
  let products: [DemoText]
  let space: DemoText
  private let pool: DemoTextPool

  init(_ pool: DemoTextPool) {
    self.pool = pool
    brandFirst = pool.texts(DemoNames.brandFirst)
    brandSecond = pool.texts(DemoNames.brandSecond)
    legalForms = pool.texts(DemoNames.legalForms)
    trades = pool.texts(DemoNames.trades.map(\.word))
    tradeIndustries = pool.texts(DemoNames.trades.map(\.industry))
    englishFirst = pool.texts(DemoNames.englishFirst)
    englishSecond = pool.texts(DemoNames.englishSecond)
    englishTrades = pool.texts(DemoNames.englishTrades)
    englishForms = pool.texts(DemoNames.englishForms)
    surnames = pool.texts(DemoNames.surnames)
    givenFirst = pool.texts(DemoNames.givenFirst)
    givenSecond = pool.texts(DemoNames.givenSecond)
    titles = pool.texts(DemoNames.titles.map(\.title))
    levels = pool.texts(DemoNames.titles.map(\.level))
    let places = DemoPlace.bySize
    cities = pool.texts(places.map(\.city))
    provinces = pool.texts(places.map(\.province))
    regions = pool.texts(places.map(\.region))
    products = pool.texts(DemoProduct.all.map(\.name))
    space = pool.text(" ")
  }

  /// Codes or words used by one part only.
  func texts(_ codes: String) -> [DemoText] {
    pool.texts(codes.split(separator: " ").map(String.init))
  }

  func text(_ text: String) -> DemoText { pool.text(text) }

  /// A Chinese personal name in three parts.
  func person(_ random: inout SplitMix64) -> [DemoText] {
    let family = surnames[random.skewed(surnames.count)]
    let first = givenFirst[random.below(givenFirst.count)]
    return random.chance(300) ? [family, first] : [family, first, givenSecond[random.below(32)]]
  }

  /// The short name a firm is known by; the same for the same number at any time.
  func firm(_ number: Int) -> (parts: [DemoText], trade: Int, isEnglish: Bool) {
    var random = SplitMix64(seed: UInt64(number), stream: 99)
    let trade = random.skewed(trades.count)
    if random.chance(120) {
      let name = [englishFirst[random.below(32)], englishSecond[random.below(16)]]
      return (name + [space, englishTrades[random.below(16)]], trade, true)
    }
    return (
      [brandFirst[random.below(32)], brandSecond[random.below(32)], trades[trade]], trade, false
    )
  }
}
