import Kith
import KithBase
import KithModel
import KithShow
import KithStore

/// Commands of the shell itself: a row each.
struct DotCommand: Sendable {
  var name: String
  var usage: String
  var english: String
  var chinese: String
  var run: @Sendable (String, Desk) -> Bool

  static let all: [DotCommand] = [
    DotCommand(name: "help", usage: ".help", english: "this list", chinese: "本列表") { _, desk in
      for command in all {
        let said = desk.presenter.tongue == .chinese ? command.chinese : command.english
        Terminal.write("\(command.usage)\t\(said)\n", to: 1)
      }
      return true
    },
    DotCommand(name: "quit", usage: ".quit", english: "leave", chinese: "离开") { _, desk in
      desk.isDone = true
      return true
    },
    DotCommand(
      name: "format", usage: ".format NAME",
      english: "box, line, tsv, csv, json, …; none for the usual",
      chinese: "输出格式；不写则恢复默认"
    ) { argument, desk in
      guard argument.isEmpty || FormatCatalogue.format(named: argument) != nil else {
        desk.presenter.remark(
          "no format '\(argument)': " + FormatCatalogue.all.map(\.name).joined(separator: ", "))
        return false
      }
      desk.presenter.formatName = argument.isEmpty ? nil : argument
      return true
    },
    DotCommand(
      name: "timer", usage: ".timer on|off", english: "times under results", chinese: "显示用时"
    ) { argument, desk in
      desk.presenter.showsTimes = argument != "off"
      return true
    },
    DotCommand(name: "limit", usage: ".limit N", english: "rows shown", chinese: "显示行数") {
      argument, desk in
      desk.presenter.rowLimit = Int(argument)
      return true
    },
    DotCommand(name: "open", usage: ".open BOOK", english: "another book", chinese: "打开账本") {
      argument, desk in
      desk.open(argument)
    },
    DotCommand(name: "tables", usage: ".tables", english: "kinds of objects", chinese: "对象列表") {
      _, desk in
      for entity in desk.session.book.catalogue.entities {
        Terminal.write("\(entity.plural)\t\(entity.zh)\t\(entity.meaning)\n", to: 1)
      }
      return true
    },
    DotCommand(
      name: "schema", usage: ".schema NAME", english: "fields of one kind", chinese: "某类对象的字段"
    ) { argument, desk in
      HelpTopics.show(argument, desk.session, to: 1)
    },
    DotCommand(name: "read", usage: ".read FILE", english: "run a script", chinese: "运行脚本") {
      argument, desk in
      desk.read(argument)
    },
    DotCommand(name: "lang", usage: ".lang zh|en", english: "language of messages", chinese: "界面语言")
    { argument, desk in
      guard argument == "zh" || argument == "en" else { return false }
      desk.presenter.tongue = argument == "zh" ? .chinese : .english
      desk.session.options.language = argument == "zh" ? .chinese : .english
      return true
    },
  ]

  static func run(_ line: String, _ desk: Desk) -> Bool {
    let words = line.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
    guard let name = words.first, let command = all.first(where: { $0.name == name }) else {
      let near = Spelling.nearest(words.first ?? "", among: all.map(\.name)).map { "." + $0 }
      desk.presenter.remark(
        "no command '\(line)'"
          + (near.isEmpty ? "; .help lists them" : "; there is \(near.joined(separator: ", "))"))
      return false
    }
    return command.run(words.count > 1 ? words[1].trimmedBlanks : "", desk)
  }
}
