import KithBase
import KithStore

extension Session {
  /// `read "file.csv"`: a file as typed columns, from the folders the session may read. Throws K7 for what
  /// cannot be read.
  func readTable(_ path: String) throws -> ColumnTable {
    let full = FileText.joined(options.workingFolder ?? ".", path)
    if let folders = options.folders { try Exporter.allow(full, folders) }
    return try FileTable.read(full, zone: zone)
  }
}
