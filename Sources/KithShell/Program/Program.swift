import Glibc
import Kith
import KithBase
import KithPlan

/// The road from the arguments to the exit code.
enum Program {
  static let version = "0.1.0"
  private static let commands: Set<String> = [
    "import", "export", "demo", "check", "fmt", "describe", "lists", "help", "--help", "-h",
    "-help",
    "--version", "-version",
  ]

  static func run(_ arguments: [String]) -> Int32 {
    setlocale(LC_CTYPE, "")
    Stopping.install()
    if let first = arguments.first, commands.contains(first) { return Commands.run(arguments) }
    do {
      let launch = try Launch(arguments)
      return try run(launch)
    } catch let misuse as Launch.Misuse {
      Terminal.write("kith: \(misuse.message)\n", to: 2)
      return Presenter.Exit.misuse
    } catch {
      Terminal.write(KithError(error).description, to: 2)
      return Presenter.exitCode(KithError(error).diagnostics)
    }
  }

  static func options(_ launch: Launch) -> Options {
    var options = Options()
    options.language = (launch.tongue ?? Terminal.tongue) == .chinese ? .chinese : .english
    options.access = launch.writes ? .write : .read
    options.dryRun = launch.rehearses
    options.author = launch.author ?? Terminal.environment("KITH_AUTHOR")
    options.limits.timeMilliseconds = launch.timeoutMilliseconds
    options.evaluationDate = launch.today ?? Terminal.environment("KITH_TODAY")
    if !launch.folders.isEmpty { options.folders = launch.folders }
    return options
  }

  /// The book asked for, or the demo book in memory.
  static func session(_ launch: Launch) throws -> Session {
    let options = options(launch)
    if let path = launch.book ?? Terminal.environment("KITH_BOOK") {
      return try Session.open(path, options: options, interruption: Stopping.interruption)
    }
    var demo = options
    demo.evaluationDate = demo.evaluationDate ?? Session.demoDay
    return try Session.demo(options: demo, interruption: Stopping.interruption)
  }

  /// The book asked for; without one, none at all where the text needs none, else the demo book.
  private static func session(
    _ launch: Launch, for text: SourceText, _ parameters: [String: ParameterValue]
  ) throws -> Session {
    guard launch.book == nil, Terminal.environment("KITH_BOOK") == nil else {
      return try session(launch)
    }
    let bare = try Session.bare(options: options(launch), interruption: Stopping.interruption)
    let found = bare.check(text, parameters: parameters)
    return found.contains { $0.severity == .error } ? try session(launch) : bare
  }

  private static func run(_ launch: Launch) throws -> Int32 {
    let presenter = Presenter(launch, tongue: launch.tongue ?? Terminal.tongue)
    do {
      switch launch.task {
      case .text(let text):
        return try run(SourceText(name: "<input>", text), launch, presenter)
      case .script(let path):
        let bytes = try FileText.bytes(path, limit: 16 << 20)
        return try run(SourceText(name: path, bytes: bytes), launch, presenter)
      case .standardInput: return try runInput(launch, presenter)
      case .interactive:
        guard Terminal.isTerminal(0) else { return try runInput(launch, presenter) }
        return try Desk(launch, presenter).run()
      }
    } catch { return presenter.report(error) }
  }

  private static func runInput(_ launch: Launch, _ presenter: Presenter) throws -> Int32 {
    let bytes = try FileText.bytes("/dev/stdin", limit: 64 << 20)
    return try run(SourceText(name: "<stdin>", bytes: bytes), launch, presenter)
  }

  private static func run(_ text: SourceText, _ launch: Launch, _ presenter: Presenter) throws
    -> Int32
  {
    var parameters: [String: ParameterValue] = [:]
    for (name, value) in launch.parameters { parameters[name] = parameter(value) }
    let session = try session(launch, for: text, parameters)
    let interpreter = Interpreter(session, parameters: parameters)
    interpreter.maximumRows = presenter.neededRows
    try interpreter.run(text) { event in try presenter.show(event) }
    if launch.failsWhenChanged, presenter.sawChange { return Presenter.Exit.changed }
    return launch.failsWhenEmpty && presenter.sawEmpty ? Presenter.Exit.empty : Presenter.Exit.fine
  }

  /// A value of `--set` as its spelling says: whole numbers, decimals, dates, true and false; else text.
  static func parameter(_ text: String) -> ParameterValue {
    if let number = Int64(text) { return .int(number) }
    if text == "true" || text == "false" { return .bool(text == "true") }
    let parts = text.split(separator: "-").map { Int($0) }
    if parts.count == 3, text.count >= 8, let year = parts[0], let month = parts[1],
      let number = parts[2],
      let day = Day(year: year, month: month, day: number)
    {
      return .date(day)
    }
    if let number = Double(text), text.contains("."), number.isFinite { return .float(number) }
    return .text(text)
  }
}
