import KithBase
import KithModel
import KithStore
import Testing

/// How headers find their fields, and rows the objects they refer to.
@Suite struct ImportRuleTests {
  @Test func headersInEitherTongueAndForgiven() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      "Deal_ID,Customer Name,金额_fen,Expected Close,负责人,created_at,is_goals_agreed\n"
        + "D1,甲,100,2026-01-05,王芳,2026-01-01,yes\n", into: "deals")
    #expect(
      report.columns.map { $0.path ?? "-" } == [
        "code", "customer.name", "amount", "expected_close", "owner", "created", "goals_agreed",
      ])
    #expect(
      try bench.rows(
        """
        SELECT o.code, o.name, c.name, o.amount_fen, o.expected_close_on, m.name, o.created_at,
          o.goals_agreed, o.state, f.main
        FROM opportunity o JOIN customer c ON c.id = o.customer_id
        JOIN member m ON m.id = o.owner_id JOIN funnel f ON f.id = o.funnel_id
        """) == ["D1|D1|甲|10000|2026-01-05|王芳|2025-12-31T16:00:00Z|1|open|1"])
  }

  @Test func anEntityMayBeNamedByAnyOfItsNames() throws {
    for word in ["customers", "customer", "客户", "Accounts", "老客户"] {
      let bench = try ImportBench()
      #expect(try bench.bring("name\na\n", into: word).entity == "customer")
    }
    let bench = try ImportBench()
    let problem = try bench.problem("name\na\n", into: "custmers")
    #expect(problem?.code == "K6020")
    #expect(problem?.suggestions == ["customers"])
    #expect(try bench.problem("name\na\n", into: "terms")?.code == "K7107")
  }

  @Test func columnsNobodyKnowsAreIgnoredAndSaidSo() throws {
    let bench = try ImportBench()
    let report = try bench.bring("name,colour,颜色\na,red,红\n", into: "customers")
    #expect(report.notes.map(\.kind) == ["ignored"])
    #expect(report.notes.first?.english.contains("colour, 颜色") == true)
    #expect(report.notes.first?.english.contains("--keep") == true)
    let none = try bench.problem("colour,shape\nred,round\n", into: "customers")
    #expect(none?.code == "K7106")
  }

  @Test func mappingsThatFitNothingAreRefused() throws {
    let bench = try ImportBench()
    func problem(_ map: String) throws -> Diagnostic? {
      try bench.problem("name,x\na,1\n", into: "customers") {
        $0.map = try ImportMapping.parse(map)
      }
    }
    #expect(try problem("y=city")?.message == "the file has no column 'y'")
    #expect(try problem("x=citty")?.suggestions == ["city"])
    #expect(
      try problem("x=revenue")?.message
        == "'revenue' of a customer cannot be imported: kith computes it")
    #expect(try problem("x=owner.city")?.message == "'city' is no field or path of a member")
    #expect(try problem("x=name,name=name")?.code == "K7106")
    #expect(
      try problem("x=owner.phone")?.message == "the columns do not tell which member 'owner' is")
    let far = Array(repeating: "parent", count: 5_000).joined(separator: ".")
    #expect(try problem("x=\(far)")?.message.hasSuffix("a path has at most 8 steps") == true)
    #expect(try problem("x")?.message == "'x' is no mapping: it is written header=field")
  }

  @Test func keptColumnsBecomeFieldsOfTheirType() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      """
      name,省/自治区,行 ID,share,flag,ratio,day,at,price,zip,mixed,none,利润
      a,广东,1,5%,yes,0.5,2026-01-02,2026-01-02 10:00,¥5,00123,1,,9
      b,浙江,2,,no,7,2026/1/3,2026-01-02 11:00,3.2万,00456,x,,8

      """, into: "items"
    ) {
      $0.keep = true
      $0.map = [ImportMapping("name", "product.name"), ImportMapping("利润", "-")]
      $0.constants = try ImportConstant.parse(
        "purchase.contract=C1,purchase.ordered=2026-01-01,purchase.customer.name=甲")
    }
    #expect(report.rowsRejected == 0)
    #expect(
      report.customFields.map { "\($0.name) \($0.type.name)" } == [
        "省/自治区 text", "行 ID int", "share percent", "flag bool", "ratio float", "day date",
        "at time", "price money", "zip text", "mixed text", "none text",
      ])
    #expect(
      try bench.rows(
        """
        SELECT "x_省/自治区", "x_行 ID", x_share, x_flag, x_ratio, x_day, x_at, x_price, x_zip
        FROM item ORDER BY id
        """) == [
          "广东|1|0.05|1|0.5|2026-01-02|2026-01-02T02:00:00Z|500|00123",
          "浙江|2|·|0|7.0|2026-01-03|2026-01-02T03:00:00Z|3200000|00456",
        ])
    #expect(bench.book.catalogue.entity("item")?.fields.contains { $0.name == "行 ID" } == true)
    // Known from now on: the next file needs no option.
    let again = try bench.bring(
      "product,purchase.contract,purchase.ordered,客户,行 ID\nb,C2,2026-01-02,甲,5\n",
      into: "items"
    ) { $0.map = [ImportMapping("客户", "purchase.customer.name")] }
    #expect(again.customFields.isEmpty)
    #expect(try bench.int("SELECT \"x_行 ID\" FROM item ORDER BY id DESC LIMIT 1") == 5)
  }

  @Test func aColumnNamedLikeSomethingComputedIsNotKept() throws {
    let bench = try ImportBench()
    let report = try bench.bring("name,收入\na,5\n", into: "customers") { $0.keep = true }
    #expect(report.customFields.isEmpty)
    #expect(report.notes.map(\.kind) == ["computed"])
    let twice = try bench.problem("name,Colour,colour\na,x,y\n", into: "customers") {
      $0.keep = true
    }
    #expect(twice?.message.contains("differs only in case") == true)
    #expect(bench.book.catalogue.entity("customer")?.fields.contains { $0.custom } == false)
  }

  @Test func referencesAreFoundByCodeOrNameAndMadeWithTheirFields() throws {
    let bench = try ImportBench()
    _ = try bench.bring("code,name\nM1,王芳\n", into: "members")
    let report = try bench.bring(
      """
      name,owner,客户 ID,客户名称,城市
      one,M1,C1,甲,深圳
      two,王芳,C1,别的名字,上海
      three,李雷,C2,乙,北京

      """, into: "opportunities"
    ) { $0.map = [ImportMapping("城市", "customer.city")] }
    #expect(report.rowsNew == 3)
    #expect(report.parentsMade == ["customer": 2, "member": 1])
    // What the first row tells of a customer holds.
    #expect(
      try bench.rows(
        """
        SELECT o.name, m.name, c.code, c.name, c.city FROM opportunity o
        JOIN member m ON m.id = o.owner_id JOIN customer c ON c.id = o.customer_id ORDER BY o.id
        """) == ["one|王芳|C1|甲|深圳", "two|王芳|C1|甲|深圳", "three|李雷|C2|乙|北京"])
  }

  @Test func severalLevelsOfParents() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      """
      name,owner,boss,office,client
      one,Ann,Bob,North,甲
      two,Ann,Cyd,South,甲
      three,Dan,Bob,North,乙
      four,,,,

      """, into: "opportunities"
    ) {
      $0.map = try ImportMapping.parse(
        "owner=owner.name,boss=owner.manager.name,office=owner.team.name,client=customer.name")
    }
    #expect(report.rowsNew == 4)
    #expect(report.parentsMade == ["customer": 2, "member": 3, "team": 1])
    // What the first row says of Ann holds; Cyd and South are nobody's and were not made.
    #expect(
      try bench.rows(
        """
        SELECT m.name, b.name, t.name FROM member m LEFT JOIN member b ON b.id = m.manager_id
        LEFT JOIN team t ON t.id = m.team_id ORDER BY m.name
        """) == ["Ann|Bob|North", "Bob|·|·", "Dan|Bob|North"])
    #expect(try bench.int("SELECT count(*) FROM opportunity WHERE customer_id IS NULL") == 1)
  }

  @Test func aRowMayReferToALaterOne() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      "name,parent,city\nchild,mother,深圳\nmother,,上海\nself,self,x\n", into: "customers")
    #expect(report.rowsNew == 3)
    #expect(report.parentsMade.isEmpty)
    #expect(
      try bench.rows(
        """
        SELECT c.name, c.city, p.name FROM customer c LEFT JOIN customer p ON p.id = c.parent_id
        ORDER BY c.name
        """) == ["child|深圳|mother", "mother|上海|·", "self|x|self"])
  }

  @Test func namesOfSeveralAreNotGuessed() throws {
    let bench = try ImportBench()
    _ = try bench.bring("code,name\nC1,甲\nC2,甲\n", into: "customers")
    let report = try bench.bring("name,customer\none,甲\ntwo,C2\n", into: "opportunities")
    #expect(report.rowsNew == 1)
    #expect(
      report.rejects.map(\.reason) == [
        "'customer' fits 2 customers of the book; refer to it by code"
      ])
  }

  @Test func mergedRowsAndAliasesLeadToTheOneThatIsKept() throws {
    let bench = try ImportBench()
    _ = try bench.bring("code,name,aliases\nC1,甲公司,\"甲\n甲甲\"\nC2,甲旧,\n", into: "customers")
    try bench.book.connection.execute("UPDATE customer SET merged_into_id = 1 WHERE id = 2")
    let report = try bench.bring("name,customer\na,甲甲\nb,甲旧\nc,C2\n", into: "opportunities")
    #expect(report.parentsMade.isEmpty)
    #expect(try bench.rows("SELECT DISTINCT customer_id FROM opportunity") == ["1"])
  }

  @Test func looseNamesOnlyWhenAsked() throws {
    let bench = try ImportBench()
    _ = try bench.bring("name\nGTX Pro\n", into: "products")
    let text = "name,product\na,GTXPro\n"
    let loose = try bench.bring(text, into: "opportunities") { $0.looseNames = true }
    #expect(loose.parentsMade.isEmpty)
    #expect(loose.notes.map(\.kind) == ["named"])
    let strict = try bench.bring(text, into: "opportunities")
    #expect(strict.parentsMade == ["product": 1])
    #expect(strict.notes.map(\.kind) == ["made", "similar"])
  }

  @Test func aParentThatCannotBeMadeRejectsTheRowAndLeavesNothing() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      "product,purchase.contract,purchase.customer\nneu,C9,丙\n", into: "items")
    #expect(
      report.rejects.map(\.reason) == [
        "'purchase' is not in the book, and to make it ordered is required"
      ])
    #expect(try bench.int("SELECT count(*) FROM customer") == 0)
    #expect(try bench.int("SELECT count(*) FROM product") == 0)
  }

  @Test func whatEveryRowLacksIsSaidBeforeTheRows() throws {
    let bench = try ImportBench()
    let problem = try bench.problem("customer,amount\n甲,5\n", into: "purchases")
    #expect(problem?.code == "K7106")
    #expect(problem?.message.contains("needs ordered (购买日期)") == true)
    let note = try bench.bring("text,customer\nhello,甲\n", into: "notes") {
      $0.constants = [ImportConstant("kind", "备忘")]
    }
    #expect(note.rowsNew == 1)
    #expect(try bench.rows("SELECT kind FROM note") == ["memo"])
  }

  @Test func purchasesOfItemsCostTheirSum() throws {
    let bench = try ImportBench()
    // One order number used by two customers is two orders.
    let report = try bench.bring(
      """
      order,day,client,product,amount,cost
      N1,2026-01-02,甲,p,10.005,1
      N1,2026-01-02,甲,q,20,2
      N1,2026-01-02,乙,p,5,3
      N1,2026-01-03,乙,p,7,

      """, into: "items"
    ) {
      $0.map = try ImportMapping.parse(
        "order=purchase.contract,day=purchase.ordered,client=purchase.customer.name,"
          + "product=product.name")
    }
    #expect(report.parentsMade == ["customer": 2, "product": 2, "purchase": 3])
    // 10.005 is 10.00 to the even fen.
    #expect(
      try bench.rows(
        "SELECT contract, ordered_on, amount_fen, cost_fen FROM purchase ORDER BY id") == [
          "N1|2026-01-02|3000|300", "N1|2026-01-02|500|300", "N1|2026-01-03|700|·",
        ])
  }

  @Test func rowsOfTwoCustomersReferredToOneAnother() throws {
    let bench = try ImportBench()
    let report = try bench.bring("a,b\n1,2\n1,3\n2,4\n9,9\n", into: "referrals") {
      $0.map = [
        ImportMapping("a", "referrer.customer.code"), ImportMapping("b", "customer.code"),
      ]
    }
    #expect(report.rowsNew == 4)
    #expect(report.parentsMade == ["customer": 5, "referrer": 3])
    #expect(
      try bench.rows(
        """
        SELECT f.name, f.category, c.code, r.state FROM referral r
        JOIN referrer f ON f.id = r.referrer_id JOIN customer c ON c.id = r.customer_id
        ORDER BY r.id
        """) == ["1|customer|2|new", "1|customer|3|new", "2|customer|4|new", "9|customer|9|new"])
  }
}
