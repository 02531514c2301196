package import KithBase

/// What to import and how to read it.
package struct ImportOptions: Sendable {
  /// Paths, each a transaction of its own; `.gz` is unpacked on the way.
  package var files: [String]
  /// The entity the rows become, by any of its names: `customers`, `deal`, `明细`.
  package var entity: String
  /// Columns whose header does not tell their field; the rest is matched by name.
  package var map: [ImportMapping] = []
  /// Fields or paths that get one value in all rows: `team.kind` is `region`.
  package var constants: [ImportConstant] = []
  /// Fields or paths that tell which row is meant; a row found is updated instead of added. Empty:
  /// the code, where a column gives it; else every row is new.
  package var key: [String] = []
  /// Stages of the file's own funnel in order: `Prospecting,Engaging,Won*,Lost-`; `*` wins, `-` is
  /// no stage but means lost. Nil uses the funnels of the book.
  package var stages: String?
  /// The name of that funnel; nil is the first file's name without its folder and ending.
  package var funnel: String?
  /// Columns that match nothing become fields of the book, typed by their values.
  package var keep = false
  /// Everything is read, checked and counted, and nothing is written.
  package var dryRun = false
  /// `,` `;` `|` `tab` or `blanks` (runs of them); nil finds out.
  package var delimiter: String?
  /// `utf-8`, `gb18030`, `utf-16le` or a name the system knows; nil finds out.
  package var encoding: String?
  /// The first row holds the headers.
  package var header = true
  /// Headers for files that have none.
  package var columns: [String] = []
  /// Cells that begin with a quote end with one.
  package var quotes = true
  /// Whether 3/4/2026 is 3 April; nil lets each column tell by its other dates.
  package var dateOrder: DateOrder?
  /// Words that mean an empty cell besides an empty one, such as `NULL`.
  package var emptyWords: [String] = []
  /// Where rejected rows go; nil is `FILE.rejects.csv` beside each file.
  package var rejectsPath: String?
  /// Each row is the entry of an opportunity into a stage.
  package var history = false
  /// In a history, rows whose stage is none of the funnel's are left out instead of rejected.
  package var skipUnknownStages = false
  /// Rows to read, all conditions together: `COLUMN=GLOB` or `COLUMN!=GLOB`, `*` and `?` in the
  /// glob.
  package var only: [String] = []
  /// Unknown values of enumerations that may grow become terms.
  package var newValues = false
  /// A name that is not in the book matches one that differs only in case, width, blanks and marks.
  package var looseNames = false
  /// A key that several rows have updates all of them instead of being rejected.
  package var everyMatch = false
  /// An empty cell empties the field of a row that is updated.
  package var emptyOverwrites = false
  /// The longest row in bytes; a longer one is an error, most often of a quote that is never
  /// closed.
  package var longestRowBytes = 1 << 26
  /// Of the reasons in the rejects file.
  package var tongue = Tongue.english
  /// For times without an offset.
  package var zone = TimeZoneTable.shanghai
  /// The moment written to the batch and to changes.
  package var now: Instant

  /// Options that find out what they can and ask for nothing else.
  package init(files: [String], entity: String, now: Instant) {
    self.files = files
    self.entity = entity
    self.now = now
  }
}

/// One column of the file and what it is: `account=customer.name`, `note=-`, `a - b=cost`.
package struct ImportMapping: Sendable, Equatable {
  /// The header as the file has it, or two with ` - ` between them for their difference.
  package var header: String
  /// A field or path of the entity, `*N` behind it multiplies by a whole number; `-` ignores.
  package var path: String

  /// A mapping of one header; `-` as the path ignores its column.
  package init(_ header: String, _ path: String) {
    self.header = header
    self.path = path
  }

  /// Reads `account=customer.name,note=-`. A part in double quotes may hold `,` and `=`.
  ///
  /// Errors: K7106 where a part has no `=` or a quote is not closed.
  package static func parse(_ text: String) throws(Diagnostic) -> [ImportMapping] {
    try pairs(text).map { ImportMapping($0.0, $0.1.isEmpty ? "-" : $0.1) }
  }

  static func pairs(_ text: String) throws(Diagnostic) -> [(String, String)] {
    var result: [(String, String)] = []
    var left: String?
    var current = ""
    var quoted = false
    func clean(_ part: String) -> String {
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    for character in text + "," {
      switch character {
      case "\"": quoted.toggle()
      case "=" where !quoted && left == nil:
        left = current
        current = ""
      case "," where !quoted, "，" where !quoted:
        if let header = left {
          result.append((clean(header), clean(current)))
        } else if !clean(current).isEmpty {
          throw Diagnostic(
            "K7106", "'\(clean(current))' is no mapping: it is written header=field")
        }
        left = nil
        current = ""
      default: current.append(character)
      }
    }
    if quoted { throw Diagnostic("K7106", "a quote in '\(text)' is never closed") }
    return result
  }
}

/// A value all rows get: `team.kind=region`.
package struct ImportConstant: Sendable, Equatable {
  /// A field or path of the entity.
  package var path: String
  /// As a cell would spell it.
  package var value: String

  /// A constant for all rows.
  package init(_ path: String, _ value: String) {
    self.path = path
    self.value = value
  }

  /// Reads `kind=visit,team.kind=region`. Errors: K7106.
  package static func parse(_ text: String) throws(Diagnostic) -> [ImportConstant] {
    try ImportMapping.pairs(text).map { ImportConstant($0.0, $0.1) }
  }
}
