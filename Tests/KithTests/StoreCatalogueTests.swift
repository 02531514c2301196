import KithBase
import KithModel
import KithStore
import Testing

@Suite struct StoreCatalogueTests {
  private let now = Instant(microseconds: 1_795_219_200_000_000)

  @Test func aCustomFieldIsAColumnKnownByName() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.book")
    do {
      let book = try Book.create(path)
      let field = try book.addCustomField(
        entity: "customer", name: "credit", zh: "授信", type: .money, unit: "CNY", now: now)
      #expect(field.column == "x_credit" && field.custom)
      try book.addCustomField(
        entity: "customer", name: "colour", type: .enumeration("colour"), now: now)
      try book.addTerm(enumeration: "x_customer_colour", code: "red", zh: "红", en: "Red")
      try book.connection.execute(
        "INSERT INTO customer (name, x_credit, x_colour) VALUES ('a', 500, 'red')")
      // 1,795,219,200 s after 1970 is 2026-11-21 00:00 UTC (date -u -d @1795219200).
      #expect(
        try sqlRows(
          book.connection, "SELECT entity, name_en, name_zh, type, unit, created_at FROM field")
          == [
            "customer|credit|授信|money|CNY|2026-11-21T00:00:00Z",
            "customer|colour|NULL|enumeration|NULL|2026-11-21T00:00:00Z",
          ])
    }
    let book = try Book.open(path)
    let customer = try #require(book.catalogue.entity("customer"))
    let credit = try #require(customer.fields.first { $0.name == "credit" })
    #expect(credit.type == .money && credit.zh == "授信" && credit.unit == "CNY")
    #expect(book.catalogue.enumeration("x_customer_colour")?.values.map(\.code) == ["red"])
    let columns = try book.readColumns(customer, fields: ["credit", "colour"]) { _ in IDMap(ids: [])
    }
    #expect(columns.columns["credit"]?.scalar(1, .money) == .money(500))
    #expect(columns.columns["colour"]?.scalar(1, .enumeration("x")) == .code("red"))
  }

  @Test func aTakenOrUnfitNameIsRefused() throws {
    let book = try Book.inMemory()
    func code(_ name: String, zh: String? = nil, type: KithType = .text) -> String? {
      diagnosticCode {
        try book.addCustomField(entity: "customer", name: name, zh: zh, type: type, now: now)
      }
    }
    // A field, its synonym, a path, a derived field, and the Chinese names of the same.
    for name in ["city", "sector", "owner", "contacts", "tier", "城市", "省份", "负责人", "等级"] {
      #expect(code(name) == "K6023", "\(name)")
    }
    #expect(code("fine", zh: "城市") == "K6023")
    for name in ["", "1st", "two words", "a\"b", "abcdefghijklmnopqrstu", "x;y"] {
      #expect(code(name) == "K6022", "\(name)")
    }
    #expect(code("fine", type: .duration(.days)) == "K6024")
    #expect(code("fine", type: .object("member")) == "K6024")
    #expect(
      diagnosticCode { try book.addCustomField(entity: "planet", name: "a", type: .text, now: now) }
        == "K6020")
    #expect(code("fine") == nil)
    #expect(code("fine") == "K6023")
    #expect(try book.connection.int("SELECT count(*) FROM field") == 1)
  }

  @Test func aBuiltInNameWinsOverALaterBooksField() throws {
    let book = try Book.inMemory()
    // As if an earlier program without `city` had added the field.
    try book.connection.execute(
      """
      ALTER TABLE customer ADD COLUMN x_city TEXT;
      INSERT INTO field (entity, name_en, type, created_at)
        VALUES ('customer', 'city', 'text', 'x');
      """)
    try book.reloadCatalogue()
    let fields = try #require(book.catalogue.entity("customer")).fields
    #expect(fields.filter { $0.name == "city" }.map(\.custom) == [false])
    #expect(fields.first { $0.name == "x_city" }?.column == "x_city")
  }

  @Test func termsOfTheBookOrderAndRename() throws {
    let book = try Book.inMemory()
    try book.addTerm(enumeration: "size", code: "tiny", zh: "微型", en: "Tiny", position: 1)
    try book.connection.execute(
      "UPDATE term SET name_zh = '巨型' WHERE enumeration = 'size' AND code = 'large'")
    try book.reloadCatalogue()
    let size = try #require(book.catalogue.enumeration("size"))
    #expect(size.values.map(\.code) == ["tiny", "small", "medium", "large"])
    #expect(size.values.last?.zh == "巨型")
    // The label that shipped is still understood.
    #expect(size.values.last?.synonyms.contains("大型") == true)
    #expect(
      diagnosticCode { try book.addTerm(enumeration: "size", code: "tiny", zh: "x", en: "x") }
        == "K6025")
    try book.addTerm(enumeration: "size", code: "unclear", zh: "不明", en: "Unclear")
    #expect(book.catalogue.enumeration("size")?.values.last?.outsideOrder == true)
    // Enumerations nobody touched are as shipped.
    let stage = try #require(book.catalogue.enumeration("stage"))
    #expect(stage.values.map(\.code) == ["A", "B", "C", "D", "E", "F"])
    #expect(stage.values.map(\.zh) == EnumerationSpec.stage.values.map(\.zh))
  }

  @Test func settingsHoldForATeamOrForAll() throws {
    let book = try Book.inMemory()
    try book.connection.execute("INSERT INTO team (id, name) VALUES (1, '北'), (2, '南')")
    #expect(try book.setting("claim_valid") == "30 days")
    #expect(try book.setting("company_name") == nil)
    try book.set("claim_valid", to: "45 days", team: 2)
    try book.set("company_name", to: "海天")
    #expect(try book.setting("claim_valid", team: 1) == "30 days")
    #expect(try book.setting("claim_valid", team: 2) == "45 days")
    #expect(try book.setting("company_name", team: 1) == "海天")
    #expect(try book.settings().count == 96)
    #expect(diagnosticCode { try book.set("nosuch", to: "1") } == "K6026")
    #expect(diagnosticCode { _ = try book.setting("nosuch") } == "K6026")
  }

  @Test func rowsAreFoundByCodeAndName() throws {
    let book = try Book.inMemory()
    try book.connection.execute(
      """
      INSERT INTO customer (id, name, code) VALUES (5, '海天', 'H1'), (7, '海天', 'H2'), (9, 'x', NULL);
      INSERT INTO customer (id, name, merged_into_id) VALUES (11, '海天', 5);
      """)
    let customer = EntitySpec.customer
    #expect(try book.id(of: customer, code: "H2") == 7)
    #expect(try book.id(of: customer, code: "H3") == nil)
    #expect(try book.ids(of: customer, name: "海天") == [5, 7])
    #expect(try book.ids(of: .stage, name: "方案论证") == [3])
    #expect(try book.ids(of: .stage, name: "Validate solution") == [3])
    #expect(try book.ids(of: .referral, name: "x") == [])
  }
}
