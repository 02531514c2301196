import Kith
import KithBase
import Testing

/// Warnings of a script: those that are due, and none that a second look takes back.
@Suite struct ScriptWarningTests {
  private func codes(_ text: String) throws -> [String] {
    let session = try Session.demo(customers: 1)
    return session.check(SourceText(text)).map(\.code)
  }

  @Test("an order is lost by a grouping, unless rows were chosen by it")
  func lostOrder() throws {
    #expect(try codes("customers | sort revenue | summarize count()") == ["K2705"])
    #expect(
      try codes("customers | sort revenue | where city = \"深圳\" | summarize count()") == ["K2705"])
    #expect(try codes("customers | sort revenue | take 3 | summarize count()").isEmpty)
    #expect(try codes("customers | top 3 by revenue | summarize count()").isEmpty)
    #expect(try codes("customers | sort revenue | summarize first(name)").isEmpty)
  }

  @Test("a test with a parameter is not constant, one without names is")
  func constantTest() throws {
    #expect(try codes("customers | where true") == ["K2703"])
    let week = "param week: period = last week\n"
    #expect(try codes(week + "customers | where created in $week").isEmpty)
    #expect(try codes(week + "customers | where true") == ["K2703"])
  }
}
