import KithBase
import KithModel

/// The stages the cells of a file may name.
///
/// Either the file's own funnel (`--stages`), whose stages are made where they are missing, or all
/// funnels of the book, the main one first.
final class StageLookup {
  /// What a word means.
  struct Entry: Equatable {
    /// Nil where the word only means lost.
    var stage: Int64?
    var funnel: Int64
    /// The code of `opportunity_state` a deal has there.
    var state: String
  }

  private var entries: [Entry] = []
  private var words: [String: Int] = [:]
  private var labels: [String] = []
  private var seen = ByteIndex()
  /// The entry of the row at hand; nil where its cell is empty. Cleared by whoever begins a row.
  var current: Entry?
  /// The funnel deals get when no stage tells.
  private(set) var defaultFunnel: Int64 = 0
  /// The funnel was made here and became the main one.
  private(set) var becameMain = false
  private(set) var funnelName = ""

  /// All funnels of the book.
  init(book: Book) throws {
    guard
      let main = try book.connection.int(
        "SELECT \"id\" FROM \"funnel\" ORDER BY coalesce(\"main\", 0) DESC, \"id\" LIMIT 1")
    else {
      throw Diagnostic("K7107", "the book has no funnel: name the file's stages with --stages")
    }
    defaultFunnel = main
    try readStages(book)
  }

  /// A funnel of these stages; made, with its stages, as far as it is not there.
  ///
  /// Errors: K7107 where the list is empty or names a stage twice.
  init(list: String, funnel name: String, book: Book, now: Instant) throws {
    funnelName = name
    let stages = try StageLookup.parse(list)
    let find = try book.connection.prepare("SELECT \"id\" FROM \"funnel\" WHERE \"name\" = ?")
    try find.bind(1, name)
    if try find.step(), let id = find.int(0) {
      defaultFunnel = id
    } else {
      defaultFunnel = try makeFunnel(name, book)
    }
    find.reset()
    try makeStages(stages, book)
  }

  struct ListedStage: Equatable {
    var name: String
    var isWinning = false
    var isLost = false
  }

  static func parse(_ list: String) throws(Diagnostic) -> [ListedStage] {
    var stages: [ListedStage] = []
    for part in list.split(whereSeparator: { ",，、".contains($0) }) {
      var name = part.drop { $0 == " " }
      while name.last == " " { name.removeLast() }
      var stage = ListedStage(name: "")
      if name.last == "*" {
        stage.isWinning = true
        name.removeLast()
      } else if name.last == "-" {
        stage.isLost = true
        name.removeLast()
      }
      stage.name = String(name)
      guard !stage.name.isEmpty else { continue }
      if stages.contains(where: { foldedWord($0.name) == foldedWord(stage.name) }) {
        throw Diagnostic("K7107", "--stages names '\(stage.name)' twice")
      }
      stages.append(stage)
    }
    guard stages.contains(where: { !$0.isLost }) else {
      throw Diagnostic(
        "K7107", "--stages needs at least one stage",
        help: "write them in order, the winning one with *, those that mean lost with -")
    }
    return stages
  }

  private func makeFunnel(_ name: String, _ book: Book) throws -> Int64 {
    // The funnel that questions mean when they name none should be one that has deals.
    let used = try book.connection.int(
      "SELECT count(*) FROM (SELECT 1 FROM \"opportunity\" JOIN \"funnel\" "
        + "ON \"funnel\".\"id\" = \"funnel_id\" WHERE \"main\" = 1 LIMIT 1)")
    becameMain = used == 0
    if becameMain {
      try book.connection.execute("UPDATE \"funnel\" SET \"main\" = 0 WHERE \"main\" = 1")
    }
    let insert = try book.connection.prepare(
      "INSERT INTO \"funnel\" (\"name\", \"main\") VALUES (?, ?)")
    try insert.bind(1, name)
    try insert.bind(2, Int64(becameMain ? 1 : 0))
    try insert.run()
    return book.connection.lastInsertedID
  }

  private func makeStages(_ stages: [ListedStage], _ book: Book) throws {
    let find = try book.connection.prepare(
      "SELECT \"id\" FROM \"stage\" WHERE \"funnel_id\" = ? AND \"code\" = ?")
    let insert = try book.connection.prepare(
      "INSERT INTO \"stage\" (\"code\", \"name_zh\", \"name_en\", \"position\", \"winning\", "
        + "\"funnel_id\") VALUES (?1, ?1, ?1, ?2, ?3, ?4)")
    var position: Int64 = 0
    var won = false
    for stage in stages {
      labels.append(stage.name)
      if stage.isLost {
        add(Entry(stage: nil, funnel: defaultFunnel, state: "lost"), [stage.name])
        continue
      }
      position += 1
      won = won || stage.isWinning
      try find.bind(1, defaultFunnel)
      try find.bind(2, stage.name)
      var id = try find.step() ? find.int(0) : nil
      find.reset()
      if id == nil {
        try insert.bind(1, stage.name)
        try insert.bind(2, position)
        try insert.bind(3, Int64(stage.isWinning ? 1 : 0))
        try insert.bind(4, defaultFunnel)
        try insert.run()
        id = book.connection.lastInsertedID
      }
      add(Entry(stage: id, funnel: defaultFunnel, state: won ? "won" : "open"), [stage.name])
    }
  }

  private func readStages(_ book: Book) throws {
    let statement = try book.connection.prepare(
      "SELECT \"id\", \"funnel_id\", \"code\", \"name_zh\", \"name_en\", \"winning\" "
        + "FROM \"stage\" ORDER BY \"funnel_id\" <> ?, \"funnel_id\", \"position\", \"id\"")
    try statement.bind(1, defaultFunnel)
    var funnel: Int64 = 0
    var won = false
    while try statement.step() {
      guard let id = statement.int(0), let owner = statement.int(1) else { continue }
      if owner != funnel { (funnel, won) = (owner, false) }
      won = won || statement.int(5) == 1
      let names = (2...4).compactMap { statement.text($0) }
      if owner == defaultFunnel { labels += names }
      add(Entry(stage: id, funnel: owner, state: won ? "won" : "open"), names)
    }
  }

  private func add(_ entry: Entry, _ names: [String]) {
    for name in names where words[foldedWord(name)] == nil {
      words[foldedWord(name)] = entries.count
    }
    entries.append(entry)
  }

  /// The entry of a cell; nil where no stage has the name.
  func entry(_ cell: CellBytes) -> Entry? {
    if let hit = seen.find(cell) { return entries[Int(hit.id)] }
    guard let index = words[foldedWord(String(decoding: cell, as: UTF8.self))] else { return nil }
    seen.add(cell, Int64(index))
    return entries[index]
  }

  /// The stage's id; empty where the word only means lost. Sets `current`.
  func value(_ cell: CellBytes) throws(CellFault) -> CellValue {
    guard let entry = entry(cell) else {
      let near = Nearest.words(to: String(decoding: cell, as: UTF8.self), among: labels)
      let hint =
        near.isEmpty
        ? "the stages are \(labels.prefix(12).joined(separator: ", "))"
        : "did you mean \(near.joined(separator: ", "))"
      let zhHint =
        near.isEmpty
        ? "阶段有 \(labels.prefix(12).joined(separator: "、"))"
        : "是否要写 \(near.joined(separator: "、"))"
      throw CellFault("'\(shown(cell))' is no stage; \(hint)", "“\(shown(cell))”不是阶段；\(zhHint)")
    }
    current = entry
    return entry.stage.map { .int($0) } ?? .empty
  }
}
