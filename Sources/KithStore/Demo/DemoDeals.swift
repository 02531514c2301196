import KithBase
import KithModel

/// Deals with the history of their stages.
///
/// A deal starts at one of the first stages and then, after some days in each, goes on, skips a
/// stage, falls back, is lost or given up, until it is closed or today is reached.
struct DemoDeals {
  let demo: DemoContext
  private let opportunity: DemoRowWriter
  private let change: DemoRowWriter
  private let log: DemoRowWriter
  /// Ids of the stages A to F.
  private let stages: [Int]
  private let states: [DemoText]
  private let kinds: [DemoText]
  private let sources: [DemoText]
  private let reasons: [DemoText]
  private let gaps: [DemoText]
  private let buyingSteps: [DemoText]
  private let nextSteps: [DemoText]
  private let strategies: [DemoText]
  private let entityWord: DemoText
  private let fieldWord: DemoText
  private let funnel: Int

  init(_ demo: DemoContext) throws {
    self.demo = demo
    funnel = Int(try demo.connection.int(#"SELECT "id" FROM "funnel" WHERE "main" = 1"#) ?? 1)
    let find = try demo.connection.prepare(
      #"SELECT "id" FROM "stage" WHERE "funnel_id" = ? ORDER BY "position""#)
    try find.bind(1, Int64(funnel))
    var found: [Int] = []
    while try find.step() { found.append(Int(find.int(0) ?? 0)) }
    guard found.count == DefaultStage.shipped.count else { throw StoreError.notEmpty }
    stages = found
    opportunity = try demo.writer(
      "opportunity",
      [
        "name", "state", "amount_fen", "cost_fen", "manual_win", "expected_close_on", "closed_at",
        "kind", "source", "lost_reason", "gap_kind", "buying_step", "strategy", "next_step",
        "next_due_on", "customer_id", "funnel_id", "stage_id", "owner_id", "product_id",
        "lost_to_id",
        "referral_id", "created_at",
      ])
    change = try demo.writer(
      "stage_change",
      [
        "from_id", "to_id", "state", "at", "amount_fen", "expected_close_on", "opportunity_id",
        "author_id",
      ])
    log = try demo.writer(
      "change", ["entity", "object_id", "field", "from_value", "to_value", "at", "author_id"])
    let words = demo.words
    states = words.texts("open won lost abandoned")
    kinds = words.texts("construction retrofit new_product upgrade service course")
    sources = words.texts("event visit phone agent web leaflet survey newsletter other referral")
    reasons = words.texts(
      "price rival no_budget no_need no_decision timing product_gap relationship no_response other")
    gaps = words.texts("expansion non_standard it_bottleneck dissatisfaction")
    buyingSteps = words.texts("discover analyse probe select compare align decide buy")
    nextSteps = words.texts("约见决策人 提交方案 产品演示 商务报价 合同审批 参观标杆 技术交流")
    strategies = words.texts("突出行业经验 强调本地服务 邀请参观标杆 组合报价")
    entityWord = words.text("opportunity")
    fieldWord = words.text("expected_close")
  }

  func write() throws {
    var random = demo.random(40)
    let turn = demo.plan.turn(17)
    for index in 1...demo.sizes.opportunities {
      var day = demo.plan.day(&random)
      // A pipeline has some deals nobody has filed under a customer.
      let customer =
        random.chance(20)
        ? 0 : demo.plan.popular(&random, turn: turn, perMille: 700, on: &day)
      let product = random.skewed(demo.words.products.count)
      let price = DemoProduct.all[product].price
      var deal = DemoDeal(
        index: index, customer: customer, product: product,
        owner: customer == 0 || random.chance(80)
          ? 1 + random.below(demo.sizes.members) : Int(demo.plan.owner[customer]),
        created: day,
        amount: random.chance(60)
          ? 0 : random.amount(median: max(5_000, price * 2), spread: 2.2, step: 100) * 100)
      deal.live(&random, today: demo.today)
      try writeDeal(deal, &random)
      try writeMoves(deal)
      remember(deal)
    }
  }

  private func writeDeal(_ deal: DemoDeal, _ random: inout SplitMix64) throws {
    let words = demo.words
    let isOpen = deal.state == 0
    opportunity.row()
    if deal.customer == 0 {
      opportunity.text(words.products[deal.product])
    } else {
      opportunity.joined(
        words.firm(deal.customer).parts + [words.space, words.products[deal.product]])
    }
    opportunity.text(states[deal.state])
    if deal.amount == 0 { opportunity.null() } else { opportunity.int(deal.amount) }
    if deal.amount != 0, random.chance(400) {
      opportunity.int(deal.amount / 100 * Int64(random.between(45, 85)))
    } else {
      opportunity.null()
    }
    if isOpen, random.chance(60) {
      opportunity.real(Double(random.between(1, 19)) * 0.05)
    } else {
      opportunity.null()
    }
    opportunity.day(deal.expected)
    if isOpen { opportunity.null() } else { opportunity.time(deal.end, deal.endSecond) }
    opportunity.text(kinds[random.skewed(6)])
    let referral = deal.customer == 0 ? 0 : Int(demo.plan.referralOf[deal.customer])
    let cameByReferral = referral != 0 && random.chance(400)
    opportunity.text(cameByReferral ? sources[9] : sources[random.skewed(9)])
    let reason = deal.state == 2 ? random.skewed(reasons.count) : -1
    opportunity.text(reason < 0 ? nil : reasons[reason])
    opportunity.text(random.chance(250) ? gaps[random.below(4)] : nil)
    opportunity.text(isOpen && random.chance(500) ? buyingSteps[min(7, deal.stage + 2)] : nil)
    opportunity.text(random.chance(250) ? strategies[random.below(4)] : nil)
    if isOpen, random.chance(650) {
      opportunity.text(nextSteps[random.below(7)])
      opportunity.day(demo.today + Int32(random.between(-12, 25)))
    } else {
      opportunity.null()
      opportunity.null()
    }
    opportunity.reference(deal.customer)
    opportunity.int(funnel)
    opportunity.int(stages[deal.stage])
    opportunity.int(deal.owner)
    opportunity.int(deal.product + 1)
    opportunity.reference(reason == 1 ? 1 + random.below(DemoStaff.competitorNames.count) : 0)
    opportunity.reference(cameByReferral ? referral : 0)
    opportunity.time(deal.created, deal.createdSecond)
    try opportunity.insert()
  }

  private func writeMoves(_ deal: DemoDeal) throws {
    for move in deal.moves {
      change.row()
      change.reference(move.from < 0 ? 0 : stages[move.from])
      change.reference(move.to < 0 ? 0 : stages[move.to])
      change.text(states[move.state])
      change.time(move.day, move.second)
      if deal.amount == 0 {
        change.null()
      } else {
        change.int(move.isLast ? deal.amount : deal.early)
      }
      change.day(move.expected)
      change.int(deal.index)
      change.int(deal.owner)
      try change.insert()
      guard move.pushedFrom != 0 else { continue }
      log.row()
      log.text(entityWord)
      log.int(deal.index)
      log.text(fieldWord)
      log.day(move.pushedFrom)
      log.day(move.expected)
      log.time(move.day, move.second)
      log.int(deal.owner)
      try log.insert()
    }
  }

  private func remember(_ deal: DemoDeal) {
    demo.deals.customer[deal.index] = Int32(deal.customer)
    demo.deals.created[deal.index] = deal.created
    demo.deals.end[deal.index] = deal.state == 0 ? demo.today : deal.end
    demo.deals.stage[deal.index] = deal.state == 0 ? UInt8(deal.stage) : DemoDealFacts.closed
    demo.deals.owner[deal.index] = UInt8(deal.owner)
    demo.deals.product[deal.index] = UInt8(deal.product)
    if deal.state == 0, deal.customer != 0, demo.plan.openDeals[deal.customer] < 255 {
      demo.plan.openDeals[deal.customer] += 1
    }
    if deal.state == 1, deal.customer != 0 {
      demo.plan.wonDeals.append(
        DemoPlan.WonDeal(
          opportunity: Int32(deal.index), customer: Int32(deal.customer), day: deal.end,
          product: UInt8(deal.product), owner: UInt8(deal.owner), amount: deal.amount))
    }
  }
}

/// What other tables need to know of each deal, by its number from 1.
struct DemoDealFacts {
  static let closed: UInt8 = 255

  var customer: [Int32]
  var created: [Int32]
  /// The day it was closed, today for an open one.
  var end: [Int32]
  /// 0 to 5 for A to F; `closed` for a deal that is.
  var stage: [UInt8]
  var owner: [UInt8]
  var product: [UInt8]

  init(count: Int) {
    customer = [Int32](repeating: 0, count: count + 1)
    created = customer
    end = customer
    stage = [UInt8](repeating: 0, count: count + 1)
    owner = stage
    product = stage
  }
}
