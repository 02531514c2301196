import ArgumentParser
import Glibc
import Kith
import KithBase

/// The commands that are not hurried: read with ArgumentParser.
enum Commands {
  static func run(_ arguments: [String]) -> Int32 {
    let spelled = arguments.map { ["-help", "-version"].contains($0) ? "-" + $0 : $0 }
    do {
      var command = try KithCommand.parseAsRoot(spelled)
      try command.run()
      return Presenter.Exit.fine
    } catch let code as ExitCode {
      return code.rawValue
    } catch let error as KithError {
      return report(error.diagnostics)
    } catch let diagnostic as Diagnostic {
      return report([diagnostic])
    } catch {
      let text = KithCommand.fullMessage(for: error)
      let code = KithCommand.exitCode(for: error)
      Terminal.write(text + "\n", to: code == .success ? 1 : 2)
      return code == .success ? Presenter.Exit.fine : Presenter.Exit.misuse
    }
  }

  private static func report(_ diagnostics: [Diagnostic]) -> Int32 {
    let options = DrawingOptions(colour: Terminal.usesColour(2, "auto"), tongue: Terminal.tongue)
    Terminal.write(diagnostics.drawnAll(options), to: 2)
    return Presenter.exitCode(diagnostics)
  }
}

struct KithCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kith", abstract: "Ask your customer book.",
    usage: """
      kith [BOOK]                     the shell; without a book, a demo book in memory
      kith -c TEXT [BOOK]             run one text
      kith run FILE [--set k=v] [BOOK]
      kith - < FILE                   run a script from standard input
      """,
    discussion: """
      Options of the first four: --lang zh|en, --today DATE, --format NAME (or -csv -json -ndjson \
      -tsv -box -line -markdown -tree -html), -o FILE, --limit N, --set NAME=VALUE, --timeout MS, \
      --folder DIR, --fail-empty, --exit-changed, --errors=json, --color auto|always|never.
      --write lets statements change the book; --dry-run shows what they would change,
      --yes does not ask, --author NAME says whose changes they are.
      """,
    version: Program.version,
    subcommands: [
      CheckCommand.self, FormatCommand.self, ImportCommand.self, ExportCommand.self,
      DemoCommand.self, DescribeCommand.self, ListsCommand.self, HelpCommand.self,
    ])
}

/// `check FILE…`: parse and check, run nothing.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Parse and check scripts, or the lists of a book; nothing is run.")

  @Argument(help: "Script files; none checks the lists of --book.") var files: [String] = []
  @Option(help: "The book whose names count; none: those every book has.") var book: String?
  @Option(help: "zh or en.") var lang: String?
  @Option(help: "text or json.") var errors = "text"

  func run() throws {
    var launch = try Launch([])
    launch.book = book
    if let lang { launch.tongue = lang == "zh" ? .chinese : .english }
    let session =
      book == nil
      ? try Session.empty(options: Program.options(launch)) : try Program.session(launch)
    var failed = false
    if files.isEmpty {
      guard book != nil else {
        throw ValidationError("name script files, or --book BOOK for its lists")
      }
      let found = try session.checkLists()
      failed = found.contains { $0.severity == .error }
      show(found, launch)
    }
    for file in files {
      let text = SourceText(name: file, bytes: try FileText.bytes(file, limit: 16 << 20))
      let found = session.check(text, withAnyAccess: true)
      failed = failed || found.contains { $0.severity == .error }
      show(found, launch)
    }
    if failed { throw ExitCode(Presenter.Exit.unchecked) }
  }

  private func show(_ found: [Diagnostic], _ launch: Launch) {
    let options = DrawingOptions(
      colour: Terminal.usesColour(2, "auto"), tongue: launch.tongue ?? Terminal.tongue)
    Terminal.write(errors == "json" ? found.json() + "\n" : found.drawnAll(options), to: 2)
  }
}

/// `fmt FILE…`: one layout, one tongue.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Lay scripts out; prints unless --write is given.")

  @Argument(help: "Script files; - is standard input.") var files: [String]
  @Flag(help: "Write each file in place.") var write = false
  @Flag(help: "Only tell whether something would change (exit 1).") var check = false
  @Option(help: "The tongue to print: zh or en.") var lang: String?

  func run() throws {
    let tongue: Tongue = (lang.map { $0 == "zh" } ?? false) ? .chinese : .english
    var changed = false
    for file in files {
      let path = file == "-" ? "/dev/stdin" : file
      let text = SourceText(name: file, bytes: try FileText.bytes(path, limit: 16 << 20))
      let laid = try ScriptLayout.formatted(text, tongue: tongue)
      if Array(laid.utf8) != text.bytes { changed = true }
      if check { continue }
      if write, file != "-" {
        try Exporter.replace(file) { sink in try sink(Array(laid.utf8)) }
      } else {
        Terminal.write(laid, to: 1)
      }
    }
    if check, changed { throw ExitCode(Presenter.Exit.failed) }
  }
}

/// `demo BOOK`: a made-up book.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Make a book of invented customers; same seed, same rows.")

  @Option(help: "How many customers.") var customers = 2000
  @Option(help: "Any whole number.") var seed: UInt64 = 1
  @Argument(help: "The book to make.") var book: String

  func validate() throws {
    guard (1...10_000_000).contains(customers) else {
      throw ValidationError("--customers is 1 to 10000000")
    }
  }

  func run() throws {
    let progress = Progress()
    try Session.makeDemo(at: book, customers: customers, seed: seed) { done, all in
      try progress.show(done, all)
    }
    progress.erase()
  }
}

/// `describe BOOK`: what is in it.
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Say what a book holds.")

  @Argument(help: "The book.") var book: String
  @Option(help: "zh or en.") var lang: String?

  func run() throws {
    var launch = try Launch([])
    launch.book = book
    if let lang { launch.tongue = lang == "zh" ? .chinese : .english }
    let session = try Program.session(launch)
    let presenter = Presenter(launch, tongue: launch.tongue ?? Terminal.tongue)
    presenter.showsTimes = false
    try presenter.show(try session.overview())
  }
}

/// A bar on standard error, if somebody looks, from half a second on.
final class Progress {
  private let isVisible = Terminal.isTerminal(2)
  private let started = Progress.now
  private var last = 0.0
  private var isDrawn = false

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Throws K5001 after Ctrl-C, so that the work ends with nothing half done.
  func show(_ done: Int, _ all: Int) throws {
    if Stopping.isPulled { throw Diagnostic("K5001", "interrupted; nothing was kept") }
    let now = Progress.now
    guard isVisible, now - started > 0.5, now - last > 0.1, all > 0 else { return }
    last = now
    isDrawn = true
    let share = min(1, Double(done) / Double(all))
    let width = min(30, max(5, Terminal.width - 40))
    let filled = Int(share * Double(width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    var text = "\r\(bar) \(Int(share * 100))% \(done)/\(all)"
    if share > 0.05 { text += " \(Int((now - started) / share * (1 - share)) + 1) s" }
    Terminal.write(text + "\u{1b}[K", to: 2)
  }

  func erase() { if isDrawn { Terminal.write("\r\u{1b}[K", to: 2) } }
}
