package import KithBase

/// Claims of customers and referrals.
extension Journal {
  /// A member or a grid claims a customer.
  /// - Parameters:
  ///   - owner: entity `member` or `grid`, and its id.
  ///   - until: the last moment of the claim, where one was agreed.
  package func claim(
    customer: Int64, by owner: (entity: String, id: Int64), until: Instant?,
    _ values: [(column: String, value: StoredValue)]
  ) throws {
    if let until, until < at {
      throw Diagnostic("K4315", say("a claim ends after it begins", "认领的终止须在开始之后"))
    }
    for holder in try holders(of: customer) {
      let title = try self.title(of: "customer", customer)
      let name = try self.title(of: holder.entity, holder.id)
      try breach(
        .claimed, "'\(title)' is claimed by \(name) until \(holder.until)",
        "“\(title)”已由 \(name) 认领，至 \(holder.until)")
    }
    var cells = values
    cells += [
      ("kind", .text(owner.entity == "grid" ? "grid" : "registration")),
      ("customer_id", .int(customer)), (owner.entity + "_id", .int(owner.id)),
    ]
    if let until { cells.append(("ended_at", .text(StoredText.time(until)))) }
    try add("claim", cells)
  }

  struct Holder {
    var entity: String
    var id: Int64
    var until: String
  }

  /// Who holds a customer now: claims that did not end and had a standard action of late, as
  /// `claim.live` has it.
  func holders(of customer: Int64) throws -> [Holder] {
    let statement = try statement(
      #"SELECT "member_id", "grid_id", "ended_at", coalesce((SELECT max("done_at") FROM "activity" "#
        + #"AS "a" WHERE "a"."customer_id" = "c"."customer_id" AND "a"."standard" = 1 AND "#
        + #""a"."done_at" >= "c"."claimed_at" AND ("c"."member_id" IS NULL OR "#
        + #""a"."member_id" = "c"."member_id")), "claimed_at") FROM "claim" AS "c" "#
        + #"WHERE "customer_id" = ?1 AND ("ended_at" IS NULL OR "ended_at" > ?2) ORDER BY "id""#)
    try statement.bind(1, customer)
    try statement.bind(2, StoredText.time(at))
    defer { statement.reset() }
    var found: [Holder] = []
    while try statement.step() {
      guard let last = statement.text(3).flatMap(StoredText.instant) else { continue }
      let lapses = Instant(microseconds: last.microseconds &+ claimDays &* 86_400_000_000)
      let end = min(StoredText.time(lapses), statement.text(2) ?? "9")
      guard end > StoredText.time(at) else { continue }
      let member = statement.int(0)
      guard let id = member ?? statement.int(1) else { continue }
      found.append(
        Holder(
          entity: member == nil ? "grid" : "member", id: id, until: String(end.prefix(10))))
    }
    return found
  }

  // MARK: Referrals

  /// Whom a referral is about.
  package enum Referred: Sendable {
    case customer(Int64)
    case contact(Int64)
    /// A firm that is not in the book yet.
    case name(String)
  }

  /// Notes a referral: the customer is made where it is unknown, the referrer where the one who
  /// refers was none yet.
  /// - Parameters:
  ///   - source: entity `referrer`, `customer` or `contact`, and its id.
  ///   - category: what a new referrer is to us; a customer's where nothing is said.
  package func refer(
    _ referred: Referred, by source: (entity: String, id: Int64), category: String?,
    _ values: [(column: String, value: StoredValue)]
  ) throws {
    let referrer = try self.referrer(source, category)
    let own = try cells("referrer", referrer, ["customer_id"])?.first ?? .null
    var cells = values
    let customer: StoredValue
    switch referred {
    case .name(let name):
      customer = .int(
        try add(
          "customer",
          [("name", .text(name)), ("known", .int(1)), ("source", .text("referral"))]))
    case .customer(let id): customer = .int(id)
    case .contact(let id):
      cells.append(("contact_id", .int(id)))
      customer = try self.cells("contact", id, ["customer_id"])?.first ?? .null
    }
    if !customer.isNull, customer == own {
      throw Diagnostic("K4316", say("a customer does not refer itself", "客户不能推荐自己"))
    }
    if case .int(let id) = customer { try warnReferred(id) }
    let more: [(column: String, value: StoredValue)] = [
      ("customer_id", customer), ("referrer_id", .int(referrer)),
      ("referred_at", .text(StoredText.time(at))), ("parent_id", try firstReferral(of: own)),
    ]
    let given = Set(cells.map(\.column))
    cells += more.filter { !$0.value.isNull && !given.contains($0.column) }
    try add("referral", cells)
  }

  private func referrer(_ source: (entity: String, id: Int64), _ category: String?) throws -> Int64
  {
    if source.entity == "referrer" {
      if category != nil {
        remark(
          "referrer", "the referrer is known already; its category stays", "推荐人已有，推荐类别不变")
      }
      return source.id
    }
    let isContact = source.entity == "contact"
    let condition =
      isContact ? #""contact_id" = ?"# : #""customer_id" = ? AND "contact_id" IS NULL"#
    let statement = try statement(
      "SELECT \"id\" FROM \"referrer\" WHERE \(condition) ORDER BY \"id\" LIMIT 1")
    try statement.bind(1, source.id)
    let known = try statement.step() ? statement.int(0) : nil
    statement.reset()
    if let known { return known }
    var cells: [(column: String, value: StoredValue)] = [
      ("name", .text(try title(of: source.entity, source.id))),
      ("category", .text(category ?? "customer")),
    ]
    if isContact {
      cells.append(("contact_id", .int(source.id)))
      cells.append(
        ("customer_id", try self.cells("contact", source.id, ["customer_id"])?.first ?? .null))
    } else {
      cells.append(("customer_id", .int(source.id)))
    }
    return try add("referrer", cells)
  }

  private func warnReferred(_ customer: Int64) throws {
    guard case .int(let first) = try firstReferral(of: .int(customer)),
      case .int(let referrer)? = try cells("referral", first, ["referrer_id"])?.first
    else { return }
    let title = try self.title(of: "customer", customer)
    let name = try self.title(of: "referrer", referrer)
    try breach(
      .referred, "'\(title)' was referred by \(name) already; trees follow the first referral",
      "“\(title)”已由 \(name) 推荐过；推荐树按首次推荐")
  }

  /// The first referral a customer came by.
  private func firstReferral(of customer: StoredValue) throws -> StoredValue {
    guard case .int(let id) = customer else { return .null }
    let statement = try statement(
      #"SELECT "id" FROM "referral" WHERE "customer_id" = ? "#
        + #"ORDER BY "referred_at" IS NULL, "referred_at", "id" LIMIT 1"#)
    try statement.bind(1, id)
    defer { statement.reset() }
    return try statement.step() ? statement.value(0) : .null
  }
}
