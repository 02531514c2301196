import Glibc
import KithBase
import KithShow

/// Writes a result into a file, whole or not at all.
package enum Exporter {
  /// Throws K7 where the folder is not allowed, the format unknown, or the system refuses.
  static func write(
    _ table: Table, to path: String, _ session: Session, at span: SourceSpan, _ text: SourceText
  ) throws {
    do {
      guard let format = FormatCatalogue.format(forFile: path) else {
        throw Diagnostic(
          "K7011", "no format is known by the name '\(path)'",
          help: "end it in .csv, .tsv, .json, .ndjson, .md or .html")
      }
      let full = FileText.joined(session.options.workingFolder ?? ".", path)
      try allow(full, session.options.folders ?? [session.options.workingFolder ?? "."])
      var options = RenderOptions(style: session.style)
      options.rowLimit = nil
      options.showsFooter = false
      try replace(full) { sink in try format.write(table.result, options: options, to: sink) }
    } catch var diagnostic as Diagnostic {
      diagnostic.span = span
      diagnostic.source = text
      throw KithError(diagnostic)
    }
  }

  /// A file may stand only in the folders the session was given, links followed.
  static func allow(_ path: String, _ folders: [String]) throws {
    guard let real = FileText.real(path) else {
      throw Diagnostic("K7012", "there is no folder '\(FileText.folder(of: path))'")
    }
    for folder in folders {
      guard let base = FileText.real(folder) else { continue }
      if real == base || real.hasPrefix(base == "/" ? "/" : base + "/") { return }
    }
    throw Diagnostic("K7013", "'\(path)' is outside the folders that were given")
  }

  /// Writes beside the file and renames, so that a reader sees the old or the new one.
  package static func replace(
    _ path: String, _ body: (@escaping ([UInt8]) throws -> Void) throws -> Void
  )
    throws
  {
    let temporary = path + ".part-\(getpid())"
    guard let file = fopen(temporary, "wb") else {
      throw Diagnostic("K7014", "cannot write '\(path)': \(String(cString: strerror(errno)))")
    }
    var done = false
    defer { if !done { unlink(temporary) } }
    do {
      try body { bytes in
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
          throw Diagnostic("K7014", "cannot write '\(path)': \(String(cString: strerror(errno)))")
        }
      }
    } catch {
      fclose(file)
      throw error
    }
    guard fclose(file) == 0, rename(temporary, path) == 0 else {
      throw Diagnostic("K7014", "cannot write '\(path)': \(String(cString: strerror(errno)))")
    }
    done = true
  }
}
