import ArgumentParser
import Kith
import KithBase

/// `lists BOOK`: the lists a book keeps.
struct ListsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lists", abstract: "Say which lists a book keeps, when each ran last, its text.")

  @Argument(help: "The book.") var book: String
  @Option(help: "zh or en.") var lang: String?
  @Option(help: "box, tsv, csv, json …") var format: String?

  func run() throws {
    var launch = try Launch([])
    launch.book = book
    launch.format = format
    if let lang { launch.tongue = lang == "zh" ? .chinese : .english }
    let session = try Program.session(launch)
    let presenter = Presenter(launch, tongue: launch.tongue ?? Terminal.tongue)
    presenter.showsTimes = false
    try presenter.show(try session.listOverview())
  }
}
