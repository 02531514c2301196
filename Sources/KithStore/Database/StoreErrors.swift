import CSQLite
package import KithBase

/// Everything that can go wrong with a book, one code each. The message names the file where it is
/// known; the rest of SQLite's own words go into `help`.
package enum StoreError {
  package static func notFound(_ path: String) -> Diagnostic {
    Diagnostic("K6001", "there is no book at \(path)")
  }

  package static func isFolder(_ path: String) -> Diagnostic {
    Diagnostic("K6002", "\(path) is a folder, a book is one file")
  }

  package static func notDatabase(_ path: String) -> Diagnostic {
    Diagnostic("K6003", "\(path) is not a book: a book is an SQLite file")
  }

  package static func damaged(_ path: String, _ detail: String) -> Diagnostic {
    Diagnostic("K6004", "\(path) is damaged", help: detail)
  }

  package static func foreign(_ path: String) -> Diagnostic {
    Diagnostic(
      "K6005", "\(path) is an SQLite file of another program, not a book",
      help: "a book carries the application id \(Schema.applicationID)")
  }

  package static func newer(_ path: String, version: Int64) -> Diagnostic {
    Diagnostic(
      "K6006",
      "\(path) was written by a newer kith: its format is \(version), "
        + "this program reads formats up to \(Schema.version)")
  }

  package static func noPermission(_ path: String) -> Diagnostic {
    Diagnostic("K6007", "no permission to open \(path)")
  }

  package static func alreadyThere(_ path: String) -> Diagnostic {
    Diagnostic("K6011", "\(path) exists already, a new book needs a new name")
  }

  package static func cannotCreate(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic("K6012", "cannot create \(path)", help: reason)
  }

  package static let openForReading = Diagnostic(
    "K6013", "the book is open for reading only, nothing can be changed in it")

  package static let interrupted = Diagnostic("K5001", "interrupted")

  package static func unknownEntity(_ name: String) -> Diagnostic {
    Diagnostic("K6020", "a book has no '\(name)'")
  }

  package static func unknownField(_ name: String, of entity: String) -> Diagnostic {
    Diagnostic("K6021", "a \(entity) has no stored field '\(name)'")
  }

  package static func badName(_ name: String) -> Diagnostic {
    Diagnostic(
      "K6022",
      "'\(name)' cannot name a field: at most 20 letters, digits and _, not a digit first"
    )
  }

  package static func nameTaken(_ name: String, in entity: String) -> Diagnostic {
    Diagnostic("K6023", "a \(entity) has a '\(name)' already")
  }

  package static func notStorable(_ type: KithType) -> Diagnostic {
    Diagnostic("K6024", "a field of a book cannot be of type \(type.name)")
  }

  package static func termTaken(_ code: String, in enumeration: String) -> Diagnostic {
    Diagnostic(
      "K6025", "'\(enumeration)' has a value '\(code)' already, codes are never used again")
  }

  package static func unknownSetting(_ key: String) -> Diagnostic {
    Diagnostic("K6026", "there is no setting '\(key)'")
  }

  package static let notEmpty = Diagnostic(
    "K6027", "the book holds customers already, the demo fills an empty book only")

  /// What a result code of SQLite means for the person at the keyboard.
  ///
  /// `code` may be extended; `detail` is SQLite's own sentence.
  package static func sqlite(_ code: Int32, _ detail: String, path: String) -> Diagnostic {
    switch code & 0xFF {
    case SQLITE_NOTADB: return notDatabase(path)
    case SQLITE_CORRUPT: return damaged(path, detail)
    case SQLITE_FULL: return Diagnostic("K6008", "the disk is full, \(path) was not changed")
    case SQLITE_BUSY, SQLITE_LOCKED:
      return Diagnostic(
        "K6009", "another program is writing to \(path)", help: "try again when it is done")
    case SQLITE_READONLY:
      return Diagnostic("K6010", "\(path) is write-protected, or its folder is")
    case SQLITE_INTERRUPT: return interrupted
    case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: return noPermission(path)
    case SQLITE_IOERR:
      return Diagnostic("K6015", "cannot read or write \(path)", help: detail)
    case SQLITE_CONSTRAINT:
      return Diagnostic("K6016", "the book refused a row: \(detail)")
    case SQLITE_NOMEM: return Diagnostic("K5002", "out of memory")
    default: return Diagnostic("K6014", "SQLite refused: \(detail)")
    }
  }
}
