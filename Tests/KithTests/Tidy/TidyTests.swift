import Foundation
import KithShell
import Testing

/// House rules that a machine can see. A rule that is not yet met everywhere has a ratchet: a number
/// that may only shrink.
struct TidyTests {
  /// Whom each target may import. `CEdit` holds C only.
  static let imports: [String: Set<String>] = [
    "KithBase": [],
    "KithLanguage": ["KithBase"],
    "KithModel": ["KithBase"],
    "KithPlan": ["Glibc", "KithBase", "KithLanguage", "KithModel"],
    "KithStore": ["CSQLite", "CZlib", "Glibc", "KithBase", "KithModel", "Synchronization"],
    "KithRun": [
      "Dispatch", "Glibc", "KithBase", "KithModel", "KithPlan", "KithStore", "Synchronization",
    ],
    "KithShow": ["Glibc", "KithBase"],
    "Kith": [
      "Foundation", "Glibc", "KithBase", "KithLanguage", "KithModel", "KithPlan", "KithRun",
      "KithShow", "KithStore", "Synchronization",
    ],
    "KithShell": [
      "ArgumentParser", "CEdit", "Dispatch", "Foundation", "Glibc", "Kith", "KithBase",
      "KithLanguage", "KithModel", "KithPlan", "KithShow", "KithStore", "Synchronization",
    ],
  ]

  /// Lines longer than 100 characters.
  static let longLinesAtMost = 213
  /// Declarations other targets see that have no comment yet.
  static let undocumentedAtMost = 312
  /// Error codes of the sources that no test mentions yet.
  static let untestedCodesAtMost = 23

  @Test("the sources are found")
  func sourcesAreThere() {
    #expect(Set(Repository.sources.compactMap(\.target)).isSuperset(of: Self.imports.keys))
    #expect(Repository.tests.contains { $0.path == "Tests/KithTests/Tidy/TidyTests.swift" })
  }

  @Test("a target imports only what its row of the table allows", arguments: imports.keys.sorted())
  func importTable(target: String) throws {
    let allowed = try #require(Self.imports[target])
    let pattern = try Regex(
      #"^(?:@\w+ |package |public |internal |private )*import (?:\w+ )?(\w+)"#)
    for file in Repository.sources where file.target == target {
      for (index, line) in file.lines.enumerated() {
        guard line.contains("import "), let match = try pattern.firstMatch(in: line),
          let name = match.output[1].substring
        else { continue }
        #expect(allowed.contains(String(name)), "\(file.path):\(index + 1) imports \(name)")
      }
    }
  }

  @Test("files have at most 500 lines of at most 100 characters")
  func sizes() {
    let tests = Repository.tests.filter { $0.path.hasSuffix(".swift") }
    var long: [String] = []
    for file in Repository.sources + tests {
      let lines = file.lines
      #expect(lines.count <= 501, "\(file.path) has \(lines.count) lines")
      for (index, line) in lines.enumerated() where line.count > 100 {
        long.append("\(file.path):\(index + 1)")
      }
    }
    #expect(long.count <= Self.longLinesAtMost, "\(long.count) long lines: \(long)")
  }

  @Test("functions have at most 70 lines")
  func functionSizes() {
    var long: [String] = []
    for file in Repository.sources {
      for function in SwiftCode(file.text).functions where function.lineCount > 70 {
        long.append("\(file.path):\(function.line) \(function.name): \(function.lineCount)")
      }
    }
    #expect(long.isEmpty)
  }

  @Test("no forced steps or mutable globals in the sources")
  func forbidden() throws {
    let code = try Regex(
      #"\btry!|\bas!|\bfatalError\(|\bString\(format:|\bnonisolated\(unsafe\)|\bstatic var \w+ ="#
        + #"|\bstatic var \w+: [^={]+ ="#)
    // Looking for plain parts first saves most of the time.
    let marks = ["try!", "as!", "fatalError", "String(", "nonisolated", "static var"]
    var found: [String] = []
    for file in Repository.sources {
      let lines = SwiftCode(file.text).text.split(
        separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        guard marks.contains(where: { line.contains($0) }),
          let match = try code.firstMatch(in: line)
        else { continue }
        found.append("\(file.path):\(index + 1) \(line[match.range])")
      }
    }
    #expect(found.isEmpty)
  }

  @Test("no unfinished marks in what is read")
  func unfinished() throws {
    let words = try Regex(#"\b(TODO|FIXME|XXX|not implemented|placeholder|stub)\b"#).ignoresCase()
    let parts = ["todo", "fixme", "xxx", "not implemented", "placeholder", "stub"]
    let texts =
      Repository.sources + Repository.files(under: "Sources/Kith/Kith.docc", endings: ["md"])
      + Repository.files(under: "examples", endings: ["sh", "kith"])
    var found: [String] = []
    for file in texts {
      let lower = file.text.lowercased()
      guard parts.contains(where: { lower.contains($0) }) else { continue }
      for (index, line) in file.lines.enumerated() where try words.firstMatch(in: line) != nil {
        found.append("\(file.path):\(index + 1)")
      }
    }
    #expect(found.isEmpty)
  }

  @Test("the top level holds nothing else")
  func topLevel() throws {
    let allowed: Set = ["Package.swift", "Sources", "Tests", "examples", "README.md", "LICENSE"]
    // What git leaves out: the build's folder and file of versions.
    let ignored: Set = ["Package.resolved"]
    let entries = try FileManager.default.contentsOfDirectory(atPath: Repository.top.path)
    let visible = Set(entries.filter { !$0.hasPrefix(".") })
    #expect(visible.subtracting(ignored).subtracting(allowed).isEmpty)
    #expect(allowed.isSubset(of: visible))
  }

  @Test("what other targets see is documented")
  func documented() throws {
    let declaration = try Regex(
      #"^ *(?:package|public) (?:private\(set\) |static |final |indirect |mutating |consuming )*"#
        + #"(?:func|var|let|struct|class|enum|protocol|typealias|subscript)\b"#)
    var missing: [String] = []
    for file in Repository.sources {
      var comment = false
      for (index, line) in file.lines.enumerated() {
        let trimmed = line.drop { $0 == " " }
        if trimmed.hasPrefix("///") {
          comment = true
        } else if !trimmed.hasPrefix("@") {
          let isSeen = trimmed.hasPrefix("package ") || trimmed.hasPrefix("public ")
          if isSeen, !comment, try declaration.firstMatch(in: line) != nil {
            missing.append("\(file.path):\(index + 1)")
          }
          comment = false
        }
      }
    }
    #expect(
      missing.count <= Self.undocumentedAtMost,
      "\(missing.count) without a comment, such as \(missing.suffix(5))")
  }

  /// K9 says that kith itself is at fault: no text brings one about, so no test can.
  @Test("every error code is in some test")
  func codes() {
    // What `kith help CODE` shows is run by a test of its own.
    let shown = Set(ErrorHelp.all.filter { $0.bad != nil }.map(\.code))
    let tested = codes(Repository.tests).union(shown)
    let missing = codes(Repository.sources).subtracting(tested)
      .filter { !$0.hasPrefix("K9") }.sorted()
    #expect(
      missing.count <= Self.untestedCodesAtMost, "\(missing.count) untested: \(missing)")
  }

  /// `K` and four digits, wherever they stand.
  private func codes(_ files: [Repository.File]) -> Set<String> {
    var found: Set<String> = []
    for file in files {
      let bytes = Array(file.text.utf8)
      for place in bytes.indices where bytes[place] == UInt8(ascii: "K") {
        let digits = bytes[(place + 1)...].prefix { (0x30...0x39).contains($0) }
        if digits.count == 4 { found.insert("K" + String(decoding: digits, as: UTF8.self)) }
      }
    }
    return found
  }

  @Test("the scan itself sees functions, and no braces in texts or comments")
  func scanner() {
    let text = #"""
      struct A {
        init(x: Int = f({ 1 })) { // } comment
          let a = "}\(x.map { "}" })"
        }
        func none()
        /* { */ func b(_ y: Int)
          -> Int
        {
          """
          } \(1)
          """
          return self.init(x: 1)
        }
      }
      """#
    #expect(
      SwiftCode(text).functions == [
        FunctionExtent(name: "init", line: 2, lineCount: 3),
        FunctionExtent(name: "b", line: 6, lineCount: 8),
      ])
  }
}
