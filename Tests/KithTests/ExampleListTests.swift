import Foundation
import Kith
import KithBase
import Testing

/// The scripts of `examples/lists` run as they stand, and the map in their README is complete.
@Suite struct ExampleListTests {
  private static let folder = Repository.top.appending(path: "examples/lists")

  private static let files: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".kith") }.sorted()
  }()

  /// One book for all of them: the scripts only read.
  private static func session() throws -> Session {
    var options = Options()
    options.evaluationDate = "2026-11-21"
    return try Session.demo(customers: 400, seed: 7, options: options)
  }

  @Test("every list L1 to L52 has its script")
  func complete() {
    for number in 1...52 {
      let prefix = number < 10 ? "l0\(number)-" : "l\(number)-"
      #expect(Self.files.filter { $0.hasPrefix(prefix) }.count == 1, "L\(number)")
    }
    #expect(Self.files.contains("weekly-review.kith"))
    #expect(Self.files.count == 53)
  }

  @Test("every list runs on the demo book without a warning, and most find rows")
  func run() throws {
    let session = try Self.session()
    var empty: [String] = []
    for file in Self.files {
      let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
      let lines = text.split(separator: "\n").map(String.init)
      #expect(Self.isTitle(lines[0]), "\(file) begins with its title in both tongues")
      #expect(lines.contains { $0.hasPrefix("print ") }, "\(file) prints its title")
      var tables = 0
      var rows = 0
      do {
        let script = Interpreter(session, parameters: [:])
        try script.run(SourceText(name: file, text)) { event in
          guard case .table(let table) = event else { return }
          tables += 1
          rows += table.rowCount
        }
        #expect(script.warnings.isEmpty, "\(file): \(script.warnings.map(\.message))")
      } catch {
        Issue.record("\(file): \(error)")
      }
      #expect(tables > 0, "\(file) shows a table")
      if rows == 0 { empty.append(file) }
    }
    // What the demo book has no rows for yet.
    #expect(empty.count <= 8, "\(empty)")
  }

  /// `# … · …` with Chinese and English in it.
  private static func isTitle(_ line: String) -> Bool {
    let scalars = line.unicodeScalars
    return line.hasPrefix("# ") && line.contains(" · ")
      && scalars.contains { (0x4E00...0x9FFF).contains($0.value) }
      && scalars.contains { ("a"..."z").contains($0) }
  }

  @Test("the map names each script once, with the catalogue item of its list")
  func map() throws {
    let text = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
    let items: [(ClosedRange<Int>, Int)] = [
      (1...1, 252), (2...2, 253), (3...3, 254), (4...4, 255), (5...5, 256), (6...6, 257),
      (7...7, 258), (8...8, 259), (9...9, 260), (10...10, 261), (11...11, 262), (12...12, 263),
      (13...13, 264), (14...17, 265), (18...18, 266), (19...21, 267), (22...24, 268),
      (25...25, 269), (26...34, 270), (35...43, 271), (44...52, 272),
    ]
    for file in Self.files where file != "weekly-review.kith" {
      let number = try #require(Int(file.dropFirst().prefix { $0.isNumber }))
      let item = try #require(items.first { $0.0.contains(number) }?.1)
      let rows = text.split(separator: "\n").filter { $0.contains("](\(file))") }
      #expect(rows.count == 1, "\(file)")
      #expect(
        rows.first?.hasPrefix("| L\(number) |") == true
          && rows.first?.hasSuffix("| \(item) |") == true, "\(file): \(rows)")
    }
  }
}
