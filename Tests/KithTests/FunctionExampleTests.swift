import Kith
import KithPlan
import Testing

/// The examples that help shows are true: each is typed and its shown result compared.
@Suite struct FunctionExampleTests {
  @Test(arguments: FunctionCatalogue.shipped.functions.map(\.name))
  func examplesHold(name: String) throws {
    let function = try #require(FunctionCatalogue.shipped.find(name))
    var options = Options()
    options.evaluationDate = "2026-11-21"
    let session = try Session.demo(customers: 1, options: options)
    for example in function.examples {
      let shown = try session.run("f\"{\(quoted(example.text))}\"").rendered(as: .tsv)
      let result = shown.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().first
      #expect(String(result ?? "") == example.result, "\(example.text)")
    }
  }

  /// Texts inside the braces of an f-text use the other quote.
  private func quoted(_ text: String) -> String { text.replacing("\"", with: "'") }
}
