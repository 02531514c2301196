import KithBase
import KithModel

/// Builds the nodes a row is made of from the bound columns.
struct ImportTree {
  let book: Book
  let options: ImportOptions
  let arena: ByteArena
  let log: ImportLog
  /// Made when a column or a required funnel needs it.
  private(set) var stages: StageLookup?
  private var indexes: [IdentityIndex] = []

  init(book: Book, options: ImportOptions, arena: ByteArena, log: ImportLog, stages: StageLookup?) {
    self.book = book
    self.options = options
    self.arena = arena
    self.log = log
    self.stages = stages
  }

  /// The node of the rows themselves with all it refers to.
  ///
  /// Errors: K7106 where a path does not tell which object is meant, K7107 a key no column gives.
  mutating func build(
    _ entity: EntitySpec, _ bindings: [ColumnBinding], keys: [String]
  ) throws -> ImportNode {
    // The book's own catalogue, because fields may have been added since the entity was looked up.
    let current = book.catalogue.entity(entity.name) ?? entity
    let root = ImportNode(entity: current, path: "", step: nil)
    for binding in bindings { try attach(binding, to: root) }
    try root.forEachNode { try addExtras($0) }
    try root.forEachNode { node in if node !== root { try identifyParent(node) } }
    try identifyRoot(root, keys)
    finish(root)
    return root
  }

  // MARK: Columns

  private mutating func attach(_ binding: ColumnBinding, to root: ImportNode) throws {
    var node = root
    for (index, step) in binding.target.steps.enumerated() {
      if step.target == "stage", binding.target.isStageItself(from: index) {
        return try attachStage(binding, step, to: node)
      }
      node = try child(of: node, step)
    }
    let field: FieldSpec
    if let given = binding.target.field {
      field = given
    } else {
      guard let title = referenceField(node.entity) else {
        throw Diagnostic(
          "K7106", "a \(node.entity.name) has neither code nor name to refer to it by")
      }
      field = title
      node.reference = node.columns.count
    }
    let plain = field.secondColumn.map { [field.column, $0] } ?? [field.column]
    node.columns.append(
      BoundColumn(
        source: binding.source, header: binding.header,
        decoder: try decoder(field, factor: binding.factor), columns: plain, arena: arena))
  }

  private func child(of node: ImportNode, _ step: ToOneSpec) throws -> ImportNode {
    if let known = node.parents.first(where: { $0.step?.name == step.name }) { return known }
    guard let entity = book.catalogue.entity(step.target) else {
      throw StoreError.unknownEntity(step.target)
    }
    let path = node.path.isEmpty ? step.name : node.path + "." + step.name
    let made = ImportNode(entity: entity, path: path, step: step)
    node.parents.append(made)
    return made
  }

  private mutating func attachStage(
    _ binding: ColumnBinding, _ step: ToOneSpec, to node: ImportNode
  ) throws {
    let lookup = try stages ?? StageLookup(book: book)
    stages = lookup
    let field = FieldSpec(step.name, step.zh, .object("stage"), column: step.column)
    node.columns.append(
      BoundColumn(
        source: binding.source, header: binding.header,
        decoder: ValueDecoder(
          field: field, enumeration: nil, options: options, factor: 1, arena: arena,
          stages: lookup),
        columns: [step.column], arena: arena))
  }

  private func referenceField(_ entity: EntitySpec) -> FieldSpec? {
    let names = ImportNames(catalogue: book.catalogue)
    return names.titleField(entity) ?? names.field("code", of: entity)
  }

  private func decoder(_ field: FieldSpec, factor: Int64) throws -> ValueDecoder {
    let number: Bool
    switch field.type {
    case .int, .float, .money: number = true
    default: number = false
    }
    guard factor == 1 || number else {
      throw Diagnostic("K7106", "'\(field.name)' is no number and cannot be multiplied")
    }
    var name: String?
    if case .enumeration(let word) = field.type { name = word }
    if case .list(.enumeration(let word)) = field.type { name = word }
    let enumeration = name.flatMap { book.catalogue.enumeration($0) }
    var addValue: ((String) throws -> String)?
    if let name, options.newValues, GrowingEnumerations.contains(name) {
      let (book, log) = (book, log)
      addValue = { text in
        // Another column of the file may have added it a moment ago.
        let now = book.catalogue.enumeration(name).map(EnumerationWords.init)
        if let code = now?.code(text) { return code }
        try book.addTerm(enumeration: name, code: text, zh: text, en: text)
        log.termsAdded.append((name, text))
        return text
      }
    }
    return ValueDecoder(
      field: field, enumeration: enumeration, options: options, factor: factor, arena: arena,
      addValue: addValue)
  }

  /// Columns the import fills where the file does not give them.
  private mutating func addExtras(_ node: ImportNode) throws {
    let entity = node.entity
    let name = entity.fields.first { $0.name == "name" && $0.required && $0.secondColumn == nil }
    if name != nil, node.column(of: "name") == nil { node.extraColumns.append("name") }
    if entity.name == "referrer", node.column(of: "category") == nil {
      node.extraColumns.append("category")
    }
    if entity.name == "opportunity" {
      if node.parent("funnel") == nil {
        stages = try stages ?? StageLookup(book: book)
        node.extraColumns.append("funnel_id")
      }
      if node.column(of: "stage") != nil, node.column(of: "state") == nil {
        node.extraColumns.append("state")
      }
    }
    node.extraValues = node.extraColumns.map { _ in .empty }
  }

  // MARK: Identity

  /// Paths that narrow a name: two customers may each have a contact of one name.
  private static let scopes: [String: [String]] = [
    "contact": ["customer"], "department": ["customer"], "opportunity": ["customer"],
    "installation": ["customer"], "project": ["customer"], "partner": ["customer"],
    "stage": ["funnel"], "action": ["stage"], "session": ["event"], "question": ["survey"],
  ]

  private mutating func identifyParent(_ node: ImportNode) throws {
    if let reference = node.reference {
      node.identity = try .named(
        namedIndexes(node.entity),
        loose: options.looseNames ? looseIndex(node.entity, node.columns[reference]) : nil)
      return
    }
    if let id = node.column(of: "id") {
      node.identity = try key(node, [.column(id)])
    } else if let code = node.column(of: "code") {
      let alone = !node.entity.unique.contains { $0.contains("code") && $0.count > 1 }
      node.identity = try key(node, [.column(code)] + (alone ? [] : scope(node)))
    } else if node.entity.name == "purchase" {
      try identifyPurchase(node)
    } else if node.entity.name == "referrer", let parts = standsFor(node) {
      node.identity = try key(node, parts)
    } else if let title = titleColumn(node) {
      node.identity = try key(node, [.column(title)] + scope(node))
    } else {
      throw Diagnostic(
        "K7106", "the columns do not tell which \(node.entity.name) '\(node.path)' is",
        help: "map a column to \(node.path).name or \(node.path).code too")
    }
  }

  /// An order number may be used again by another customer or on another day, so what the file
  /// tells of these belongs to the identity.
  private mutating func identifyPurchase(_ node: ImportNode) throws {
    var parts: [ImportNode.KeyPart] = []
    if let column = node.column(of: "contract") ?? node.column(of: "name") {
      parts.append(.column(column))
    }
    if let customer = node.parents.firstIndex(where: { $0.step?.name == "customer" }) {
      parts.append(.parent(customer))
    }
    if let ordered = node.column(of: "ordered") { parts.append(.column(ordered)) }
    guard !parts.isEmpty else {
      throw Diagnostic(
        "K7106", "the columns do not tell which purchase '\(node.path)' is",
        help: "map a column to \(node.path).contract too")
    }
    node.identity = try key(node, parts)
  }

  private func standsFor(_ node: ImportNode) -> [ImportNode.KeyPart]? {
    for name in ["contact", "customer"] {
      if let index = node.parents.firstIndex(where: { $0.step?.name == name }) {
        return [.parent(index)]
      }
    }
    return nil
  }

  private func titleColumn(_ node: ImportNode) -> Int? {
    guard let title = ImportNames(catalogue: book.catalogue).titleField(node.entity) else {
      return nil
    }
    return node.column(of: title.name)
  }

  private func scope(_ node: ImportNode) -> [ImportNode.KeyPart] {
    (Self.scopes[node.entity.name] ?? []).compactMap { name in
      node.parents.firstIndex { $0.step?.name == name }.map { .parent($0) }
    }
  }

  private mutating func identifyRoot(_ root: ImportNode, _ keys: [String]) throws {
    if !keys.isEmpty {
      root.identity = try key(root, keys.map { try keyPart($0, root) })
    } else if let id = root.column(of: "id") {
      root.identity = try key(root, [.column(id)])
    } else if let code = root.column(of: "code"),
      !root.entity.unique.contains(where: { $0.contains("code") && $0.count > 1 })
    {
      root.identity = try key(root, [.column(code)])
    }
    if let title = titleColumn(root), mentions(root.entity, in: root) {
      let index = try index(root.entity, root.columns[title].columns.prefix(1).map { $0 })
      root.adoption = (index, [.column(title)])
    }
  }

  private func mentions(_ entity: EntitySpec, in root: ImportNode) -> Bool {
    var found = false
    root.forEachNode { if $0 !== root, $0.entity.name == entity.name { found = true } }
    return found
  }

  private func keyPart(_ word: String, _ root: ImportNode) throws -> ImportNode.KeyPart {
    let names = ImportNames(catalogue: book.catalogue)
    switch names.resolve(word, in: root.entity) {
    case .target(let target):
      if target.steps.isEmpty, let field = target.field, let column = root.column(of: field.name) {
        switch field.type {
        case .float, .percent:
          throw Diagnostic("K7107", "'\(word)' is no exact value and cannot be a key")
        default: return .column(column)
        }
      }
      if let step = target.steps.first {
        if let parent = root.parents.firstIndex(where: { $0.step?.name == step.name }) {
          return .parent(parent)
        }
        if let column = root.column(of: step.name) { return .column(column) }
      }
      throw Diagnostic("K7107", "the key '\(word)' needs a column of the file that gives it")
    case .computed(let name, _): throw Diagnostic("K7107", "'\(name)' is computed and is no key")
    case .unknown(let name, _, let owner):
      throw Diagnostic(
        "K7107", "the key '\(name)' is no field of a \(owner.name)",
        suggestions: Nearest.words(to: name, among: names.writableNames(owner)))
    }
  }

  // MARK: Indexes

  private mutating func key(
    _ node: ImportNode, _ parts: [ImportNode.KeyPart]
  ) throws -> ImportNode.Identity {
    let columns = parts.compactMap { part -> String? in
      switch part {
      case .column(let index): node.columns[index].columns.first
      case .parent(let index): node.parents[index].step?.column
      case .extra(let index): node.extraColumns[index]
      }
    }
    return .key(try index(node.entity, columns), parts)
  }

  private mutating func index(
    _ entity: EntitySpec, _ columns: [String], folded: Bool = false
  ) throws -> IdentityIndex {
    if let known = indexes.first(where: {
      $0.entity.name == entity.name && $0.columns == columns && $0.isFolded == folded
    }) {
      return known
    }
    let made = try IdentityIndex(entity: entity, columns: columns, isFolded: folded, book: book)
    indexes.append(made)
    return made
  }

  /// Where a bare reference is looked up: the code, then the name; a customer by name first.
  private mutating func namedIndexes(_ entity: EntitySpec) throws -> [IdentityIndex] {
    let names = ImportNames(catalogue: book.catalogue)
    var columns: [String] = []
    if let code = names.field("code", of: entity) { columns.append(code.column) }
    if let title = names.titleField(entity) {
      let own = [title.column] + (title.secondColumn.map { [$0] } ?? [])
      columns = entity.name == "customer" ? own + columns : columns + own
    }
    return try columns.map { try index(entity, [$0]) }
  }

  private mutating func looseIndex(
    _ entity: EntitySpec, _ column: BoundColumn
  ) throws -> IdentityIndex? {
    guard column.field.type == .text, let name = column.columns.first else { return nil }
    return try index(entity, [name], folded: true)
  }

  /// Tells every node which indexes its new rows belong in, and whether the row has a twin of it.
  private func finish(_ root: ImportNode) {
    var counts: [String: Int] = [:]
    root.forEachNode { counts[$0.entity.name, default: 0] += 1 }
    root.forEachNode { node in
      node.hasTwin = (counts[node.entity.name] ?? 0) > 1
      node.values = node.columns.map { _ in .empty }
      node.widths = node.columns.map(\.columns.count)
      for index in indexes where index.entity.name == node.entity.name {
        node.indexes.append((index, index.columns.map { node.keyPart(of: $0) }))
      }
    }
  }
}

extension ImportNode {
  /// Where the value of a SQLite column is found in this node.
  fileprivate func keyPart(of column: String) -> KeyPart? {
    if let index = columns.firstIndex(where: { $0.columns.contains(column) }) {
      return .column(index)
    }
    if let index = parents.firstIndex(where: { $0.step?.column == column }) {
      return .parent(index)
    }
    return extraColumns.firstIndex(of: column).map { .extra($0) }
  }
}

extension ImportNames.Target {
  /// Whether the step at an index is a stage named by itself, its code or its name.
  fileprivate func isStageItself(from index: Int) -> Bool {
    index == steps.count - 1 && (field == nil || field?.name == "code" || field?.name == "name")
  }
}
