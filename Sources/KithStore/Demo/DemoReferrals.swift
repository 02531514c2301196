import KithBase

/// Referrers, what they were asked, whom they referred and what they got for it.
struct DemoReferrals {
  let demo: DemoContext

  func write() throws {
    try writeReferrers()
    try writeReferrals()
  }

  private func writeReferrers() throws {
    var random = demo.random(30)
    let words = demo.words
    let referrer = try demo.writer(
      "referrer",
      [
        "name", "category", "can_refer", "relationship", "reward_preference", "phone", "contact_id",
        "customer_id", "owner_id", "created_at",
      ])
    let ask = try demo.writer(
      "ask",
      [
        "step", "asked_at", "promised_on", "promised_count", "answered_at", "referrer_id",
        "member_id",
      ])
    let customerCategory = words.text("customer")
    let categories = words.texts(
      "colleague relative neighbour friend classmate competitor other_sales acquaintance")
    let preferences = words.texts("礼品 茶叶 培训名额 服务折扣 感谢信")
    let steps = words.texts("inform remind target connect engage")
    let phone = words.text("1")
    for number in 1..<demo.plan.referrerCustomer.count {
      let customer = Int(demo.plan.referrerCustomer[number])
      let owner =
        customer == 0 ? 1 + random.below(demo.sizes.members) : Int(demo.plan.owner[customer])
      let created =
        customer == 0
        ? demo.today - Int32(DemoPlan.historyDays) + Int32(random.below(300))
        : demo.plan.created[customer]
      referrer.row()
      referrer.joined(customer == 0 ? words.person(&random) : words.firm(customer).parts)
      referrer.text(customer == 0 ? categories[random.below(categories.count)] : customerCategory)
      if random.chance(800) { referrer.int(random.chance(900) ? 1 : 0) } else { referrer.null() }
      if random.chance(700) { referrer.int(random.between(1, 5)) } else { referrer.null() }
      if random.chance(300) { referrer.text(preferences[random.below(5)]) } else { referrer.null() }
      referrer.text(phone, number: 3_000_000_000 + random.below(6_000_000_000), width: 10)
      let person = customer == 0 || random.chance(400) ? 0 : Int(demo.firstContact[customer])
      referrer.reference(person)
      referrer.reference(customer)
      referrer.int(owner)
      referrer.time(created, 7200)
      try referrer.insert()
      if random.chance(350) {
        let age = random.skewed(max(1, Int(demo.today - created)))
        let asked = demo.today - Int32(age)
        ask.row()
        ask.text(steps[random.skewed(5)])
        ask.time(asked, demo.workingSecond(&random))
        ask.day(asked + Int32(random.between(7, 30)))
        ask.int(random.between(1, 3))
        if age > 10, random.chance(700) {
          ask.time(asked + Int32(random.between(1, 10)), demo.workingSecond(&random))
        } else {
          ask.null()
        }
        ask.int(number)
        ask.int(owner)
        try ask.insert()
      }
    }
  }

  private func writeReferrals() throws {
    var random = demo.random(31)
    let words = demo.words
    let referral = try demo.writer(
      "referral",
      [
        "referred_at", "met_at", "state", "closed_at", "in_target", "referrer_present",
        "asked_next",
        "referrer_id", "parent_id", "customer_id",
      ])
    let reward = try demo.writer(
      "reward", ["kind", "amount_fen", "given_on", "compliant", "referrer_id", "referral_id"])
    let states = words.texts("new contacted talking won lost no_need")
    let kinds = words.texts("thanks gift reward")
    for number in 1..<demo.plan.referred.count {
      let customer = Int(demo.plan.referred[number])
      let referrer = Int(demo.plan.referrerOf[number])
      let parent = Int(demo.plan.referrerCustomer[referrer])
      let day = demo.plan.created[customer]
      let age = Int(demo.today - day)
      let bought = demo.plan.purchaseCount[customer] > 0
      let state = bought ? 3 : age < 30 ? random.below(3) : 1 + random.below(5)
      let final = state == 3 && !bought ? 4 : state
      referral.row()
      referral.time(day, demo.workingSecond(&random))
      if random.chance(300), age > 0 {
        referral.time(day + Int32(random.below(min(age, 10) + 1)), 28_800)
      } else {
        referral.null()
      }
      referral.text(states[final])
      // Nobody closes before the first meeting, at most ten days after the referral.
      let closed = day + Int32(min(age, 10 + random.below(140)))
      if final >= 3 { referral.time(closed, 36_000) } else { referral.null() }
      if random.chance(750) { referral.int(random.chance(650) ? 1 : 0) } else { referral.null() }
      referral.int(random.chance(300) ? 1 : 0)
      referral.int(random.chance(400) ? 1 : 0)
      referral.int(referrer)
      // A referrer who came by a referral makes one of the second degree.
      referral.reference(parent == 0 || isCircular(number) ? 0 : Int(demo.plan.referralOf[parent]))
      referral.int(customer)
      try referral.insert()
      guard final == 3, random.chance(300) else { continue }
      let kind = random.below(3)
      reward.row()
      reward.text(kinds[kind])
      if kind == 0 { reward.null() } else { reward.int(Int64(random.between(1, 12)) * 10_000) }
      reward.day(min(demo.today, closed + Int32(random.between(1, 40))))
      if random.chance(800) { reward.int(random.chance(950) ? 1 : 0) } else { reward.null() }
      reward.int(referrer)
      reward.int(number)
      try reward.insert()
    }
  }

  /// The circle's referrals, the last ones, stand without a parent: among them each would be the
  /// other's.
  private func isCircular(_ number: Int) -> Bool {
    number > demo.plan.referred.count - 1 - demo.sizes.loop
  }
}
