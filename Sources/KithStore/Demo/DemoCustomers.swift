import KithBase

/// Customers with their contacts, class changes and claims. Written after deals and purchases,
/// which decide what class a customer is of.
struct DemoCustomers {
  let demo: DemoContext
  private let customer: DemoRowWriter
  private let contact: DemoRowWriter
  private let change: DemoRowWriter
  private let claim: DemoRowWriter
  private let classes: [DemoText]
  private let sizes: [DemoText]
  private let sources: [DemoText]
  private let phases: [DemoText]
  private let letters: [DemoText]
  private let lifecycles: [DemoText]
  private let needs: [DemoText]
  private let evidence: [DemoText]
  private let claimEnds: [DemoText]
  private let registration: DemoText
  private let referralSource: DemoText
  private let personIndustry: DemoText
  private let phone: DemoText

  init(_ demo: DemoContext) throws {
    self.demo = demo
    customer = try demo.writer(
      "customer",
      [
        "name", "person", "known", "industry", "size", "headcount", "founded", "annual_output_fen",
        "annual_profit_fen", "budget_fen", "wallet_share", "phase", "need", "it_level",
        "relationship", "opinion", "class", "lifecycle", "vpc", "source", "left_on", "city",
        "province", "region", "phone", "owner_id", "grid_id", "created_at",
      ])
    contact = try demo.writer(
      "contact",
      [
        "name", "title", "level", "phone", "has_say", "learning_value", "customer_id", "created_at",
      ])
    change = try demo.writer(
      "class_change", ["from_class", "to_class", "at", "evidence", "customer_id", "author_id"])
    claim = try demo.writer(
      "claim",
      ["kind", "claimed_at", "ended_at", "end_reason", "customer_id", "grid_id", "member_id"])
    let words = demo.words
    classes = words.texts("target listed potential intent order on_net off_net")
    sizes = words.texts("small medium large")
    sources = words.texts("event visit phone leaflet newsletter agent survey web other")
    phases = words.texts("survival growth maturity")
    letters = words.texts("P C V")
    lifecycles = words.texts("acquisition growth maturity decline departure")
    needs = words.texts("财务业务一体化 远程和移动应用 行业个性化方案 多组织核算 成本控制 库存准确")
    evidence = words.texts("拜访记录 协议 合同 电话确认")
    claimEnds = words.texts("lapsed released won reassigned")
    registration = words.text("registration")
    referralSource = words.text("referral")
    personIndustry = words.text("personal_services")
    phone = words.text("1")
  }

  func write() throws {
    var random = demo.random(20)
    for index in 1...demo.sizes.customers {
      let kind = standing(index, &random)
      try writeCustomer(index, kind, &random)
      try writeContacts(index, &random)
      try writeClasses(index, kind, &random)
      if random.chance(100) { try writeClaim(index, &random) }
    }
  }

  /// Where a customer stands on the ladder, 0 to 6 as in `classes`; -1 for not on it yet.
  private func standing(_ index: Int, _ random: inout SplitMix64) -> Int {
    let draw = random.below(100)
    if demo.plan.purchaseCount[index] > 0 { return draw < 7 ? 4 : draw < 92 ? 5 : 6 }
    if demo.plan.openDeals[index] > 0 { return draw < 40 ? 2 : 3 }
    return draw < 10 ? -1 : draw < 40 ? 0 : draw < 65 ? 1 : draw < 85 ? 2 : 3
  }

  private func writeCustomer(
    _ index: Int, _ standing: Int, _ random: inout SplitMix64
  ) throws {
    let plan = demo.plan
    let created = plan.created[index]
    let isPerson = random.chance(20)
    let firm = demo.words.firm(index)
    let city = Int(plan.city[index])
    customer.row()
    if isPerson {
      customer.joined(demo.words.person(&random))
    } else if firm.isEnglish {
      customer.joined(firm.parts + [demo.words.englishForms[random.below(4)]])
    } else {
      let form = demo.words.legalForms[random.below(demo.words.legalForms.count)]
      customer.joined([demo.words.cities[city]] + firm.parts + [form])
    }
    customer.int(isPerson ? 1 : 0)
    if random.chance(800) { customer.int(random.chance(900) ? 1 : 0) } else { customer.null() }
    customer.text(isPerson ? personIndustry : demo.words.tradeIndustries[firm.trade])
    let output = writeFigures(isPerson: isPerson, &random)
    if random.chance(600) { customer.text(phases[random.below(3)]) } else { customer.null() }
    if random.chance(300) { customer.text(needs[random.below(6)]) } else { customer.null() }
    for share in [500, 700, 400] {
      if random.chance(share) { customer.int(random.between(1, 5)) } else { customer.null() }
    }
    customer.text(standing < 0 ? nil : classes[standing])
    let bought = plan.purchaseCount[index]
    if bought > 0 {
      customer.text(standing == 6 ? lifecycles[4] : lifecycles[min(3, Int(bought) / 3)])
    } else {
      customer.null()
    }
    customer.text(segment(output: output, hasBought: bought > 0, draw: random.below(100)))
    customer.text(
      plan.referralOf[index] != 0 ? referralSource : sources[random.skewed(sources.count)])
    if standing == 6 {
      customer.day(min(demo.today, created + Int32(random.between(30, 1500))))
    } else {
      customer.null()
    }
    customer.text(demo.words.cities[city])
    customer.text(demo.words.provinces[city])
    customer.text(demo.words.regions[city])
    if random.chance(700) {
      customer.text(phone, number: 3_000_000_000 + random.below(6_000_000_000), width: 10)
    } else {
      customer.null()
    }
    customer.reference(Int(plan.owner[index]))
    customer.reference(city < DemoStaff.gridCount && random.chance(600) ? city + 1 : 0)
    customer.time(created, demo.workingSecond(&random))
    try customer.insert()
  }

  /// The company segment: 15 in 100 have none, and the larger the yearly output in yuan (0: not
  /// known) the likelier the customer counts as valuable, and three times so once it has bought.
  private func segment(output: Int64, hasBought: Bool, draw: Int) -> DemoText? {
    let likelihood = output >= 300_000_000 ? 25 : output >= 30_000_000 ? 12 : 4
    let valuable = hasBought ? 3 * likelihood : likelihood
    if draw < 15 { return nil }
    if draw >= 100 - valuable { return letters[2] }
    return draw < 50 - valuable / 2 ? letters[0] : letters[1]
  }

  /// Size, headcount, founding year, output, profit, budget and our share; a tenth of each money is
  /// not known. Answers the yearly output in yuan, 0 for a person.
  private func writeFigures(isPerson: Bool, _ random: inout SplitMix64) -> Int64 {
    guard !isPerson else {
      for _ in 0..<7 { customer.null() }
      return 0
    }
    let output = random.amount(median: 30_000_000, spread: 4.2, step: 10_000)
    customer.text(sizes[output < 20_000_000 ? 0 : output < 200_000_000 ? 1 : 2])
    if random.chance(850) {
      customer.int(max(3, output / Int64(random.between(300_000, 900_000))))
    } else {
      customer.null()
    }
    customer.int(2020 - random.skewed(40))
    if random.chance(900) { customer.int(output * 100) } else { customer.null() }
    if random.chance(900) {
      customer.int(output / 100 * Int64(random.between(1, 18)) * 100)
    } else {
      customer.null()
    }
    if random.chance(900) {
      customer.int(random.amount(median: 120_000, spread: 2.6, step: 1_000) * 100)
    } else {
      customer.null()
    }
    if random.chance(700) {
      customer.real(Double(random.skewed(101)) / 100)
    } else {
      customer.null()
    }
    return output
  }

  /// Eight customers in ten have one contact, one has two, one none.
  private func writeContacts(_ index: Int, _ random: inout SplitMix64) throws {
    let draw = random.below(10)
    for _ in 0..<(draw == 0 ? 0 : draw == 1 ? 2 : 1) {
      let title = random.below(demo.words.titles.count)
      contact.row()
      contact.joined(demo.words.person(&random))
      contact.text(demo.words.titles[title])
      contact.text(demo.words.levels[title])
      contact.text(phone, number: 3_000_000_000 + random.below(6_000_000_000), width: 10)
      contact.int(title < 5 ? 1 : 0)
      if random.chance(400) { contact.int(random.between(1, 5)) } else { contact.null() }
      contact.int(index)
      contact.time(demo.plan.created[index], demo.workingSecond(&random))
      try contact.insert()
      if demo.firstContact[index] == 0 { demo.firstContact[index] = Int32(contact.id) }
    }
  }

  /// The way up the ladder: some steps are left out, none is taken back but the last one, off the
  /// net.
  private func writeClasses(
    _ index: Int, _ standing: Int, _ random: inout SplitMix64
  ) throws {
    guard standing >= 0 else { return }
    var steps: [Int] = []
    for step in 0...standing where step == standing || random.chance(300) { steps.append(step) }
    // A customer leaves the net after having been on it.
    if standing == 6, steps.dropLast().last != 5 { steps.insert(5, at: steps.count - 1) }
    var day = demo.plan.created[index]
    var from = -1
    for (place, step) in steps.enumerated() {
      let left = Int(demo.today - day)
      if place > 0 { day += Int32(random.below(left / (steps.count - place + 1) + 1)) }
      change.row()
      change.text(from < 0 ? nil : classes[from])
      change.text(classes[step])
      // Two changes of one day keep their order by the hour.
      change.time(day, 3600 + place * 3600 + random.below(3600))
      if random.chance(300) { change.text(evidence[random.below(4)]) } else { change.null() }
      change.int(index)
      change.int(Int(demo.plan.owner[index]))
      try change.insert()
      from = step
    }
  }

  private func writeClaim(_ index: Int, _ random: inout SplitMix64) throws {
    let created = demo.plan.created[index]
    let age = min(Int(demo.today - created), random.skewed(400))
    let claimed = demo.today - Int32(age)
    claim.row()
    claim.text(registration)
    claim.time(claimed, demo.workingSecond(&random))
    if age > 40, random.chance(700) {
      claim.time(claimed + Int32(random.between(1, age)), 36_000)
      claim.text(claimEnds[random.below(4)])
    } else {
      claim.null()
      claim.null()
    }
    claim.int(index)
    claim.null()
    claim.int(Int(demo.plan.owner[index]))
    try claim.insert()
  }
}
