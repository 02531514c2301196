import KithBase
import KithModel

/// Brings the rows of one file into the book, one after another.
final class RowImporter {
  let book: Book
  let options: ImportOptions
  let root: ImportNode
  let log: ImportLog
  private let arena: ByteArena
  private let stages: StageLookup?
  private let batchID: Int64
  /// Rows made because others refer to them and not filled by a row of their own yet.
  private var unfilled: Set<Int64> = []
  /// Purchases made by rows of items, whose amount is the sum of these.
  private(set) var purchasesMade: [Int64] = []
  private(set) var purchasesExtended: Set<Int64> = []
  /// Rows whose key an earlier row of the file had.
  private(set) var repeatedCount = 0
  /// Rows of the book that a row of the file has changed; new ones have ids above `lastOldID`.
  private var touched: Set<Int64> = []
  private let lastOldID: Int64
  /// What the row at hand has made besides itself, and the entries it has put into indexes.
  private var made: [(entity: String, name: String?, id: Int64)] = []
  private var stored: [(index: IdentityIndex, entry: Int)] = []

  /// What became of a row.
  enum Outcome {
    case new(Int64)
    case updated(Int64)
    case unchanged(Int64)
  }

  init(
    book: Book, options: ImportOptions, root: ImportNode, log: ImportLog, arena: ByteArena,
    stages: StageLookup?, batchID: Int64
  ) throws {
    self.book = book
    self.options = options
    self.root = root
    self.log = log
    self.arena = arena
    self.stages = stages
    self.batchID = batchID
    lastOldID =
      try book.connection.int("SELECT max(\"id\") FROM \(Schema.quoted(root.entity.name))") ?? 0
  }

  /// Takes the row whose values the nodes hold. Errors: `CellFault` where it cannot be imported;
  /// then nothing of it was written.
  func take() throws -> Outcome {
    locate(root)
    try check(root)
    return try takeLocated()
  }

  /// The rest of `take`, for a row that has been located and checked. What was made for a row that the
  /// book then refuses is taken back.
  func takeLocated() throws -> Outcome {
    made.removeAll(keepingCapacity: true)
    stored.removeAll(keepingCapacity: true)
    guard makesOthers(root) else { return try settleRoot() }
    try book.connection.execute("SAVEPOINT kith_row")
    do {
      for parent in root.parents { try settleParent(parent) }
      let outcome = try settleRoot()
      try book.connection.execute("RELEASE kith_row")
      return outcome
    } catch let fault as CellFault {
      try book.connection.execute("ROLLBACK TO kith_row")
      try book.connection.execute("RELEASE kith_row")
      takeBack()
      throw fault
    }
  }

  /// Whether objects besides the row's own are to be made.
  private func makesOthers(_ node: ImportNode) -> Bool {
    node.parents.contains { parent in
      if parent.state == .toMake { return true }
      if case .found = parent.state, parent.entity.name == "purchase", root.entity.name == "item" {
        return true
      }
      return makesOthers(parent)
    }
  }

  private func takeBack() {
    for (index, entry) in stored.reversed() { index.forget(entry) }
    for (entity, name, id) in made.reversed() {
      log.unmade(entity, name: name)
      if entity == root.entity.name { unfilled.remove(id) }
      if entity == "purchase", purchasesMade.last == id { purchasesMade.removeLast() }
    }
  }

  // MARK: Finding

  /// Finds the object of every node; writes nothing.
  func locate(_ node: ImportNode) {
    for parent in node.parents { locate(parent) }
    node.matches = []
    node.state = lookup(node)
    guard node === root else { return }
    if node.state == .absent { node.state = .toMake }
    if case .found(let id) = node.state, unfilled.contains(id) { node.state = .adopted(id) }
    if node.state == .toMake, let id = adoptable(node) { node.state = .adopted(id) }
  }

  /// Whether all that the row needs is there or can be made.
  ///
  /// What an object of the book would be made with if it were not there is not needed.
  func check(_ node: ImportNode) throws(CellFault) {
    switch node.state {
    case .absent: return
    case .several(let count): throw several(node, count)
    case .found, .adopted: if node !== root { return }
    case .toMake: try checkMakeable(node)
    }
    for parent in node.parents { try check(parent) }
  }

  private func lookup(_ node: ImportNode) -> ImportNode.State {
    switch node.identity {
    case .new: return .toMake
    case .key(let index, let parts):
      index.beginKey()
      var isEmpty = true
      var isNew = false
      for (place, part) in parts.enumerated() {
        if case .parent(let parent) = part {
          switch node.parents[parent].state {
          case .toMake, .several: isNew = true
          case .absent, .found, .adopted: break
          }
        }
        if index.add(node.part(part), first: place == 0) { isEmpty = false }
      }
      if isNew { return .toMake }
      if isEmpty { return .absent }
      guard let hit = index.find() else { return .toMake }
      if hit.isOnly { return .found(hit.id) }
      return matches(node, index, hit.id)
    case .named(let indexes, let loose):
      guard let column = node.reference, !node.values[column].isEmpty else { return .absent }
      for index in indexes {
        index.beginKey()
        index.add(node.values[column], first: true)
        if let hit = index.find() {
          if hit.isOnly { return .found(hit.id) }
          return matches(node, index, hit.id)
        }
      }
      return looselyNamed(node, loose, node.values[column])
    }
  }

  private func looselyNamed(
    _ node: ImportNode, _ loose: IdentityIndex?, _ value: CellValue
  ) -> ImportNode.State {
    guard let loose else { return .toMake }
    loose.beginKey()
    loose.add(value, first: true)
    guard let hit = loose.find(), hit.isOnly else { return .toMake }
    log.looseCount += 1
    if let text = value.storedText, log.looseExamples.count < 5,
      !log.looseExamples.contains(text)
    {
      log.looseExamples.append(text)
    }
    return .found(hit.id)
  }

  private func matches(
    _ node: ImportNode, _ index: IdentityIndex, _ first: Int64
  ) -> ImportNode.State {
    let all = index.all()
    guard node === root, options.everyMatch else { return .several(all.count) }
    node.matches = all
    return .found(first)
  }

  private func several(_ node: ImportNode, _ count: Int) -> CellFault {
    let what = node.path.isEmpty ? "the key" : "'\(node.path)'"
    let zhWhat = node.path.isEmpty ? "键" : "“\(node.path)”"
    return CellFault(
      "\(what) fits \(count) \(node.entity.plural) of the book"
        + (node === root ? "; add a field to --key, or say --every" : "; refer to it by code"),
      "\(zhWhat)对应账本中 \(count) 个\(node.entity.zh)"
        + (node === root ? "；请在 --key 里加字段，或用 --every" : "；请用编号引用"))
  }

  private func adoptable(_ node: ImportNode) -> Int64? {
    guard let (index, parts) = node.adoption else { return nil }
    index.beginKey()
    var isEmpty = true
    for (place, part) in parts.enumerated() {
      if index.add(node.part(part), first: place == 0) { isEmpty = false }
    }
    guard !isEmpty, let hit = index.find(), unfilled.contains(hit.id) else { return nil }
    return hit.id
  }

  /// Everything a new row must have is given, or can be filled.
  private func checkMakeable(_ node: ImportNode) throws(CellFault) {
    if node.requirements == nil { node.requirements = Self.requirements(node) }
    guard let requirements = node.requirements, !requirements.isEmpty else { return }
    for requirement in requirements {
      let isThere: Bool
      switch requirement.source {
      case .column(let column): isThere = !node.values[column].isEmpty
      case .parent(let parent): isThere = node.parents[parent].state != .absent
      case .filledName: isThere = canFillName(node)
      case .nowhere: isThere = false
      }
      if isThere { continue }
      if requirement.name == "id" {
        throw CellFault(
          "the book has no \(node.entity.name) with this id", "账本里没有这个内部编号的\(node.entity.zh)")
      }
      throw CellFault(
        (node.path.isEmpty ? "" : "'\(node.path)' is not in the book, and to make it ")
          + "\(requirement.name) is required",
        (node.path.isEmpty ? "" : "“\(node.path)”不在账本里，要新建它，")
          + "须有“\(requirement.name)”")
    }
  }

  private static func requirements(_ node: ImportNode) -> [ImportNode.Requirement] {
    var result: [ImportNode.Requirement] = []
    // An id is the book's own: it finds a row and never makes one.
    if case .key(let index, _) = node.identity, index.columns == ["id"] {
      result.append(ImportNode.Requirement(name: "id", source: .nowhere))
    }
    for field in node.entity.fields where field.required && field.name != "id" {
      if let column = node.columns.firstIndex(where: { $0.columns.contains(field.column) }) {
        result.append(ImportNode.Requirement(name: field.name, source: .column(column)))
      } else if node.extraColumns.contains(field.column) {
        guard field.name == "name" else { continue }
        result.append(ImportNode.Requirement(name: field.name, source: .filledName))
      } else if field.defaultValue == nil {
        result.append(ImportNode.Requirement(name: field.name, source: .nowhere))
      }
    }
    for step in node.entity.toOne where step.required && step.through == nil {
      let source: ImportNode.Requirement.Source
      if let parent = node.parents.firstIndex(where: { $0.step?.name == step.name }) {
        source = .parent(parent)
      } else if let column = node.column(of: step.name) {
        source = .column(column)
      } else if node.extraColumns.contains(step.column) {
        continue
      } else {
        source = .nowhere
      }
      result.append(ImportNode.Requirement(name: step.name, source: source))
    }
    return result
  }

  private func canFillName(_ node: ImportNode) -> Bool {
    if let code = node.column(of: "code"), !node.values[code].isEmpty { return true }
    guard node.entity.name == "referrer" else { return false }
    return ["contact", "customer"].contains {
      node.parent($0).map { $0.state != .absent } ?? false
    }
  }

  // MARK: Writing

  /// Makes what is not in the book, those a path leads to first.
  func settleParent(_ node: ImportNode) throws {
    guard node.state == .toMake else {
      if node.entity.name == "purchase", root.entity.name == "item",
        case .found(let id) = node.state
      {
        purchasesExtended.insert(id)
      }
      return
    }
    for parent in node.parents { try settleParent(parent) }
    // Another node of this row may have made it a moment ago.
    if node.hasTwin {
      let again = lookup(node)
      if case .found = again {
        node.state = again
        return
      }
    }
    let id = try insert(node)
    node.state = .found(id)
    if node.entity.name == root.entity.name { unfilled.insert(id) }
    if node.entity.name == "purchase", root.entity.name == "item" { purchasesMade.append(id) }
    log.made(node.entity.name, name: nameOf(node))
    made.append((node.entity.name, nameOf(node), id))
  }

  private func settleRoot() throws -> Outcome {
    if root.hasTwin, root.state == .toMake {
      let again = lookup(root)
      if case .found(let id) = again { root.state = unfilled.contains(id) ? .adopted(id) : again }
      if root.state == .toMake, let id = adoptable(root) { root.state = .adopted(id) }
    }
    switch root.state {
    case .absent, .several, .toMake:
      return .new(try insert(root))
    case .adopted(let id):
      unfilled.remove(id)
      log.parentsMade[root.entity.name, default: 1] -= 1
      try fillExtras(root, isNew: false)
      _ = try updater(root).update(id, batch: nil)
      try register(root, id)
      return .new(id)
    case .found(let id):
      try fillExtras(root, isNew: false)
      var changed = false
      for match in root.matches.isEmpty ? [id] : root.matches {
        if match > lastOldID || !touched.insert(match).inserted { repeatedCount += 1 }
        if try updater(root).update(match, batch: batchID) { changed = true }
      }
      if changed { try register(root, id) }
      return changed ? .updated(id) : .unchanged(id)
    }
  }

  private func updater(_ node: ImportNode) throws -> CellUpdater {
    if let known = node.updater { return known }
    let made = try CellUpdater(node: node, book: book, options: options)
    node.updater = made
    return made
  }

  func insert(_ node: ImportNode) throws -> Int64 {
    try fillExtras(node, isNew: true)
    let writer =
      try node.inserter
      ?? CellWriter(
        insertInto: node.entity.name, columns: node.storedColumns, connection: book.connection)
    node.inserter = writer
    var place = 0
    try node.forEachValue { value in
      place += 1
      try writer.bind(place, value)
    }
    let id: Int64
    do {
      id = try writer.run()
    } catch let problem as Diagnostic where problem.code == "K6016" {
      throw refusal(problem)
    }
    try register(node, id)
    return id
  }

  /// The book's own words: `UNIQUE constraint failed: customer.code`.
  private func refusal(_ problem: Diagnostic) -> CellFault {
    if let place = problem.message.firstRange(of: "UNIQUE constraint failed: ") {
      let fields = problem.message[place.upperBound...]
      return CellFault("the book has a row with the same \(fields)", "账本里已有相同的 \(fields)")
    }
    return CellFault(problem.message, "账本不接受：\(problem.message)")
  }

  /// Puts a new row into every index whose key it has.
  private func register(_ node: ImportNode, _ id: Int64) throws {
    for (index, parts) in node.indexes {
      index.beginKey()
      var isEmpty = true
      for (place, part) in parts.enumerated() {
        let value = part.map { node.part($0) } ?? .empty
        if index.add(value, first: place == 0) { isEmpty = false }
      }
      if !isEmpty, let entry = index.store(id) { stored.append((index, entry)) }
    }
  }

  private func nameOf(_ node: ImportNode) -> String? {
    guard let column = node.reference ?? node.column(of: "name") else { return nil }
    return node.values[column].storedText
  }

  // MARK: Filled columns

  private func fillExtras(_ node: ImportNode, isNew: Bool) throws {
    for (place, column) in node.extraColumns.enumerated() {
      switch column {
      case "name": node.extraValues[place] = isNew ? try filledName(node) : .empty
      case "category":
        let isCustomer = node.parent("customer").map { $0.state != .absent } ?? false
        node.extraValues[place] = .text(arena.word(isCustomer ? "customer" : "acquaintance"))
      case "funnel_id":
        let current = stages?.current?.funnel
        node.extraValues[place] =
          (current ?? (isNew ? stages?.defaultFunnel : nil)).map { .int($0) } ?? .empty
      case "state":
        let state = stages?.current?.state ?? (isNew ? "open" : nil)
        node.extraValues[place] = state.map { .text(arena.word($0)) } ?? .empty
      default: node.extraValues[place] = .empty
      }
    }
  }

  /// The code, or the name of whom a referrer stands for.
  private func filledName(_ node: ImportNode) throws -> CellValue {
    if let code = node.column(of: "code"), !node.values[code].isEmpty { return node.values[code] }
    for (step, table) in [("contact", "contact"), ("customer", "customer")] {
      guard let parent = node.parent(step), case .int(let id) = parent.idValue else { continue }
      if let column = parent.column(of: "name"), case .text(let bytes) = parent.values[column] {
        return .text(bytes)
      }
      let name = try book.connection.text("SELECT \"name\" FROM \"\(table)\" WHERE \"id\" = \(id)")
      return .text(arena.store(name ?? ""))
    }
    return .empty
  }
}

extension ByteArena {
  /// One of a few fixed words; stored once each.
  func word(_ word: String) -> CellBytes {
    if let known = words[word] { return known }
    let made = store(word)
    words[word] = made
    return made
  }
}
