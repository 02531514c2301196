import KithBase

/// Contact work: most of it about a deal, the rest with customers as such.
struct DemoActivities {
  let demo: DemoContext

  /// Kinds with their share of a thousand.
  private static let kinds: [(String, Int)] = [
    ("phone", 300), ("im", 200), ("visit", 190), ("email", 90), ("sms", 60), ("demo", 40),
    ("quote", 35), ("executive_visit", 15), ("training", 15), ("inspection", 15), ("complaint", 12),
    ("request", 12), ("newsletter", 10), ("reference_visit", 6),
  ]

  private static let serviceKinds: Set<String> = ["complaint", "request"]

  func write() throws {
    var random = demo.random(60)
    let words = demo.words
    let activity = try demo.writer(
      "activity",
      [
        "kind", "state", "planned_on", "done_at", "direction", "purpose", "result", "standard",
        "found_deal", "customer_id", "contact_id", "opportunity_id", "referral_id", "member_id",
        "created_at",
      ])
    let kinds = words.texts(Self.kinds.map(\.0).joined(separator: " "))
    let weights = Self.kinds.map(\.1)
    let total = weights.reduce(0, +)
    let states = words.texts("open done missed cancelled")
    let directions = words.texts("outbound inbound")
    let purposes = words.texts("了解需求 产品介绍 方案沟通 商务谈判 售后回访 节日问候 催收回款 转介绍请求")
    let results = words.texts("有兴趣 需再联系 已约见 暂无需求 已提交方案 问题已解决")
    let turn = demo.plan.turn(5)
    for _ in 0..<demo.sizes.activities {
      let subject = pick(&random, turn)
      let kind = random.weighted(weights, total: total)
      let isService = Self.serviceKinds.contains(Self.kinds[kind].0)
      let day = subject.day
      let draw = random.below(1000)
      // Some of the newest ones are still to come.
      let isPlanned = demo.today - day < 10 && draw < 400
      let state = isPlanned ? 0 : draw < 950 ? 1 : draw < 985 ? 2 : 3
      activity.row()
      activity.text(kinds[kind])
      activity.text(states[state])
      if isPlanned {
        activity.day(demo.today + Int32(random.between(-6, 14)))
      } else if state != 1 || random.chance(400) {
        activity.day(day)
      } else {
        activity.null()
      }
      if state == 1 { activity.time(day, demo.workingSecond(&random)) } else { activity.null() }
      activity.text(directions[isService || random.chance(100) ? 1 : 0])
      activity.text(random.chance(600) ? purposes[random.below(8)] : nil)
      activity.text(state == 1 && random.chance(400) ? results[random.below(6)] : nil)
      activity.int(random.chance(700) ? 1 : 0)
      if state == 1, random.chance(100) { activity.int(random.below(2)) } else { activity.null() }
      activity.reference(subject.customer)
      activity.reference(
        subject.customer != 0 && random.chance(600) ? Int(demo.firstContact[subject.customer]) : 0)
      activity.reference(subject.deal)
      let referral = subject.customer == 0 ? 0 : Int(demo.plan.referralOf[subject.customer])
      activity.reference(referral != 0 && random.chance(150) ? referral : 0)
      activity.int(subject.member)
      activity.time(isPlanned ? min(day, demo.today) : day, 3_000)
      try activity.insert()
    }
  }

  private struct Subject {
    var customer: Int
    var deal: Int
    var member: Int
    var day: Int32
  }

  private func pick(_ random: inout SplitMix64, _ turn: Int) -> Subject {
    if random.chance(680) {
      let deal = 1 + random.below(demo.sizes.opportunities)
      return Subject(
        customer: Int(demo.deals.customer[deal]), deal: deal,
        member: random.chance(930)
          ? Int(demo.deals.owner[deal]) : 1 + random.below(demo.sizes.members),
        day: demo.deals.end[deal]
          - Int32(random.below(Int(demo.deals.end[deal] - demo.deals.created[deal]) + 1)))
    }
    var day = demo.plan.day(&random)
    let customer = demo.plan.popular(&random, turn: turn, perMille: 900, on: &day)
    return Subject(
      customer: customer, deal: 0, member: Int(demo.plan.owner[customer]), day: day)
  }
}
