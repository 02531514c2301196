import Foundation

/// The files of this repository, as the tidy tests read them.
struct Repository {
  /// A text file with its path from the top (`Sources/KithBase/Text/SourceText.swift`).
  struct File {
    var path: String
    var text: String
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// The target of a file under `Sources`.
    var target: String? {
      let parts = path.split(separator: "/")
      return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }
  }

  static let top = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Swift files under `Sources`.
  static let sources = files(under: "Sources", endings: ["swift"])
  /// Everything a test may be written in.
  static let tests = files(under: "Tests", endings: nil)

  /// Files below a folder with one of the endings, or all that are UTF-8.
  static func files(under folder: String, endings: Set<String>?) -> [File] {
    let root = top.appending(path: folder)
    guard let walk = FileManager.default.enumerator(atPath: root.path) else { return [] }
    var files: [File] = []
    for case let name as String in walk {
      let url = root.appending(path: name)
      if let endings, !endings.contains(url.pathExtension) { continue }
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
      files.append(File(path: folder + "/" + name, text: text))
    }
    return files.sorted { $0.path < $1.path }
  }
}

/// Swift text with what is no code made blank, line ends kept: comments, and texts as far as they are
/// not interpolated.
struct SwiftCode {
  private let input: [UInt8]
  private var place = 0
  private var output: [UInt8] = []

  init(_ source: String) {
    input = Array(source.utf8)
    readCode(untilBracket: false)
  }

  var text: String { String(decoding: output, as: UTF8.self) }

  /// Up to the end, or to the bracket that closes an interpolation.
  private mutating func readCode(untilBracket: Bool) {
    var open = 0
    while place < input.count {
      let byte = input[place]
      if byte == UInt8(ascii: "/"), starts("//") {
        while place < input.count, input[place] != 0x0A { blank(1) }
      } else if byte == UInt8(ascii: "/"), starts("/*") {
        while place < input.count, !starts("*/") { blank(1) }
        blank(2)
      } else if let hashes = textStart() {
        readText(hashes: hashes)
      } else {
        if byte == UInt8(ascii: "(") { open += 1 }
        if byte == UInt8(ascii: ")") {
          if untilBracket, open == 0 { return }
          open -= 1
        }
        output.append(byte)
        place += 1
      }
    }
  }

  private mutating func readText(hashes: Int) {
    blank(hashes)
    let multiline = starts("\"\"\"")
    let mark = multiline ? "\"\"\"" : "\""
    let fence = String(repeating: "#", count: hashes)
    let end = mark + fence
    let escape = "\\" + fence
    blank(mark.utf8.count)
    while place < input.count {
      switch input[place] {
      case UInt8(ascii: "\"") where starts(end):
        blank(end.utf8.count)
        return
      case UInt8(ascii: "\\") where starts(escape + "("):
        blank(escape.utf8.count + 1)
        readCode(untilBracket: true)
      case UInt8(ascii: "\\") where starts(escape): blank(escape.utf8.count + 1)
      case 0x0A where !multiline: return
      default: blank(1)
      }
    }
  }

  /// The number of `#` before a quote that stands here; nil where no text starts.
  private func textStart() -> Int? {
    var next = place
    while next < input.count, input[next] == UInt8(ascii: "#") { next += 1 }
    return next < input.count && input[next] == UInt8(ascii: "\"") ? next - place : nil
  }

  private func starts(_ text: String) -> Bool {
    let bytes = text.utf8
    guard place + bytes.count <= input.count else { return false }
    return input[place..<place + bytes.count].elementsEqual(bytes)
  }

  /// Goes on, leaving blanks and line ends.
  private mutating func blank(_ count: Int) {
    for _ in 0..<count where place < input.count {
      output.append(input[place] == 0x0A ? 0x0A : 0x20)
      place += 1
    }
  }
}

/// A function and how many lines it has, from its name to its closing brace.
struct FunctionExtent: Equatable {
  var name: String
  var line: Int
  var lineCount: Int
}

extension SwiftCode {
  /// The functions, initialisers and subscripts with a body.
  var functions: [FunctionExtent] {
    var scan = FunctionScan()
    for byte in output { scan.read(byte) }
    return scan.found
  }

  private struct FunctionScan {
    var found: [FunctionExtent] = []
    private var waiting: (name: String, line: Int)?
    private var open: [(name: String, line: Int, depth: Int)] = []
    private var depth = 0
    private var brackets = 0
    private var line = 1
    private var word: [UInt8] = []
    private var previous: UInt8 = 0x0A
    private var isMember = false

    mutating func read(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
        if word.isEmpty { isMember = previous == UInt8(ascii: ".") }
        word.append(byte)
        return
      default: endWord()
      }
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["): brackets += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): brackets -= 1
      case UInt8(ascii: "{"): openBrace()
      case UInt8(ascii: "}"): closeBrace()
      case 0x0A: line += 1
      default: break
      }
      if byte != 0x20 { previous = byte }
    }

    private mutating func endWord() {
      if word.isEmpty { return }
      let text = String(decoding: word, as: UTF8.self)
      word = []
      if waiting?.name == "func" {
        waiting?.name = text
      } else if brackets == 0, !isMember, ["func", "init", "subscript"].contains(text) {
        waiting = (text, line)
      }
      previous = 0x20
    }

    private mutating func openBrace() {
      depth += 1
      guard let function = waiting, brackets == 0 else { return }
      open.append((function.name, function.line, depth))
      waiting = nil
    }

    private mutating func closeBrace() {
      if let function = open.last, function.depth == depth {
        found.append(
          FunctionExtent(
            name: function.name, line: function.line, lineCount: line - function.line + 1))
        open.removeLast()
      }
      depth -= 1
      // A requirement of a protocol has no body.
      if brackets == 0 { waiting = nil }
    }
  }
}
