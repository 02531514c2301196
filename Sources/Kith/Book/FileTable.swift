import KithBase

extension Session {
  /// `read "file.csv"`: a file as typed columns. Throws K7 for what cannot be read.
  func readTable(_ path: String) throws -> ColumnTable {
    throw Diagnostic("K7003", "'\(path)' cannot be read as a table by this version")
  }
}
