import KithBase
import KithModel

/// Steps that bring a book to this program's format, one version each. A step never loses data.
enum Migrations {
  struct Step: Sendable {
    /// `user_version` after the step.
    var version: Int64
    var apply: @Sendable (Connection) throws -> Void
  }

  /// The first step makes the tables of an empty file.
  static let steps: [Step] = [
    Step(version: 1) { connection in
      for entity in Catalogue.shipped.entities {
        for statement in Schema.tables(entity) { try connection.execute(statement) }
      }
    },
    Step(version: 2) { connection in
      try connection.execute(ChunkTokens.table)
      for entity in Catalogue.shipped.entities {
        for trigger in ChunkTokens.triggers(entity.name) { try connection.execute(trigger.sql) }
        try connection.execute(ChunkTokens.renewing(entity.name))
      }
      try Seeding.settings(connection)
    },
  ]

  /// Runs what is missing, in one transaction.
  static func run(_ connection: Connection) throws {
    try connection.transaction {
      let version = try connection.int("PRAGMA user_version") ?? 0
      for step in steps where step.version > version {
        try step.apply(connection)
        try connection.execute("PRAGMA user_version = \(step.version)")
      }
    }
  }

  /// The foreign key indexes that are not there yet.
  static func addIndexes(_ connection: Connection) throws {
    for entity in Catalogue.shipped.entities {
      for statement in Schema.indexes(entity) {
        try connection.execute(
          statement.replacingPrefix("CREATE INDEX", "CREATE INDEX IF NOT EXISTS"))
      }
    }
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, _ replacement: String) -> String {
    hasPrefix(prefix) ? replacement + dropFirst(prefix.count) : self
  }
}
