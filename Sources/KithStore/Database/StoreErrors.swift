import CSQLite
package import KithBase

/// Everything that can go wrong with a book, one code each. The message names the file where it is
/// known; the rest of SQLite's own words go into `help`.
package enum StoreError {
  /// K6001.
  package static func notFound(_ path: String) -> Diagnostic {
    Diagnostic("K6001", "there is no book at \(path)")
  }

  /// K6002.
  package static func isFolder(_ path: String) -> Diagnostic {
    Diagnostic("K6002", "\(path) is a folder, a book is one file")
  }

  /// K6003: no SQLite file, or an empty one.
  package static func notDatabase(_ path: String) -> Diagnostic {
    Diagnostic(
      "K6003", "\(path) is not a book: a book is an SQLite file",
      help: path.hasSuffix(".csv") ? "kith import \(path) --into customers my.book" : nil)
  }

  /// K6004, with SQLite's own words in the help.
  package static func damaged(_ path: String, _ detail: String) -> Diagnostic {
    Diagnostic("K6004", "\(path) is damaged", help: detail)
  }

  /// K6005: SQLite, but without our application id.
  package static func foreign(_ path: String) -> Diagnostic {
    Diagnostic(
      "K6005", "\(path) is an SQLite file of another program, not a book",
      help: "a book carries the application id \(Schema.applicationID)")
  }

  /// K6006: the book's format is above what this program knows.
  package static func newer(_ path: String, version: Int64) -> Diagnostic {
    Diagnostic(
      "K6006",
      "\(path) was written by a newer kith: its format is \(version), "
        + "this program reads formats up to \(Schema.version)")
  }

  /// K6007.
  package static func noPermission(_ path: String) -> Diagnostic {
    Diagnostic("K6007", "no permission to open \(path)")
  }

  /// K6011: nothing is ever overwritten.
  package static func alreadyThere(_ path: String) -> Diagnostic {
    Diagnostic("K6011", "\(path) exists already, a new book needs a new name")
  }

  /// K6012, with the system's reason.
  package static func cannotCreate(_ path: String, _ reason: String) -> Diagnostic {
    Diagnostic("K6012", "cannot create \(path)", help: reason)
  }

  /// K6013, before SQLite would say it.
  package static let openForReading = Diagnostic(
    "K6013", "the book is open for reading only, nothing can be changed in it")

  /// K5001, for the loops of SQLite itself.
  package static let interrupted = Diagnostic("K5001", "interrupted")

  /// K6020.
  package static func unknownEntity(_ name: String) -> Diagnostic {
    Diagnostic("K6020", "a book has no '\(name)'")
  }

  /// K6021.
  package static func unknownField(_ name: String, of entity: String) -> Diagnostic {
    Diagnostic("K6021", "a \(entity) has no stored field '\(name)'")
  }

  /// K6022: a name for a new field that no query could write.
  package static func badName(_ name: String) -> Diagnostic {
    Diagnostic(
      "K6022",
      "'\(name)' cannot name a field: at most 20 letters, digits and _, not a digit first"
    )
  }

  /// K6023: a new field whose name the entity has already.
  package static func nameTaken(_ name: String, in entity: String) -> Diagnostic {
    Diagnostic("K6023", "a \(entity) has a '\(name)' already")
  }

  /// K6024: a new field of a type no column holds, such as a list.
  package static func notStorable(_ type: KithType) -> Diagnostic {
    Diagnostic("K6024", "a field of a book cannot be of type \(type.name)")
  }

  /// K6025: a new term whose code the enumeration has already.
  package static func termTaken(_ code: String, in enumeration: String) -> Diagnostic {
    Diagnostic(
      "K6025", "'\(enumeration)' has a value '\(code)' already, codes are never used again")
  }

  /// K6026: a setting the model does not know.
  package static func unknownSetting(_ key: String) -> Diagnostic {
    Diagnostic("K6026", "there is no setting '\(key)'")
  }

  /// K6027.
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
