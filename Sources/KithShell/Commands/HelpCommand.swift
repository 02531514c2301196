import ArgumentParser
import Kith
import KithBase
import KithModel
import KithPlan
import KithStore

/// `help [TOPIC]`: a verb, a function, a kind of object, an error code.
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Explain a word: customers, win, funnel, round, K2104 …")

  @Argument(help: "A verb, function, kind of object, field or error code.") var topic: [String] = []

  func run() throws {
    let topic = topic.joined(separator: " ")
    if topic.isEmpty {
      Terminal.write(KithCommand.helpMessage() + "\n" + HelpTopics.overview, to: 1)
      return
    }
    var options = Options()
    if Terminal.tongue == .chinese { options.language = .chinese }
    let session = try Session.empty(options: options)
    guard HelpTopics.show(topic, session, to: 1) else { throw ExitCode(Presenter.Exit.failed) }
  }
}

/// What is known of a word.
enum HelpTopics {
  static let overview = """
    A query reads like the question: objects, then stages behind '|'.

      customers | where city = "深圳" and tier = V1 | top 20 by revenue
      客户 | 其中 城市 = "深圳" 且 等级 = V1 | 前20 按 收入
      opportunities | where created in 2026-Q3 | funnel
      customer 2 | downstream

    More: kith help verbs, kith help statements, kith help functions, kith help objects,
    kith help customers,
    kith help win (a field), kith help K2104

    """

  static func show(_ topic: String, _ session: Session, to descriptor: Int32) -> Bool {
    guard let text = text(topic, session) else {
      let words =
        (StageHelp.all + StageHelp.statements).map(\.verb) + session.functions.functions.map(\.name)
        + session.book.catalogue.entities.map(\.plural)
      let near = Spelling.nearest(topic, among: words)
      Terminal.write(
        "nothing is known of '\(topic)'"
          + (near.isEmpty ? "" : "; there is \(near.joined(separator: ", "))") + "\n", to: 2)
      return false
    }
    Terminal.write(text, to: descriptor)
    return true
  }

  private static func text(_ topic: String, _ session: Session) -> String? {
    let word = topic.lowercased()
    switch word {
    case "verbs", "stages", "步骤":
      return StageHelp.all.map { "\($0.verb)\t\($0.zh)\t\($0.summary)\n" }.joined()
    case "statements", "语句":
      return StageHelp.statements.map { "\($0.verb)\t\($0.zh)\t\($0.summary)\n" }.joined()
    case "functions", "函数":
      return session.functions.functions.map { "\($0.signature)\t\($0.zh)\t\($0.summary)\n" }
        .joined()
    case "objects", "对象":
      return session.book.catalogue.entities.map { "\($0.plural)\t\($0.zh)\t\($0.meaning)\n" }
        .joined()
    default: break
    }
    let tongue: Tongue = session.options.language == .chinese ? .chinese : .english
    if let help = ErrorHelp.find(word) { return help.text(tongue) }
    if let family = ErrorHelp.family(of: topic, tongue) { return family }
    let field = FieldHelp.text(topic, session.book.catalogue)
    guard let other = other(topic, word, session) else { return field }
    return other + (field.map { "\n" + $0 } ?? "")
  }

  /// A verb, a kind of object or a function.
  private static func other(_ topic: String, _ word: String, _ session: Session) -> String? {
    let known = StageHelp.all + StageHelp.statements
    let named = known.filter { $0.verb == word || $0.zh == topic }
    // `cohort` is enough for `cohort by`.
    let begun = known.filter { $0.verb.hasPrefix(word + " ") }
    let found = named.isEmpty ? begun : named
    if !found.isEmpty {
      return found.map { row in
        let lines = row.example.split(separator: "\n").map { "  \($0)\n" }.joined()
        return "\(row.verb) \(row.zh): \(row.summary)\n\n\(lines)"
      }.joined(separator: "\n")
    }
    if let entity = NameIndex(session.book.catalogue).entity(topic) { return describe(entity) }
    if let function = session.functions.find(topic) {
      let examples = function.examples.map { "  \($0.text)  →  \($0.result)\n" }.joined()
      return "\(function.signature)  \(function.zh)\n\(function.summary)\n\n\(examples)"
    }
    return nil
  }

  private static func describe(_ entity: EntitySpec) -> String {
    var text = "\(entity.plural) \(entity.zh): \(entity.meaning)\n\nfields\n"
    for field in entity.fields where !field.hidden {
      let unit = field.unit.map { " [\($0)]" } ?? ""
      text += "  \(field.name)\t\(field.zh)\t\(field.type.name)\(unit)\t\(field.note)\n"
    }
    text += "\nleads to one\n"
    for path in entity.toOne { text += "  \(path.name)\t\(path.zh)\t\(path.target)\n" }
    text += "\nleads to many\n"
    for path in entity.toMany { text += "  \(path.name)\t\(path.zh)\t\(path.target)\n" }
    text += "\nderived\n"
    for derived in entity.derived {
      text +=
        "  \(derived.name)\t\(derived.zh)\t\(derived.type.name)\t\(derived.kith ?? derived.algorithm ?? "")\n"
    }
    return text
  }
}
