import KithBase
import KithModel

/// What is known about some of the deals: who decides, who competes, what was offered, promised and
/// ticked off.
struct DemoDetails {
  let demo: DemoContext

  func write() throws {
    var random = demo.random(70)
    let roles = try DemoRoles(demo)
    let words = demo.words
    let rival = try demo.writer(
      "rival",
      ["since_on", "price_fen", "strengths", "customer_id", "opportunity_id", "competitor_id"])
    let note = try demo.writer(
      "note",
      [
        "kind", "text", "due_on", "done_at", "customer_id", "contact_id", "opportunity_id",
        "member_id",
      ])
    let offer = try demo.writer(
      "offer",
      [
        "offered_on", "quantity", "amount_fen", "template", "answer", "answered_at",
        "opportunity_id",
        "product_id",
      ])
    let strengths = words.texts("价格低 品牌知名 本地团队 客户关系深")
    let noteKinds = words.texts("like hint concern promise ask special")
    let noteTexts = words.texts("喜欢喝茶 计划明年扩产 担心数据迁移 承诺延长服务期 请求安排培训 免费升级一次")
    let templates = words.texts("T1 T2 T3 T4")
    let answers = words.texts("open accepted refused")
    for deal in 1...demo.sizes.opportunities {
      let facts = demo.deals
      let isOpen = facts.stage[deal] != DemoDealFacts.closed
      let customer = Int(facts.customer[deal])
      let contact = customer == 0 ? 0 : Int(demo.firstContact[customer])
      if contact != 0, random.chance(isOpen ? 500 : 40) { try roles.write(deal, contact, &random) }
      if random.chance(isOpen ? 250 : 20) {
        rival.row()
        rival.day(facts.created[deal])
        if random.chance(400) {
          rival.int(Int64(random.between(10, 900)) * 100_000)
        } else {
          rival.null()
        }
        rival.text(random.chance(500) ? strengths[random.below(4)] : nil)
        rival.reference(customer)
        rival.int(deal)
        rival.int(1 + random.skewed(DemoStaff.competitorNames.count))
        try rival.insert()
      }
      if random.chance(isOpen ? 200 : 15) {
        let kind = random.below(6)
        let written = facts.created[deal]
        note.row()
        note.text(noteKinds[kind])
        note.text(noteTexts[kind])
        note.day(written + Int32(random.between(10, 90)))
        if random.chance(500) { note.time(facts.end[deal], 30_000) } else { note.null() }
        note.reference(customer)
        note.reference(contact)
        note.int(deal)
        note.int(Int(facts.owner[deal]))
        try note.insert()
      }
      if random.chance(isOpen ? 300 : 60) {
        try write(offer, deal, isOpen, templates, answers, &random)
      }
    }
    try writeTasks()
  }

  /// One quotation of a deal.
  private func write(
    _ offer: DemoRowWriter, _ deal: Int, _ isOpen: Bool, _ templates: [DemoText],
    _ answers: [DemoText],
    _ random: inout SplitMix64
  ) throws {
    let facts = demo.deals
    let answer = isOpen ? 0 : 1 + random.below(2)
    let offered = facts.created[deal] + (facts.end[deal] - facts.created[deal]) / 2
    let product = Int(facts.product[deal])
    offer.row()
    offer.day(offered)
    offer.real(Double(1 + random.below(5)))
    offer.int(DemoProduct.all[product].price * Int64(random.between(80, 300)))
    offer.text(templates[random.skewed(4)])
    offer.text(answers[answer])
    if answer == 0 { offer.null() } else { offer.time(facts.end[deal], 20_000) }
    offer.int(deal)
    offer.int(product + 1)
    try offer.insert()
  }

  /// Checklist lines of the stage an open deal is in, some of them done.
  private func writeTasks() throws {
    var random = demo.random(71)
    let find = try demo.connection.prepare(
      """
      SELECT "action"."id", "stage"."position" - 1 FROM "action" JOIN "stage"
      ON "stage"."id" = "stage_id" ORDER BY "action"."id"
      """)
    var actions: [[Int]] = Array(repeating: [], count: DefaultStage.shipped.count)
    while try find.step() {
      let stage = Int(find.int(1) ?? 0)
      if actions.indices.contains(stage) { actions[stage].append(Int(find.int(0) ?? 0)) }
    }
    let task = try demo.writer(
      "task", ["state", "done_at", "opportunity_id", "action_id", "member_id"])
    let states = demo.words.texts("open done not_needed")
    for deal in 1...demo.sizes.opportunities {
      let stage = demo.deals.stage[deal]
      guard stage != DemoDealFacts.closed, random.chance(250) else { continue }
      for action in actions[Int(stage)] where random.chance(700) {
        let state = random.weighted([35, 60, 5], total: 100)
        task.row()
        task.text(states[state])
        if state == 1 {
          let span = Int(demo.today - demo.deals.created[deal])
          task.time(demo.today - Int32(random.below(span + 1)), demo.workingSecond(&random))
        } else {
          task.null()
        }
        task.int(deal)
        task.int(action)
        task.int(Int(demo.deals.owner[deal]))
        try task.insert()
      }
    }
  }
}

/// The buying roles of a deal's contact. One person may play two.
private struct DemoRoles {
  private let role: DemoRowWriter
  private let names: [DemoText]
  private let stances: [DemoText]
  private let drivers: [DemoText]

  init(_ demo: DemoContext) throws {
    role = try demo.writer(
      "role",
      [
        "role", "stance", "influence", "trust", "driver", "driver_met", "opportunity_id",
        "contact_id",
      ])
    names = demo.words.texts("economic user coach technical influencer opponent purchaser")
    stances = demo.words.texts("us neutral rival both")
    drivers = demo.words.texts("results roi career low_cost safety reputation problem_solver")
  }

  func write(_ deal: Int, _ contact: Int, _ random: inout SplitMix64) throws {
    let first = random.skewed(names.count)
    let second = (first + 1 + random.below(names.count - 1)) % names.count
    for name in random.chance(300) ? [first, second] : [first] {
      role.row()
      role.text(names[name])
      role.text(stances[random.skewed(4)])
      role.int(random.between(1, 5))
      role.int(random.between(0, 5))
      role.text(random.chance(600) ? drivers[random.below(7)] : nil)
      if random.chance(600) { role.int(random.between(0, 5)) } else { role.null() }
      role.int(deal)
      role.int(contact)
      try role.insert()
    }
  }
}
