import KithBase

/// Events with agenda and guests, and one satisfaction survey.
struct DemoEvents {
  let demo: DemoContext

  func write() throws {
    try writeEvents()
    try writeSurvey()
  }

  private static let kinds: [(code: String, name: String, guests: Int)] = [
    ("training", "财税实务培训会", 24), ("closing", "产品体验会", 16), ("liaison", "客户联络会", 40),
    ("party", "客户联谊会", 60), ("market", "数字化论坛", 80),
  ]

  private func writeEvents() throws {
    var random = demo.random(80)
    let words = demo.words
    let event = try demo.writer(
      "event",
      [
        "name", "kind", "on_date", "begins_at", "finishes_at", "venue", "topic", "max_headcount",
        "budget_fen", "state", "host_id", "product_id",
      ])
    let session = try demo.writer(
      "session", ["name", "begins_at", "finishes_at", "speaker", "product_slot", "event_id"])
    let attendance = try demo.writer(
      "attendance",
      ["state", "invited_at", "headcount", "new", "event_id", "customer_id", "contact_id"])
    let kinds = words.texts(Self.kinds.map(\.code).joined(separator: " "))
    let names = words.texts(Self.kinds.map(\.name).joined(separator: " "))
    let states = words.texts("planned held")
    let guestStates = words.texts("attended absent declined accepted invited")
    let topics = words.texts("财税知识 会计实务 税法知识 理财")
    let venue = words.text("客户中心")
    let agenda = words.texts("签到 致欢迎词 专业知识培训 产品讲解 答疑和交流")
    let turn = demo.plan.turn(33)
    let teams = Int(try demo.connection.int(#"SELECT count(*) FROM "team""#) ?? 1)
    for index in 0..<demo.sizes.events {
      let kind = random.skewed(Self.kinds.count)
      // Every twentieth is still to come.
      let day =
        index % 20 == 3
        ? demo.today + Int32(random.between(3, 40))
        : demo.today - Int32(random.below(720))
      let isHeld = day < demo.today
      let size = Self.kinds[kind].guests
      event.row()
      event.text(names[kind], words.space, demo.days.text(day))
      event.text(kinds[kind])
      event.day(day)
      event.time(day, 5 * 3600 + 1800)
      event.time(day, 9 * 3600)
      event.text(words.cities[random.skewed(30)], venue)
      event.text(kind == 0 ? topics[random.below(4)] : nil)
      event.int(size * 5 / 4)
      event.int(Int64(size) * 8_000)
      event.text(states[isHeld ? 1 : 0])
      event.int(1 + random.below(teams))
      event.int(1 + random.skewed(words.products.count))
      try event.insert()
      try write(session, of: Int(event.id), day, agenda, &random)
      for _ in 0..<max(1, size + random.between(-6, 12)) {
        let customer = demo.plan.popular(&random, turn: turn, perMille: 900)
        let state =
          isHeld
          ? random.weighted([62, 18, 20], total: 100)
          : 2 + random.weighted([15, 45, 40], total: 100)
        attendance.row()
        attendance.text(guestStates[state])
        attendance.time(
          min(demo.today, day - Int32(random.between(3, 20))), demo.workingSecond(&random))
        attendance.int(1 + random.skewed(3))
        attendance.int(demo.plan.purchaseCount[customer] == 0 ? 1 : 0)
        attendance.int(Int(event.id))
        attendance.int(customer)
        attendance.reference(Int(demo.firstContact[customer]))
        try attendance.insert()
      }
    }
  }

  /// The items of one event's agenda.
  private func write(
    _ session: DemoRowWriter, of event: Int, _ day: Int32, _ agenda: [DemoText],
    _ random: inout SplitMix64
  ) throws {
    for slot in 0..<agenda.count {
      session.row()
      session.text(agenda[slot])
      session.time(day, 5 * 3600 + 1800 + slot * 2400)
      session.time(day, 5 * 3600 + 1800 + slot * 2400 + 2400)
      if slot == 2 || slot == 3 {
        session.joined(demo.words.person(&random))
      } else {
        session.null()
      }
      session.int(slot == 3 ? 1 : 0)
      session.int(event)
      try session.insert()
    }
  }

  /// Two questions, answered by one customer in fifty.
  private func writeSurvey() throws {
    var random = demo.random(81)
    let words = demo.words
    let survey = try demo.writer("survey", ["name", "kind", "subject", "created_at"])
    survey.row()
    survey.text(words.text("年度满意度调查"))
    survey.text(words.text("satisfaction"))
    survey.text(words.text("customer"))
    survey.time(demo.today - 200, 7200)
    try survey.insert()
    let question = try demo.writer(
      "question", ["position", "text", "kind", "dimension", "survey_id"])
    for (position, text, kind, dimension) in [
      (1, "您对我们的服务满意吗?", "scale5", "service"), (2, "您愿意把我们推荐给同行吗?", "scale10", "value"),
    ] {
      question.row()
      question.int(position)
      question.text(words.text(text))
      question.text(words.text(kind))
      question.text(words.text(dimension))
      question.int(1)
      try question.insert()
    }
    let response = try demo.writer(
      "response", ["answered_at", "score", "survey_id", "customer_id"])
    let answer = try demo.writer("answer", ["number", "response_id", "question_id"])
    for customer in 1...demo.sizes.customers where random.chance(20) {
      let service = 5 - random.skewed(5)
      let recommend = 10 - random.skewed(11)
      response.row()
      response.time(
        max(demo.plan.created[customer], demo.today - Int32(random.below(180))),
        demo.workingSecond(&random))
      response.real(Double(service * 2 + recommend) / 20)
      response.int(1)
      response.int(customer)
      try response.insert()
      for (number, value) in [(1, service), (2, recommend)] {
        answer.row()
        answer.int(value)
        answer.int(Int(response.id))
        answer.int(number)
        try answer.insert()
      }
    }
  }
}
