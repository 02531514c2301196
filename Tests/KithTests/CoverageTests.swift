import Foundation
import KithModel
import KithPlan
import Testing

/// The coverage table names every item of the catalogue once, and only what exists.
@Suite struct CoverageTests {
  private static let rows: [[String]] = {
    let url = Repository.top.appending(path: "Sources/Kith/Kith.docc/Coverage.md")
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| items") }
      .map { row in
        row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      }
  }()

  @Test("items 1 to 355 stand there once each")
  func complete() throws {
    var seen: [Int] = []
    for row in Self.rows {
      for part in try #require(row.first).split(separator: ",") {
        let ends = part.split(separator: "–").compactMap {
          Int($0.trimmingCharacters(in: .whitespaces))
        }
        let first = try #require(ends.first, "\(row)")
        seen += Array(first...(ends.last ?? first))
      }
    }
    #expect(seen.sorted() == Array(1...355))
  }

  @Test("every name exists")
  func names() throws {
    let catalogue = Catalogue.shipped
    let index = NameIndex(catalogue)
    var looked = 0
    for row in Self.rows {
      #expect(row.count == 3, "\(row)")
      let quoted = row[2].split(separator: "`", omittingEmptySubsequences: false)
      for (place, name) in quoted.enumerated() where place % 2 == 1 {
        looked += 1
        let name = String(name)
        if name.hasPrefix("list:") {
          #expect(catalogue.enumeration(String(name.dropFirst(5))) != nil, "\(name)")
        } else if name.hasPrefix("setting.") {
          #expect(catalogue.settings.contains { $0.key == name.dropFirst(8) }, "\(name)")
        } else if name.contains("/") {
          let path = Repository.top.appending(path: name).path
          #expect(FileManager.default.fileExists(atPath: path), "\(name)")
        } else {
          let parts = name.split(separator: ".").map(String.init)
          #expect(catalogue.entity(parts[0]) != nil, "\(name)")
          if parts.count == 2 {
            #expect(index.member(parts[1], of: parts[0]) != nil, "\(name)")
          }
        }
      }
    }
    #expect(looked > 150)
  }
}
