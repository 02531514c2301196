/// Tokens that move exactly when rows do, whichever program writes them.
///
/// The ids of a table are cut into chunks of 2,048. The table `kith_chunk` has a random number for
/// each chunk that ever had a row, and triggers, which every SQLite program runs, draw a new one
/// with each insert, update and delete. So equal tokens mean equal rows, also in a copy or after a
/// restore, and a token moves only with the transaction that moved the row.
enum ChunkTokens {
  static let idBits: Int64 = 11
  private static let chunkMask: Int64 = 0xffff_ffff_ffff

  static let table = """
    CREATE TABLE "kith_chunk" ("k" INTEGER PRIMARY KEY, "tok" INTEGER NOT NULL) STRICT
    """

  /// The upper bits of an entity's keys: its name, hashed. Should two names ever meet in one
  /// number, both entities look changed when one is.
  static func base(_ entity: String) -> Int64 {
    var hash: UInt32 = 0x811c_9dc5
    for byte in entity.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return Int64((hash ^ (hash >> 15)) & 0x7fff) << 48
  }

  /// A trigger's name and its text, as SQLite keeps it.
  struct Trigger {
    var name: String
    var sql: String
  }

  static func triggers(_ entity: String) -> [Trigger] {
    let table = Schema.quoted(entity)
    return [
      ("insert", "AFTER INSERT", "new"), ("delete", "AFTER DELETE", "old"),
      ("update", "AFTER UPDATE", "old"), ("id", "AFTER UPDATE OF \"id\"", "new"),
    ].map { ending, moment, row in
      let name = "kith_\(entity)_\(ending)"
      // The outer statement's policy would override an `OR REPLACE` here, not an upsert.
      let sql = """
        CREATE TRIGGER \(Schema.quoted(name)) \(moment) ON \(table) BEGIN \
        INSERT INTO "kith_chunk" VALUES (\(key(entity, "\(row).\"id\"")), random()) \
        ON CONFLICT ("k") DO UPDATE SET "tok" = excluded."tok"; END
        """
      return Trigger(name: name, sql: sql)
    }
  }

  /// New tokens for every chunk that has rows; what the triggers would do for each of them.
  static func renewing(_ entity: String) -> String {
    """
    INSERT INTO "kith_chunk" SELECT \(key(entity, "\"id\"")), random() \
    FROM \(Schema.quoted(entity)) WHERE true GROUP BY 1 \
    ON CONFLICT ("k") DO UPDATE SET "tok" = excluded."tok"
    """
  }

  private static func key(_ entity: String, _ id: String) -> String {
    "\(base(entity)) | ((\(id) >> \(idBits)) & \(chunkMask))"
  }

  /// The tokens of an entity by chunk, ascending.
  static func read(_ connection: Connection, _ entity: String) throws -> [ChunkToken] {
    let statement = try connection.prepare(
      #"SELECT "k", "tok" FROM "kith_chunk" WHERE "k" BETWEEN ? AND ?"#)
    try statement.bind(1, base(entity))
    try statement.bind(2, base(entity) | chunkMask)
    var tokens: [ChunkToken] = []
    while try statement.step() {
      // The 48 bits of a negative chunk get their sign back.
      let chunk = ((statement.int(0) ?? 0) << 16) >> 16
      tokens.append(ChunkToken(chunk: chunk, token: statement.int(1) ?? 0))
    }
    return tokens.sorted { $0.chunk < $1.chunk }
  }

  /// Whether the table and all triggers of an entity stand as they should.
  static func areKept(_ connection: Connection, _ entity: String) throws -> Bool {
    let statement = try connection.prepare(
      "SELECT \"name\", \"sql\" FROM sqlite_master WHERE tbl_name = ? AND type = 'trigger'")
    try statement.bind(1, entity)
    var found: [String: String] = [:]
    while try statement.step() { found[statement.text(0) ?? ""] = statement.text(1) }
    guard triggers(entity).allSatisfy({ found[$0.name] == $0.sql }) else { return false }
    return try connection.int("SELECT 1 FROM sqlite_master WHERE name = 'kith_chunk'") != nil
  }
}

/// The state of the rows whose ids, shifted right by `ChunkTokens.idBits`, are `chunk`.
struct ChunkToken: Equatable {
  var chunk: Int64
  var token: Int64

  var ids: ClosedRange<Int64> {
    let low = chunk << ChunkTokens.idBits
    return low...(low + (1 << ChunkTokens.idBits) - 1)
  }
}
