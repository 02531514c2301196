import KithBase
import KithModel

/// The rows every new book begins with: settings, terms, the main funnel, cadences, rules.
///
/// All of them are data, to be edited. The terms are written too although the program knows the
/// shipped values itself: `terms | …` and plain SQL then see all of them, and a label changed in
/// the table is the label shown.
enum Seeding {
  static func run(_ connection: Connection) throws {
    try settings(connection)
    try terms(connection)
    try funnel(connection)
    try cadences(connection)
    try rules(connection)
  }

  /// The settings that are not there yet: a book of an earlier program lacks the later ones.
  static func settings(_ connection: Connection) throws {
    let insert = try connection.prepare(
      """
      INSERT INTO "setting" ("key", "value", "unit", "origin", "remark") VALUES (?, ?, ?, ?, ?)
      ON CONFLICT ("key") WHERE "team_id" IS NULL DO NOTHING
      """)
    for setting in SettingSpec.shipped {
      try insert.bind(1, setting.key)
      try insert.bind(2, setting.value)
      try insert.bind(3, setting.unit)
      try insert.bind(4, setting.origin)
      try insert.bind(5, setting.meaning)
      try insert.run()
    }
  }

  private static func terms(_ connection: Connection) throws {
    let insert = try connection.prepare(
      #"INSERT INTO "term" ("enumeration", "code", "name_zh", "name_en", "position", "origin") "#
        + "VALUES (?, ?, ?, ?, ?, 'kith')")
    for enumeration in Catalogue.shipped.enumerations {
      var position: Int64 = 0
      for value in enumeration.values {
        try insert.bind(1, enumeration.name)
        try insert.bind(2, value.code)
        try insert.bind(3, value.zh)
        try insert.bind(4, value.en)
        if value.outsideOrder {
          try insert.bindNull(5)
        } else {
          position += 1
          try insert.bind(5, position)
        }
        try insert.run()
      }
    }
  }

  private static func funnel(_ connection: Connection) throws {
    try connection.execute(
      #"INSERT INTO "funnel" ("code", "name", "main") VALUES ('main', '商机漏斗', 1)"#)
    let funnel = connection.lastInsertedID
    let insert = try connection.prepare(
      """
      INSERT INTO "stage" ("code", "name_zh", "name_en", "position", "win", "planned_conversion",
        "planned_days", "jobs", "key_result_zh", "key_result_en", "winning", "steps", "links",
        "matching_class", "event_phase", "funnel_id")
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    let action = try connection.prepare(
      #"INSERT INTO "action" ("code", "name_zh", "name_en", "stage_id") VALUES (?, ?, ?, ?)"#)
    for (index, stage) in DefaultStage.shipped.enumerated() {
      try insert.bind(1, stage.code)
      try insert.bind(2, stage.zh)
      try insert.bind(3, stage.en)
      try insert.bind(4, Int64(index + 1))
      try insert.bind(5, stage.win)
      try insert.bind(6, stage.plannedConversion)
      try insert.bind(7, stage.plannedDays)
      try insert.bind(8, list(stage.jobs))
      try insert.bind(9, stage.keyResultZh)
      try insert.bind(10, stage.keyResultEn)
      try insert.bind(11, Int64(stage.winning ? 1 : 0))
      try insert.bind(12, list(stage.steps))
      try insert.bind(13, list(stage.links))
      try insert.bind(14, stage.matchingClass)
      try insert.bind(15, stage.eventPhase)
      try insert.bind(16, funnel)
      try insert.run()
      let id = connection.lastInsertedID
      for line in stage.actions {
        try action.bind(1, line.code)
        try action.bind(2, line.zh)
        try action.bind(3, line.en)
        try action.bind(4, id)
        try action.run()
      }
    }
  }

  private static func cadences(_ connection: Connection) throws {
    let insert = try connection.prepare(
      #"INSERT INTO "cadence" ("code", "name_zh", "name_en", "kinds", "period", "times") "#
        + "VALUES (?, ?, ?, ?, ?, 1)")
    for cadence in DefaultCadence.shipped {
      try insert.bind(1, cadence.code)
      try insert.bind(2, cadence.zh)
      try insert.bind(3, cadence.en)
      try insert.bind(4, list(cadence.kinds))
      try insert.bind(5, cadence.period)
      try insert.run()
    }
  }

  private static func rules(_ connection: Connection) throws {
    let insert = try connection.prepare(
      """
      INSERT INTO "rule" ("code", "name_zh", "name_en", "entity", "condition", "severity", "origin")
      VALUES (?, ?, ?, ?, ?, ?, 'kith')
      """)
    for rule in WarningRule.shipped {
      try insert.bind(1, rule.code)
      try insert.bind(2, rule.zh)
      try insert.bind(3, rule.en)
      try insert.bind(4, rule.entity)
      try insert.bind(5, rule.condition)
      try insert.bind(6, rule.severity)
      try insert.run()
    }
  }

  /// Codes as the table keeps them; nil for none.
  private static func list(_ codes: [String]) -> String? {
    codes.isEmpty ? nil : codes.joined(separator: ",")
  }
}
