import Kith
import KithBase
import KithModel
import KithStore
import Testing

/// Every derived field explains itself, and its example runs.
@Suite struct FieldHelpTests {
  @Test func everyDerivedFieldIsExplained() throws {
    let catalogue = Catalogue.shipped
    var count = 0
    for entity in catalogue.entities {
      for field in entity.derived {
        let place = "\(entity.name).\(field.name)"
        let text = try #require(FieldHelp.text(place, catalogue), "\(place)")
        #expect(text.contains(field.kith ?? field.algorithm ?? "nothing"), "\(place)")
        #expect(text.contains("  source   ") && text.contains("  example  "), "\(place)")
        #expect(!field.origin.isEmpty, "\(place)")
        #expect(FieldHelp.text(field.zh, catalogue)?.contains(place + " ") == true, "\(place)")
        count += 1
      }
    }
    // 181 of the vocabulary and five beside them.
    #expect(count == 186)
    #expect(FieldHelp.text("nothing_such", catalogue) == nil)
    #expect(FieldHelp.text("win", catalogue)?.contains("catalogue 144") == true)
    #expect(FieldHelp.text("customer.expires", catalogue) == nil)
    let expires = try #require(FieldHelp.text("有效期至", catalogue))
    #expect(expires.contains("setting  claim_valid = 30 days"))
  }

  @Test func examplesRun() throws {
    let book = try Book.inMemory()
    try book.makeDemo(customers: 30, seed: 4) { _, _ in }
    try book.connection.execute(
      "INSERT INTO profile (id, name, industry_rule) VALUES (1, 'ideal', 'industry = it')")
    let session = try Session(book: book, options: Options())
    for entity in Catalogue.shipped.entities {
      // Nothing is known of who did not answer, so this one is refused.
      for field in entity.derived where field.name != "response_rate" {
        _ = try session.run(FieldHelp.example(of: field, entity))
      }
    }
  }
}
