import ArgumentParser
import Glibc
import Kith
import KithBase
import KithShow

/// `export BOOK`: every entity with rows as a file of its own.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a book's objects into files, one for each kind.")

  @Argument(help: "The book.") var book: String
  @Argument(help: "Kinds of objects; all that have rows if none is named.") var entities: [String] =
    []
  @Option(help: "The folder to write into.") var to = "."
  @Option(help: "csv, tsv, json, ndjson, markdown or html.") var format = "csv"

  func run() throws {
    guard let spec = FormatCatalogue.format(named: format), let ending = spec.extensions.first
    else {
      throw Diagnostic("K7015", "no format '\(format)'")
    }
    var launch = try Launch([])
    launch.book = book
    let session = try Program.session(launch)
    mkdir(to, 0o755)
    for (plural, table) in try session.exportTables(entities) {
      let path = FileText.joined(to, plural + "." + ending)
      var options = RenderOptions(style: table.style)
      options.rowLimit = nil
      options.showsFooter = false
      try Exporter.replace(path) { sink in try spec.write(table.result, options: options, to: sink)
      }
      Terminal.write("\(path): \(table.rowCount)\n", to: 2)
    }
  }
}
