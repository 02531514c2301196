import KithBase

/// What the program was asked to do, for the roads that must start fast: `-c`, a script, the shell.
/// Read by hand, since a command-line library costs more than the whole start.
struct Launch {
  enum Task {
    case interactive
    case text(String)
    case script(String)
    case standardInput
  }

  var task = Task.interactive
  var book: String?
  var format: String?
  var outputPath: String?
  var tongue: Tongue?
  var today: String?
  var parameters: [(name: String, value: String)] = []
  var rowLimit: Int?
  var errorsAsJSON = false
  var keepsGoing = false
  var failsWhenEmpty = false
  var failsWhenChanged = false
  var timeoutMilliseconds: Int?
  var folders: [String] = []
  var writes = false
  var rehearses = false
  var assumesYes = false
  var author: String?
  var colour = "auto"
  var isBatch = false
  private var sawText = false

  struct Misuse: Error { var message: String }

  /// Flags that take a value, as they are spelled without dashes.
  private static let valued: Set<String> = [
    "c", "format", "o", "output", "lang", "today", "set", "limit", "errors", "timeout", "folder",
    "color", "colour", "book", "author",
  ]

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    var positional: [String] = []
    if rest.first == "run" {
      rest = rest.dropFirst()
      sawText = true
      task = .script("")
    }
    while let argument = rest.popFirst() {
      if argument == "-" {
        task = .standardInput
        continue
      }
      guard argument.hasPrefix("-"), argument.count > 1 else {
        positional.append(argument)
        continue
      }
      var name = String(argument.drop { $0 == "-" })
      var value: String?
      if let equals = name.firstIndex(of: "=") {
        value = String(name[name.index(after: equals)...])
        name = String(name[..<equals])
      }
      if Self.valued.contains(name), value == nil {
        guard let next = rest.popFirst() else { throw Misuse(message: "\(argument) needs a value") }
        value = next
      }
      try take(name, value ?? "", written: argument)
    }
    try place(positional)
  }

  private mutating func place(_ positional: [String]) throws {
    var positional = positional[...]
    if case .script = task {
      guard let file = positional.popFirst() else {
        throw Misuse(message: "run needs a script file")
      }
      task = .script(file)
    }
    if let first = positional.popFirst() { book = book ?? first }
    guard positional.isEmpty else {
      throw Misuse(message: "one book at a time; what is '\(positional.joined(separator: " "))'?")
    }
  }

  private mutating func take(_ name: String, _ value: String, written: String) throws {
    func number() throws -> Int {
      guard let number = Int(value), number >= 0 else {
        throw Misuse(message: "\(written) takes a whole number, not '\(value)'")
      }
      return number
    }
    switch name {
    case "c": task = .text(value)
    case "format": format = value
    case "csv", "json", "ndjson", "box", "markdown", "line", "tsv", "tree", "html": format = name
    case "o", "output": outputPath = value
    case "lang":
      guard value == "zh" || value == "en" else { throw Misuse(message: "--lang is zh or en") }
      tongue = value == "zh" ? .chinese : .english
    case "today": today = value
    case "book": book = value
    case "set":
      guard let equals = value.firstIndex(of: "=") else {
        throw Misuse(message: "--set takes NAME=VALUE, not '\(value)'")
      }
      parameters.append((String(value[..<equals]), String(value[value.index(after: equals)...])))
    case "limit": rowLimit = try number()
    case "errors": errorsAsJSON = value == "json"
    case "keep-going": keepsGoing = true
    case "fail-empty": failsWhenEmpty = true
    case "exit-changed": failsWhenChanged = true
    case "timeout": timeoutMilliseconds = try number()
    case "folder": folders.append(value)
    case "write": writes = true
    case "readonly": writes = false
    case "dry-run": rehearses = true
    case "yes": assumesYes = true
    case "author": author = value
    case "batch": isBatch = true
    case "color", "colour":
      guard ["auto", "always", "never"].contains(value) else {
        throw Misuse(message: "--color is auto, always or never")
      }
      colour = value
    default: throw Misuse(message: "no option '\(written)'; 'kith help' lists them")
    }
  }
}
