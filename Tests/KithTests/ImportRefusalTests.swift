import KithBase
import KithStore
import Testing

/// Rows the book itself refuses, what they leave behind, and what kith keeps beside the rows.
@Suite struct ImportRefusalTests {
  /// A contact may be a referrer once; the second row is refused, and neither the member nor anything else
  /// made for it stays. A third row that names the same member makes it anew.
  @Test func aRefusedRowLeavesNothingBehind() throws {
    let bench = try ImportBench()
    _ = try bench.bring("name,code\n张伟,K1\n", into: "contacts")
    let text = "name,category,contact,owner\na,customer,张伟,王芳\nb,customer,张伟,李雷\n"
    let first = try bench.bring(text, into: "referrers")
    #expect(first.rowsNew == 1)
    #expect(first.rejects.map(\.line) == [3])
    #expect(
      first.rejects.map(\.reason) == ["the book has a row with the same referrer.contact_id"])
    #expect(first.parentsMade == ["member": 1])
    #expect(try bench.rows("SELECT name FROM member") == ["王芳"])
    let again = try bench.bring(
      "name,category,contact,owner\nc,customer,张伟,李雷\nd,customer,,李雷\ne,customer,,李雷\n",
      into: "referrers")
    #expect(again.rowsNew == 2)
    #expect(
      try bench.rows(
        "SELECT r.name, m.name FROM referrer r JOIN member m ON m.id = r.owner_id ORDER BY r.name")
        == ["a|王芳", "d|李雷", "e|李雷"])
    #expect(try bench.rows("SELECT name FROM member ORDER BY id") == ["王芳", "李雷"])
  }

  @Test func reasonsAreInTheTongueAskedFor() throws {
    let bench = try ImportBench()
    let report = try bench.bring(
      "name,headcount,created\n甲,x,2026-01-01\n乙,1,2026-02-31\n丙\n", into: "customers"
    ) { $0.tongue = .chinese }
    #expect(
      report.rejects.map(\.reason) == [
        "“x”不是整数", "“2026-02-31”写了 31 日，这个月只有 28 天", "这一行有 1 格，表头有 3 格",
      ])
  }

  /// Keys are what `duplicates` compares: no legal form, no case, no width, simplified characters.
  @Test func namesHaveTheirKeys() throws {
    let bench = try ImportBench()
    _ = try bench.bring(
      "code,name\nA,深圳華強电子有限公司\nB,ＡＣＭＥ Co. Ltd\nC,云图集团\n", into: "customers")
    let keys = "SELECT name_key FROM customer ORDER BY id"
    #expect(try bench.rows(keys) == ["深圳华强电子", "acme", "云图"])
    _ = try bench.bring("code,name\nB,Zeta GmbH\n", into: "customers")
    #expect(try bench.rows(keys) == ["深圳华强电子", "zeta", "云图"])
    _ = try bench.bring("name,customer\ndeal,远景股份有限公司\n", into: "opportunities")
    #expect(try bench.rows(keys) == ["深圳华强电子", "zeta", "云图", "远景"])
  }

  @Test func theDemoBookHasKeysToo() throws {
    let book = try Book.inMemory()
    try book.makeDemo(customers: 20, seed: 1) { _, _ in }
    #expect(
      try book.connection.int("SELECT count(*) FROM customer WHERE name_key IS NULL") == 0)
  }
}
