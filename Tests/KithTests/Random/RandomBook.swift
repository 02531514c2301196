import KithBase

/// Makes small books full of awkward cases, as SQL: empties everywhere, ties, ids with gaps, moves
/// back and over stages, loops of referrals, second referrals, Chinese and full-width texts.
struct RandomBook {
  private var random: SplitMix
  private var statements: [String] = []
  private var ids: [String: [Int]] = [:]

  /// The day all dates lie around, and the evaluation date of the queries.
  static let today = Day(number: 20_778)  // 2026-11-21

  private init(seed: UInt64) { random = SplitMix(seed: seed) }

  /// SQL that fills a new book. Funnel 1 with the stages 1 to 6 (A to F) is there already.
  static func sql(seed: UInt64) -> [String] {
    var book = RandomBook(seed: seed)
    book.make()
    // Rows refer to rows that come later, and now and then to none at all.
    return ["PRAGMA foreign_keys = OFF", "BEGIN"] + book.statements + ["COMMIT"]
  }

  private mutating func make() {
    ids["stage"] = Array(1...6)
    ids["funnel"] = [1]
    if random.chance(40) { secondFunnel() }
    teams()
    members()
    products()
    customers()
    contacts()
    referrers()
    referrals()
    opportunities()
    activities()
    purchases()
    roles()
    classChanges()
  }

  // MARK: Values

  private mutating func maybe(_ empty: Int = 25, _ value: (inout SplitMix) -> String) -> String {
    random.chance(empty) ? "NULL" : value(&random)
  }

  private func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  private mutating func text(_ texts: [String], empty: Int = 25) -> String {
    maybe(empty) { random in
      let text = random.pick(texts)
      return "'" + text + "'"
    }
  }

  private mutating func day(_ range: ClosedRange<Int>, empty: Int = 25) -> String {
    maybe(empty) { random in
      "'" + Self.today.adding(days: random.int(range)).text + "'"
    }
  }

  /// A time of a day, often near midnight in Shanghai (16:00 UTC).
  private static func time(_ day: Int, _ random: inout SplitMix) -> String {
    let clock = random.pick([
      "00:00:00", "08:30:00", "15:59:59", "16:00:00", "16:00:01", "23:59:59", "05:00:00",
    ])
    return today.adding(days: day).text + "T" + clock + "Z"
  }

  private mutating func time(_ range: ClosedRange<Int>, empty: Int = 25) -> String {
    maybe(empty) { random in "'" + Self.time(random.int(range), &random) + "'" }
  }

  private mutating func money(empty: Int = 25) -> String {
    maybe(empty) { random in
      String(
        random.pick([
          0, 5, 15, 25, 50, 99, 100, 12_345, 100_000, 100_000, 2_500_000, 2_500_005, 50_000_000,
          1_000_000_000, 3_333_333, -7_500, 30_000_000_000,
        ]))
    }
  }

  private mutating func number(_ range: ClosedRange<Int>, empty: Int = 25) -> String {
    maybe(empty) { random in String(random.int(range)) }
  }

  private mutating func reference(_ entity: String, empty: Int = 25) -> String {
    guard let known = ids[entity], !known.isEmpty else { return "NULL" }
    if random.chance(2) { return "777" }
    return maybe(empty) { random in String(random.pick(known)) }
  }

  /// New ids with gaps, so that an id is seldom a row number.
  private mutating func newIDs(_ entity: String, _ range: ClosedRange<Int>) -> [Int] {
    var next = random.int(1...3)
    var made: [Int] = []
    for _ in 0..<random.int(range) {
      made.append(next)
      next += random.pick([1, 1, 1, 2, 3, 7])
    }
    ids[entity] = (ids[entity] ?? []) + made
    return made
  }

  private mutating func insert(_ table: String, _ columns: [(String, String)]) {
    let names = columns.map { "\"\($0.0)\"" }.joined(separator: ", ")
    let values = columns.map(\.1).joined(separator: ", ")
    statements.append("INSERT INTO \"\(table)\" (\(names)) VALUES (\(values))")
  }

  // MARK: Texts

  static let names = [
    "华强电子", "深圳华强", "云图", "云图", "ＡＢＣ科技", "ABC科技", "Acme", "acme", "Zeta", "远景 能源",
    "Österreich", "é́cole", "a b", "100%", "o_k", "电信",
  ]
  static let people = ["王芳", "李雷", "韩梅", "Ann", "ann", "Bob", "王芳"]
  static let cities = ["深圳", "广州", "上海", "Shenzhen", "深圳", "ＳＺ", "SZ", ""]
  static let reasons = ["price", "rival", "no_budget", "timing", "other"]

  // MARK: Tables

  private mutating func secondFunnel() {
    statements.append(
      "INSERT INTO \"funnel\" (\"id\", \"code\", \"name\", \"main\") VALUES (4, 'short', '短漏斗', 0)")
    for (place, code) in ["A", "B", "D"].enumerated() {
      insert(
        "stage",
        [
          ("id", String(11 + place)), ("code", "'\(code)'"), ("name_zh", "'短\(code)'"),
          ("name_en", "'Short \(code)'"), ("position", String(place + 1)),
          ("win", random.pick(["NULL", "0.2", "0.5"])),
          ("planned_days", random.pick(["NULL", "5"])),
          ("funnel_id", "4"),
        ])
      ids["stage", default: []].append(11 + place)
    }
    ids["funnel", default: []].append(4)
  }

  private mutating func teams() {
    for id in newIDs("team", 0...3) {
      insert(
        "team",
        [
          ("id", String(id)), ("name", text(["华南", "华北", "North"], empty: 0)),
          ("parent_id", reference("team", empty: 60)),
        ])
    }
  }

  private mutating func members() {
    for id in newIDs("member", 0...5) {
      insert(
        "member",
        [
          ("id", String(id)), ("name", text(Self.people, empty: 0)),
          ("job", text(["account_manager", "consultant", "director"])),
          ("joined_on", day(-900 ... -10)), ("left_on", day(-200...50, empty: 80)),
          ("team_id", reference("team")),
        ])
    }
  }

  private mutating func products() {
    for id in newIDs("product", 0...3) {
      insert(
        "product",
        [
          ("id", String(id)), ("name", text(["宽带", "专线", "Cloud"], empty: 0)),
          ("line", text(["网络", "云"])), ("core", number(0...1)), ("course", number(0...1)),
          ("list_price_fen", money()),
        ])
    }
  }

  private mutating func customers() {
    for id in newIDs("customer", 0...12) {
      insert(
        "customer",
        [
          ("id", String(id)), ("code", maybe(50) { _ in "'C\(id)'" }),
          ("name", text(Self.names, empty: 0)), ("city", text(Self.cities)),
          ("province", text(["广东", "上海"], empty: 40)), ("person", number(0...1)),
          ("industry", text(["manufacturing", "it", "finance", "trade"])),
          ("size", text(["small", "medium", "large"])), ("headcount", number(0...500)),
          ("founded", number(1990...2024)), ("annual_output_fen", money()),
          ("annual_profit_fen", money()), ("budget_fen", money()),
          ("wallet_share", random.pick(["NULL", "0.0", "0.25", "0.5", "0.1", "0.333"])),
          ("power", number(1...3, empty: 60)), ("relationship", number(1...5)),
          (
            "class",
            text(["target", "listed", "potential", "intent", "order", "on_net", "off_net"])
          ),
          ("lifecycle", text(["acquisition", "growth", "maturity", "decline"])),
          ("high_risk", number(0...1, empty: 40)), ("vpc", text(["V", "P", "C"])),
          ("source", text(["referral", "event", "visit"])),
          ("first_cooperation_on", day(-900...0)), ("owner_id", reference("member")),
          ("parent_id", reference("customer", empty: 70)), ("created_at", time(-500...0)),
        ])
    }
    if random.chance(25), let into = ids["customer"]?.first {
      insert(
        "customer",
        [("id", "900"), ("name", "'merged'"), ("city", "'深圳'"), ("merged_into_id", String(into))])
    }
  }

  private mutating func contacts() {
    for id in newIDs("contact", 0...8) {
      insert(
        "contact",
        [
          ("id", String(id)), ("name", text(Self.people, empty: 0)),
          ("title", text(["经理", "CEO", "总监"])),
          ("level", text(["executive", "middle", "staff"], empty: 40)),
          ("phone", text(["13800000001", "13800000002"])), ("has_say", number(0...1)),
          ("customer_id", reference("customer", empty: 15)), ("created_at", time(-400...0)),
        ])
    }
  }

  private mutating func referrers() {
    var freeContacts = ids["contact"] ?? []
    for id in newIDs("referrer", 0...7) {
      let contact = random.chance(40) && !freeContacts.isEmpty ? freeContacts.removeLast() : nil
      insert(
        "referrer",
        [
          ("id", String(id)), ("name", text(Self.people, empty: 0)),
          ("category", text(["customer", "friend", "colleague"], empty: 0)),
          ("can_refer", number(0...1)), ("relationship", number(1...5)),
          ("contact_id", contact.map(String.init) ?? "NULL"),
          ("customer_id", reference("customer", empty: contact == nil ? 30 : 80)),
          ("owner_id", reference("member")), ("created_at", time(-400...0)),
        ])
    }
  }

  private mutating func referrals() {
    guard let known = ids["referrer"], !known.isEmpty else { return }
    for id in newIDs("referral", 0...14) {
      let state = random.pick(["new", "contacted", "talking", "won", "lost", "no_need"])
      insert(
        "referral",
        [
          ("id", String(id)), ("referred_at", time(-300...0, empty: 15)),
          ("met_at", time(-320...0, empty: 60)), ("state", quoted(state)),
          ("closed_at", time(-100...0)), ("in_target", number(0...1)),
          ("referrer_id", String(random.pick(known))),
          ("parent_id", reference("referral", empty: 70)),
          ("customer_id", reference("customer", empty: 10)),
          ("contact_id", reference("contact", empty: 70)), ("created_at", time(-300...0)),
        ])
    }
  }

  private mutating func roles() {
    guard let deals = ids["opportunity"], let people = ids["contact"], !deals.isEmpty,
      !people.isEmpty
    else { return }
    var met: Set<String> = []
    for id in newIDs("role", 0...10) {
      let deal = random.pick(deals)
      let contact = random.pick(people)
      let role = random.pick(["coach", "user", "technical", "economic", "opponent"])
      guard met.insert("\(deal)-\(contact)-\(role)").inserted else { continue }
      insert(
        "role",
        [
          ("id", String(id)), ("role", quoted(role)), ("influence", number(1...5)),
          ("stance", text(["us", "rival", "neutral"])), ("opportunity_id", String(deal)),
          ("contact_id", String(contact)),
        ])
    }
  }

  private mutating func classChanges() {
    guard let known = ids["customer"], !known.isEmpty else { return }
    let classes = ["target", "listed", "potential", "intent", "order", "on_net"]
    for id in newIDs("class_change", 0...10) {
      insert(
        "class_change",
        [
          ("id", String(id)), ("from_class", text(classes)), ("to_class", text(classes, empty: 0)),
          ("at", time(-300...0, empty: 0)), ("customer_id", String(random.pick(known))),
        ])
    }
  }

  private mutating func activities() {
    for id in newIDs("activity", 0...20) {
      insert(
        "activity",
        [
          ("id", String(id)),
          ("kind", text(["visit", "phone", "email", "training", "quote", "complaint"], empty: 0)),
          ("state", text(["open", "done", "missed"], empty: 0)), ("planned_on", day(-100...30)),
          ("done_at", time(-150...0, empty: 30)), ("purpose", text(["回访", "报价", "demo"])),
          ("standard", number(0...1)), ("customer_id", reference("customer")),
          ("contact_id", reference("contact", empty: 60)),
          ("opportunity_id", reference("opportunity", empty: 50)),
          ("member_id", reference("member")), ("referral_id", reference("referral", empty: 70)),
          ("created_at", time(-160...0)),
        ])
    }
  }

  private mutating func purchases() {
    guard let known = ids["customer"], !known.isEmpty else { return }
    for id in newIDs("purchase", 0...15) {
      insert(
        "purchase",
        [
          ("id", String(id)), ("name", text(["宽带", "合同", "Cloud"])),
          ("ordered_on", day(-700...0, empty: 0)), ("amount_fen", money()), ("cost_fen", money()),
          ("returned", number(0...1, empty: 60)), ("city", text(Self.cities)),
          ("customer_id", String(random.pick(known))),
          ("opportunity_id", reference("opportunity", empty: 70)),
          ("owner_id", reference("member")), ("starts_on", day(-200...0, empty: 60)),
          ("ends_on", day(-50...200, empty: 60)),
        ])
    }
    guard let orders = ids["purchase"], !orders.isEmpty, let products = ids["product"],
      !products.isEmpty
    else { return }
    for id in newIDs("item", 0...20) {
      insert(
        "item",
        [
          ("id", String(id)), ("quantity", random.pick(["1.0", "2.0", "0.5", "10.0"])),
          ("unit_price_fen", money()), ("amount_fen", money()), ("cost_fen", money()),
          ("discount", random.pick(["NULL", "0.1", "0.15"])),
          ("purchase_id", String(random.pick(orders))),
          ("product_id", String(random.pick(products))),
        ])
    }
  }
}

/// Deals with their histories.
extension RandomBook {
  private mutating func opportunities() {
    var change = 0
    for id in newIDs("opportunity", 0...20) {
      let funnel = random.pick(ids["funnel"] ?? [1])
      let stages = funnel == 1 ? Array(1...6) : [11, 12, 13]
      let created = random.int(-400 ... -1)
      let state = random.pick(["open", "open", "open", "won", "lost", "abandoned"])
      let moves = random.pick([0, 1, 2, 3, 4, 5, 6])
      var clock = created
      var times: [String] = []
      for _ in 0...moves {
        times.append(Self.time(min(-1, clock), &random))
        clock += random.pick([0, 0, 1, 3, 7, 20, 40])
      }
      // Moves follow one another in time; two may share an instant.
      times.sort()
      var at = random.chance(75) ? 0 : random.int(0...(stages.count - 1))
      var rows: [(from: Int?, to: Int?, state: String, at: String)] = []
      var stage: Int?
      for move in 0..<moves {
        rows.append((stage, stages[at], "open", times[move]))
        stage = stages[at]
        at = max(0, min(stages.count - 1, at + random.pick([1, 1, 1, 2, -1, 0])))
      }
      let closed = times[moves]
      if state != "open", !rows.isEmpty { rows.append((stage, nil, state, closed)) }
      insert(
        "opportunity",
        [
          ("id", String(id)), ("name", text(["宽带", "专线项目", "Cloud", "改造"], empty: 0)),
          ("state", quoted(state)), ("amount_fen", money()), ("cost_fen", money()),
          ("manual_win", random.pick(["NULL", "NULL", "0.3", "0.85"])),
          ("expected_close_on", day(-60...120)),
          ("closed_at", state == "open" ? "NULL" : quoted(closed)),
          ("kind", text(["construction", "service", "course"])),
          ("lost_reason", state == "lost" ? text(Self.reasons) : "NULL"),
          ("source", text(["referral", "event", "visit"])),
          ("next_due_on", day(-20...20)), ("resumes_on", day(-10...30, empty: 80)),
          ("customer_id", reference("customer", empty: 10)), ("funnel_id", String(funnel)),
          ("stage_id", String(stage ?? random.pick(stages))),
          ("owner_id", reference("member")), ("product_id", reference("product")),
          ("referral_id", reference("referral", empty: 70)),
          ("created_at", maybe(10) { random in "'" + Self.time(created, &random) + "'" }),
        ])
      for row in rows {
        change += random.pick([1, 1, 2])
        insert(
          "stage_change",
          [
            ("id", String(change)), ("from_id", row.from.map(String.init) ?? "NULL"),
            ("to_id", row.to.map(String.init) ?? "NULL"), ("state", quoted(row.state)),
            ("at", quoted(row.at)), ("amount_fen", money()), ("opportunity_id", String(id)),
            ("author_id", reference("member")),
          ])
      }
    }
  }
}
