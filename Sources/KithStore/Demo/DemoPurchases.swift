import KithBase

/// Purchases with their lines, some payments, projects and installations. Each won deal is bought
/// first; the rest are orders of their own, more in some months than in others.
struct DemoPurchases {
  let demo: DemoContext
  private let purchase: DemoRowWriter
  private let item: DemoRowWriter
  private let payment: DemoRowWriter
  private let project: DemoRowWriter
  private let installation: DemoRowWriter
  private let discounts: [DemoText]
  private let milestones: [DemoText]
  private let projectStates: [DemoText]
  private let vendor: DemoText
  private let contract: DemoText
  private let projectEnding: DemoText
  private let products = DemoProduct.all

  init(_ demo: DemoContext) throws {
    self.demo = demo
    purchase = try demo.writer(
      "purchase",
      [
        "name", "ordered_on", "contract", "provisioned_on", "starts_on", "ends_on", "amount_fen",
        "cost_fen", "discount_kind", "presales", "returned", "city", "province", "region",
        "customer_id", "opportunity_id", "owner_id",
      ])
    item = try demo.writer(
      "item",
      [
        "quantity", "unit_price_fen", "discount", "amount_fen", "cost_fen", "purchase_id",
        "product_id",
      ])
    payment = try demo.writer(
      "payment",
      ["milestone", "due_on", "amount_fen", "paid_on", "received_fen", "purchase_id"])
    project = try demo.writer(
      "project",
      [
        "name", "difficulty", "planned_days", "handed_over_on", "kickoff_on", "finished_on",
        "state",
        "customer_id", "purchase_id",
      ])
    installation = try demo.writer(
      "installation",
      ["name", "vendor", "installed_on", "stopped_on", "effect", "customer_id", "product_id"])
    let words = demo.words
    discounts = words.texts("none promotion price_cut")
    milestones = words.texts("首付款 尾款")
    projectStates = words.texts("handover running stalled done")
    vendor = words.text("us")
    contract = words.text("HT")
    projectEnding = words.text("实施")
  }

  private struct Order {
    var customer: Int
    var opportunity = 0
    var owner: Int
    var day: Int32
    var product: Int
    /// Fen, for one line; 0 where the lines make it.
    var amount: Int64 = 0
  }

  /// Weights of the months, January first: quiet before the spring festival, busy at the ends of
  /// quarters and of the year.
  private static let months = [5, 4, 9, 8, 8, 10, 7, 7, 10, 8, 12, 12]

  func write() throws {
    var random = demo.random(50)
    let turn = demo.plan.turn(91)
    let months = MonthTable(through: Day(number: demo.today))
    let won = demo.plan.wonDeals
    for number in 0..<demo.sizes.purchases {
      if number < won.count {
        let deal = won[number]
        try writeOrder(
          Order(
            customer: Int(deal.customer), opportunity: Int(deal.opportunity),
            owner: Int(deal.owner), day: deal.day, product: Int(deal.product), amount: deal.amount),
          &random)
        continue
      }
      var day = demo.plan.day(&random)
      // Five tries find a day of a busy month nearly always; the last one is kept as it is.
      for _ in 0..<5 where random.below(12) >= Self.months[months.month(day) - 1] {
        day = demo.plan.day(&random)
      }
      let customer = demo.plan.popular(&random, turn: turn, perMille: 500, on: &day)
      try writeOrder(
        Order(
          customer: customer, owner: Int(demo.plan.owner[customer]), day: day,
          product: random.skewed(products.count)), &random)
    }
    demo.plan.wonDeals = []
  }

  private func writeOrder(_ order: Order, _ random: inout SplitMix64) throws {
    let number = Int(purchase.id) + 1
    if demo.plan.purchaseCount[order.customer] < .max {
      demo.plan.purchaseCount[order.customer] += 1
    }
    let sum = try writeItems(order, number, &random)
    let product = products[order.product]
    let words = demo.words
    let city = Int(demo.plan.city[order.customer])
    purchase.row()
    purchase.text(words.products[order.product])
    purchase.day(order.day)
    purchase.text(contract, number: number, width: 8)
    if random.chance(850) {
      purchase.day(min(demo.today, order.day + Int32(random.between(1, 20))))
    } else {
      purchase.null()
    }
    if product.isService {
      purchase.day(order.day)
      purchase.day(order.day + 365)
    } else {
      purchase.null()
      purchase.null()
    }
    purchase.int(sum.amount)
    purchase.int(sum.cost)
    purchase.text(discounts[sum.isReduced ? 1 + random.below(2) : 0])
    if random.chance(900) { purchase.int(random.chance(600) ? 1 : 0) } else { purchase.null() }
    purchase.int(random.chance(12) ? 1 : 0)
    purchase.text(words.cities[city])
    purchase.text(words.provinces[city])
    purchase.text(words.regions[city])
    purchase.int(order.customer)
    purchase.reference(order.opportunity)
    purchase.int(order.owner)
    try purchase.insert()
    if random.chance(80) { try writePayments(order, number, sum.amount, &random) }
    if random.chance(15), !product.isService { try writeProject(order, number, &random) }
    if random.chance(50), product.kind == "licence" || product.kind == "platform" {
      try writeInstallation(order, &random)
    }
  }

  /// One line mostly, three at most; their sums make the purchase's.
  private func writeItems(
    _ order: Order, _ number: Int, _ random: inout SplitMix64
  ) throws -> (amount: Int64, cost: Int64, isReduced: Bool) {
    var amount: Int64 = 0
    var cost: Int64 = 0
    var isReduced = false
    let draw = random.below(100)
    for line in 0..<(order.amount != 0 || draw < 88 ? 1 : draw < 97 ? 2 : 3) {
      let product = line == 0 ? order.product : random.skewed(products.count)
      let discount = random.chance(700) || order.amount != 0 ? 0 : [5, 10, 20][random.below(3)]
      let quantity = order.amount != 0 ? 1 : 1 + Int64(random.skewed(6))
      let price =
        order.amount != 0 ? order.amount : products[product].price * Int64(100 - discount)
      let part = price * quantity
      let partCost = part / 100 * Int64(random.between(45, 80))
      item.row()
      item.real(Double(quantity))
      item.int(price)
      item.real(Double(discount) / 100)
      item.int(part)
      item.int(partCost)
      item.int(number)
      item.int(product + 1)
      try item.insert()
      amount += part
      cost += partCost
      if discount > 0 { isReduced = true }
    }
    return (amount, cost, isReduced)
  }

  private func writePayments(
    _ order: Order, _ number: Int, _ amount: Int64, _ random: inout SplitMix64
  ) throws {
    let down = amount / 10 * 3
    for (part, sum, due) in [(0, down, Int32(15)), (1, amount - down, Int32(90))] {
      let day = order.day + due
      let paid = day + Int32(random.between(-10, 30))
      payment.row()
      payment.text(milestones[part])
      payment.day(day)
      payment.int(sum)
      if paid <= demo.today, random.chance(900) {
        payment.day(paid)
        payment.int(random.chance(950) ? sum : sum / 2)
      } else {
        payment.null()
        payment.null()
      }
      payment.int(number)
      try payment.insert()
    }
  }

  private func writeProject(
    _ order: Order, _ number: Int, _ random: inout SplitMix64
  ) throws {
    let kickoff = order.day + Int32(random.between(5, 40))
    let planned = random.between(15, 120)
    let finish = kickoff + Int32(planned + random.between(-10, 50))
    let isDone = finish <= demo.today && random.chance(900)
    project.row()
    project.text(demo.words.products[order.product], projectEnding)
    project.int(random.between(1, 5))
    project.int(planned)
    project.day(min(demo.today, order.day + 3))
    if kickoff <= demo.today { project.day(kickoff) } else { project.null() }
    if isDone { project.day(finish) } else { project.null() }
    project.text(
      projectStates[isDone ? 3 : kickoff > demo.today ? 0 : random.chance(150) ? 2 : 1])
    project.int(order.customer)
    project.int(number)
    try project.insert()
  }

  private func writeInstallation(_ order: Order, _ random: inout SplitMix64) throws {
    installation.row()
    installation.text(demo.words.products[order.product])
    installation.text(vendor)
    installation.day(min(demo.today, order.day + 10))
    let age = Int(demo.today - order.day)
    if age > 60, random.chance(80) {
      installation.day(order.day + Int32(random.between(30, age)))
    } else {
      installation.null()
    }
    installation.int(random.between(1, 5))
    installation.int(order.customer)
    installation.int(order.product + 1)
    try installation.insert()
  }
}

/// The month of each day of the demo, so that the calendar is not asked three million times.
private struct MonthTable {
  private let first: Int32
  private let months: [UInt8]

  init(through last: Day) {
    let start = last.number - Int32(DemoPlan.historyDays) - 1
    first = start
    months = (start...last.number).map { UInt8(Day(number: $0).parts.month) }
  }

  func month(_ day: Int32) -> Int { Int(months[Int(day - first)]) }
}
