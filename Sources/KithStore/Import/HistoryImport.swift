import KithBase
import KithModel

/// Imports a file whose rows are entries of opportunities into stages.
///
/// The opportunity of a row is found by its code or made. All entries are kept until the file is
/// read, because they need not stand in order; then each opportunity's are sorted by time, ties as
/// they stand in the file, and written as stage changes. The last one tells where it is now.
final class HistoryImport {
  private let file: FileImport
  private let book: Book
  private let stages: StageLookup
  private let deals: RowImporter
  private let root: ImportNode
  /// The entry itself: its time, stage, reason, and who made it.
  private let event: ImportNode
  private let authors: RowImporter
  private let amount: Int?
  private let stageColumn: BoundColumn
  private let stageSource: Int
  private var entries = StageEntries()
  /// Opportunities by id: their place in `entries.deals`.
  private var places: [Int64: Int32] = [:]
  private var unknownStages: [String: Int] = [:]
  private var unchangedCount = 0

  init(_ file: FileImport, _ bindings: [ColumnBinding], _ given: StageLookup?) throws {
    self.file = file
    book = file.book
    let isEvent = { (binding: ColumnBinding) in binding.target.path.hasPrefix("stage_change.") }
    var tree = ImportTree(
      book: book, options: file.options, arena: file.arena, log: file.log, stages: given)
    root = try tree.build(
      file.entity, bindings.filter { !isEvent($0) },
      keys: file.options.key.isEmpty ? ["code"] : file.options.key)
    guard let change = book.catalogue.entity("stage_change") else {
      throw StoreError.unknownEntity("stage_change")
    }
    event = try tree.build(change, bindings.filter(isEvent), keys: [])
    guard event.column(of: "at") != nil else {
      throw Diagnostic(
        "K7106", "a history needs the time of each entry",
        help: "map its column with --map \"header=at\"")
    }
    guard let stage = event.columns.first(where: { $0.field.name == "to" }),
      let lookup = tree.stages,
      case .column(let column) = stage.source
    else {
      throw Diagnostic(
        "K7106", "a history needs the stage of each entry",
        help: "map its column with --map \"header=stage\"")
    }
    stageColumn = stage
    stageSource = column
    stages = lookup
    amount = root.column(of: "amount")
    deals = try RowImporter(
      book: book, options: file.options, root: root, log: file.log, arena: file.arena,
      stages: lookup, batchID: file.report.batch ?? 0)
    authors = try RowImporter(
      book: book, options: file.options, root: event, log: file.log, arena: file.arena,
      stages: lookup, batchID: file.report.batch ?? 0)
  }

  func run() throws {
    root.forEachNode { file.nodes.append($0) }
    event.forEachNode { file.nodes.append($0) }
    try file.forEachRow { batch, row in
      self.stages.current = nil
      let cell = trimmed(batch.cell(row, self.stageSource))
      guard !self.stageColumn.decoder.isEmpty(cell) else { throw Self.noStage }
      if self.file.options.skipUnknownStages, self.stages.entry(cell) == nil {
        self.unknownStages[String(decoding: cell.prefix(80), as: UTF8.self), default: 0] += 1
        self.file.skip()
        return
      }
      guard try self.file.decode(batch, row) else { return }
      try self.takeEntry()
    }
    try write()
    noteUnknown()
  }

  private static let noStage = CellFault("the stage is empty", "阶段为空")

  private func takeEntry() throws {
    guard let entry = stages.current else { throw Self.noStage }
    guard let at = event.column(of: "at"), case .time(let time) = event.values[at] else {
      throw CellFault("the time of the entry is empty", "进入时间为空")
    }
    // Both are looked up before either is made, so that a row that is rejected makes nothing.
    for parent in event.parents {
      authors.locate(parent)
      try authors.check(parent)
    }
    let deal = try takeDeal()
    for parent in event.parents { try authors.settleParent(parent) }
    var author: Int64 = 0
    if case .int(let id)? = event.parents.first?.idValue { author = id }
    var money: Int64?
    if let amount, case .int(let fen) = root.values[amount] { money = fen }
    let reason = event.column(of: "reason").flatMap { event.values[$0].storedText }
    entries.add(
      deal: deal, at: time, entry: entry, author: author, amount: money, reason: reason)
  }

  /// The place of the row's opportunity; made where it is new. What the first row tells of it
  /// holds.
  private func takeDeal() throws -> Int32 {
    deals.locate(root)
    try deals.check(root)
    if case .found(let id) = root.state, let place = places[id] { return place }
    let id: Int64
    let isNew: Bool
    switch try deals.takeLocated() {
    case .new(let made): (id, isNew) = (made, true)
    case .updated(let known), .unchanged(let known): (id, isNew) = (known, false)
    }
    let place = Int32(entries.deals.count)
    entries.deals.append(StageEntries.Deal(id: id, isNew: isNew))
    places[id] = place
    return place
  }

  // MARK: Writing

  private func write() throws {
    let writer = try StageChangeWriter(book: book)
    for (place, events) in entries.grouped().enumerated() {
      let deal = entries.deals[place]
      let known = deal.isNew ? [] : try writer.known(deal.id)
      var merged = known + events.filter { event in !known.contains { $0.isSame(event) } }
      let repeated = known.count + events.count - merged.count
      unchangedCount += repeated
      merged.sort { ($0.at, $0.order) < ($1.at, $1.order) }
      let written = try writer.write(merged, of: deal)
      unchangedCount += written.unmoved
      let changed = deal.isNew || written.count > 0
      file.count(
        new: deal.isNew ? 1 : 0, updated: !deal.isNew && changed ? 1 : 0,
        unchanged: changed ? 0 : 1, stageChanges: written.count)
    }
    if unchangedCount > 0 {
      file.log.note(
        "repeated",
        "\(unchangedCount) entries are in the book already or lead into the stage the deal is in",
        "\(unchangedCount) 条记录已存在或未改变阶段")
    }
  }

  private func noteUnknown() {
    guard !unknownStages.isEmpty else { return }
    let sorted = unknownStages.sorted {
      $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value
    }
    let list = sorted.prefix(8).map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    let more = sorted.count > 8 ? " …" : ""
    file.log.note(
      "unknown-stage", "rows left out because their stage is none of the funnel's: \(list)\(more)",
      "阶段不属于该漏斗而跳过的行：\(list)\(more)")
  }
}

/// The entries of a file, compactly, and the opportunities they belong to.
struct StageEntries {
  struct Deal {
    var id: Int64
    var isNew: Bool
  }

  /// One move of one opportunity.
  struct Event {
    /// Microseconds, UTC.
    var at: Int64
    /// Place in the file; entries of the book come before all of a file at the same time.
    var order: Int
    /// Nil where the deal was closed without a win.
    var stage: Int64?
    var funnel: Int64
    var state: String
    var author: Int64?
    var amount: Int64?
    var reason: String?
    var isKnown = false

    func isSame(_ other: Event) -> Bool {
      at == other.at && stage == other.stage && state == other.state
    }
  }

  var deals: [Deal] = []
  private var dealPlaces: [Int32] = []
  private var times: [Int64] = []
  private var stagePlaces: [Int32] = []
  private var authors: [Int64] = []
  private var amounts: [Int64] = []
  private var reasons: [Int: String] = [:]
  private var stages: [StageLookup.Entry] = []

  mutating func add(
    deal: Int32, at: Int64, entry: StageLookup.Entry, author: Int64, amount: Int64?,
    reason: String?
  ) {
    if let reason { reasons[times.count] = reason }
    dealPlaces.append(deal)
    times.append(at)
    authors.append(author)
    amounts.append(amount ?? Int64.min)
    // A funnel has a handful of stages.
    if let known = stages.firstIndex(of: entry) {
      stagePlaces.append(Int32(known))
    } else {
      stagePlaces.append(Int32(stages.count))
      stages.append(entry)
    }
  }

  /// The events of each deal, in file order.
  func grouped() -> StageEventGroups { StageEventGroups(self) }

  fileprivate func event(_ index: Int) -> Event {
    let stage = stages[Int(stagePlaces[index])]
    return Event(
      at: times[index], order: index, stage: stage.stage, funnel: stage.funnel,
      state: stage.state, author: authors[index] == 0 ? nil : authors[index],
      amount: amounts[index] == Int64.min ? nil : amounts[index], reason: reasons[index])
  }

  /// Event numbers deal by deal, and where each deal's begin: a counting sort, which keeps file
  /// order.
  fileprivate func order() -> (starts: [Int], events: [Int32]) {
    var starts = [Int](repeating: 0, count: deals.count + 1)
    for place in dealPlaces { starts[Int(place) + 1] += 1 }
    for place in deals.indices { starts[place + 1] += starts[place] }
    var next = starts
    var events = [Int32](repeating: 0, count: dealPlaces.count)
    for (index, place) in dealPlaces.enumerated() {
      events[next[Int(place)]] = Int32(index)
      next[Int(place)] += 1
    }
    return (starts, events)
  }
}

/// The events of one deal after another.
struct StageEventGroups: Sequence, IteratorProtocol {
  private let entries: StageEntries
  private let starts: [Int]
  private let events: [Int32]
  private var place = 0

  init(_ entries: StageEntries) {
    self.entries = entries
    (starts, events) = entries.order()
  }

  mutating func next() -> [StageEntries.Event]? {
    guard place < entries.deals.count else { return nil }
    defer { place += 1 }
    return (starts[place]..<starts[place + 1]).map { entries.event(Int(events[$0])) }
  }
}

/// Writes the moves of one opportunity after another and sets where it stands.
final class StageChangeWriter {
  private let book: Book
  private let insert: CellWriter
  private let update: Statement
  private let select: Statement

  init(book: Book) throws {
    self.book = book
    insert = try CellWriter(
      insertInto: "stage_change",
      columns: [
        "from_id", "to_id", "state", "at", "amount_fen", "reason", "opportunity_id", "author_id",
      ], connection: book.connection)
    // A lost deal shows no stage; what it was is in its changes.
    update = try book.connection.prepare(
      "UPDATE \"opportunity\" SET \"stage_id\" = ?, \"state\" = ?, \"closed_at\" = ?, "
        + "\"funnel_id\" = ?, \"amount_fen\" = coalesce(?, \"amount_fen\"), "
        + "\"created_at\" = coalesce(\"created_at\", ?) "
        + "WHERE \"id\" = ?")
    select = try book.connection.prepare(
      "SELECT \"at\", \"to_id\", \"state\" FROM \"stage_change\" WHERE \"opportunity_id\" = ? "
        + "ORDER BY \"at\", \"id\"")
  }

  /// The moves an opportunity has in the book.
  func known(_ deal: Int64) throws -> [StageEntries.Event] {
    try select.bind(1, deal)
    defer { select.reset() }
    var events: [StageEntries.Event] = []
    while try select.step() {
      var text = select.text(0) ?? ""
      let at = text.withUTF8 { bytes in
        bytes.baseAddress.flatMap { StoredText.microseconds($0, bytes.count) }
      }
      guard let at else { continue }
      events.append(
        StageEntries.Event(
          at: at, order: events.count - (1 << 40), stage: select.int(1), funnel: 0,
          state: select.text(2) ?? "open", isKnown: true))
    }
    return events
  }

  /// Writes those that are new, `events` in order of time. Returns how many, and how many entries
  /// led into the stage the deal was in.
  func write(
    _ events: [StageEntries.Event], of deal: StageEntries.Deal
  ) throws -> (count: Int, unmoved: Int) {
    var count = 0
    var unmoved = 0
    var stage: Int64?
    var state: String?
    var since: Int64 = 0
    for event in events {
      let isMove = state == nil || event.stage != stage || event.state != state
      if event.isKnown {
        (stage, state) = (event.stage, event.state)
        if isMove { since = event.at }
        continue
      }
      guard isMove else {
        unmoved += 1
        continue
      }
      try write(event, from: stage, of: deal.id)
      count += 1
      (stage, state, since) = (event.stage, event.state, event.at)
    }
    if count > 0, let last = events.last, let state {
      try stand(deal, last, state, since, created: events.first?.at ?? last.at)
    }
    return (count, unmoved)
  }

  private func write(_ event: StageEntries.Event, from: Int64?, of deal: Int64) throws {
    try insert.bind(1, from.map { .int($0) } ?? .empty)
    try insert.bind(2, event.stage.map { .int($0) } ?? .empty)
    try insert.bind(3, copying: event.state)
    try insert.bind(4, .time(event.at))
    try insert.bind(5, event.amount.map { .int($0) } ?? .empty)
    try insert.bind(6, copying: event.reason)
    try insert.bind(7, .int(deal))
    try insert.bind(8, event.author.map { .int($0) } ?? .empty)
    try insert.run()
  }

  private func stand(
    _ deal: StageEntries.Deal, _ last: StageEntries.Event, _ state: String, _ since: Int64,
    created: Int64
  ) throws {
    let closed = state == "open" ? nil : StoredText.time(Instant(microseconds: since))
    let first = StoredText.time(Instant(microseconds: created))
    try update.bind(1, last.stage)
    try update.bind(2, state)
    try update.bind(3, closed)
    if last.funnel == 0 {
      // The last move is one the book had: its funnel is the deal's own.
      let own = try book.connection.int(
        "SELECT \"funnel_id\" FROM \"opportunity\" WHERE \"id\" = \(deal.id)")
      try update.bind(4, own)
    } else {
      try update.bind(4, last.funnel)
    }
    try update.bind(5, last.amount)
    try update.bind(6, first)
    try update.bind(7, deal.id)
    try update.run()
  }
}
