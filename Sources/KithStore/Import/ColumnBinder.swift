import KithBase
import KithModel

/// Decides what each column of a file is, from its header and the user's mappings alone.
struct ColumnBinder {
  let names: ImportNames
  let entity: EntitySpec
  let headers: [String]
  let options: ImportOptions
  private var result = ColumnBindings()
  /// Columns that are spoken for.
  private var taken: Set<Int> = []

  init(names: ImportNames, entity: EntitySpec, headers: [String], options: ImportOptions) {
    self.names = names
    self.entity = entity
    self.headers = headers
    self.options = options
  }

  /// Errors: K7105 headers that stand twice or mean the same, K7106 mappings that fit nothing.
  static func bind(
    names: ImportNames, entity: EntitySpec, headers: [String], options: ImportOptions
  ) throws(Diagnostic) -> ColumnBindings {
    var binder = ColumnBinder(names: names, entity: entity, headers: headers, options: options)
    try binder.bindMappings()
    try binder.checkHeaders()
    binder.skipRejectColumns()
    try binder.bindHeaders()
    try binder.bindConstants()
    return binder.result
  }

  // MARK: Mapped by hand

  private mutating func bindMappings() throws(Diagnostic) {
    for mapping in options.map {
      let (source, used) = try source(mapping.header)
      if mapping.path == "-" {
        taken.formUnion(used)
        continue
      }
      for column in used where taken.contains(column) && used.count == 1 {
        throw Diagnostic("K7106", "'\(headers[column])' is mapped twice")
      }
      // Columns of a difference stay free for a mapping of their own.
      if used.count == 1 { taken.formUnion(used) }
      let (path, factor) = Self.splitFactor(mapping.path)
      switch resolve(path) {
      case .target(let target):
        try add(
          ColumnBinding(
            source: source, header: mapping.header, target: target, factor: factor))
      case .computed(let name, let why): throw Self.computed(name, why, entity)
      case .unknown(let name, let steps, let owner):
        guard options.keep, case .column(let column) = source, !name.contains(".") else {
          throw unknown(name, owner)
        }
        result.kept.append(KeptColumn(column: column, name: name, steps: steps, entity: owner.name))
      }
    }
  }

  /// The columns a mapping's left side names.
  private func source(_ header: String) throws(Diagnostic) -> (CellSource, Set<Int>) {
    if let column = column(header) { return (.column(column), [column]) }
    var place = header.startIndex
    while let minus = header[place...].firstRange(of: " - ") {
      if let left = column(String(header[..<minus.lowerBound])),
        let right = column(String(header[minus.upperBound...]))
      {
        return (.difference(left, right), [left, right])
      }
      place = header.index(after: minus.lowerBound)
    }
    var help = "the columns are \(headers.prefix(20).joined(separator: ", "))"
    if case .target = resolve(header), column(header) == nil {
      help = "a mapping is written header=field; " + help
    }
    throw Diagnostic(
      "K7106", "the file has no column '\(header)'", help: help,
      suggestions: Nearest.words(to: header, among: headers))
  }

  private func column(_ header: String) -> Int? {
    if let exact = headers.firstIndex(of: header) { return exact }
    let wanted = foldedWord(header)
    let near = headers.indices.filter { foldedWord(headers[$0]) == wanted }
    return near.count == 1 ? near[0] : nil
  }

  /// `annual_output*1000000` is a field and a factor.
  static func splitFactor(_ path: String) -> (path: String, factor: Int64) {
    guard let star = path.lastIndex(of: "*"),
      let factor = Int64(path[path.index(after: star)...].filter { $0 != " " }), factor != 0
    else { return (path, 1) }
    var field = path[..<star]
    while field.last == " " { field.removeLast() }
    return (String(field), factor)
  }

  /// A path of the entity; in a history also of the entry into a stage.
  private func resolve(_ path: String) -> ImportNames.Resolution {
    if options.history, let event = names.historyTarget(path) { return .target(event) }
    var path = path
    if options.history {
      for prefix in ["opportunity.", "商机."] where path.hasPrefix(prefix) {
        path = String(path.dropFirst(prefix.count))
      }
    }
    return names.resolve(path, in: entity)
  }

  private func unknown(_ name: String, _ owner: EntitySpec) -> Diagnostic {
    Diagnostic(
      "K7106", "'\(name)' is no field or path of a \(owner.name)",
      help: options.keep ? nil : "--keep makes columns of the file fields of the book",
      suggestions: Nearest.words(to: name, among: names.writableNames(owner)))
  }

  private static func computed(_ name: String, _ why: String, _ entity: EntitySpec) -> Diagnostic {
    Diagnostic("K7106", "'\(name)' of a \(entity.name) cannot be imported: \(why)")
  }

  // MARK: Told by their headers

  private mutating func checkHeaders() throws(Diagnostic) {
    for (index, header) in headers.enumerated() where !header.isEmpty && !taken.contains(index) {
      if let other = headers[..<index].firstIndex(of: header) {
        throw Diagnostic(
          "K7105", "the header '\(header)' stands over columns \(other + 1) and \(index + 1)",
          help: "rename one in the file")
      }
    }
    for (index, header) in headers.enumerated() where header.isEmpty && !taken.contains(index) {
      taken.insert(index)
      // A separator at the end of every line makes a last column of nothing.
      if index < headers.count - 1 { result.unnamed.append(index) }
    }
  }

  /// A file of rejected rows may be imported again once it is mended.
  private mutating func skipRejectColumns() {
    let count = RejectsFile.columns.count
    guard headers.count > count, Array(headers[..<count]) == RejectsFile.columns else { return }
    taken.formUnion(0..<count)
  }

  private mutating func bindHeaders() throws(Diagnostic) {
    for (index, header) in headers.enumerated() where !taken.contains(index) {
      let (meaning, factor) = meaning(header)
      switch meaning {
      case .target(let target):
        if let other = result.bindings.first(where: { $0.target.path == target.path }) {
          if other.isMapped {
            result.ignored.append(index)
            continue
          }
          throw Diagnostic(
            "K7105", "the columns '\(other.header)' and '\(header)' both mean \(target.path)",
            help: "say which with --map \"\(header)=-\"")
        }
        var binding = ColumnBinding(
          source: .column(index), header: header, target: target, factor: factor)
        binding.isMapped = false
        result.bindings.append(binding)
      case .computed(let name, let why): result.computed.append((index, name, why))
      case .unknown, nil:
        if options.keep {
          result.kept.append(
            KeptColumn(column: index, name: header, steps: [], entity: entity.name))
        } else {
          result.ignored.append(index)
        }
      }
    }
  }

  /// With the factor of a unit behind the header's name.
  private func meaning(_ header: String) -> (ImportNames.Resolution?, factor: Int64) {
    let whole = found(header)
    if case .target? = whole { return (whole, 1) }
    guard let (name, factor) = HeaderWords.unit(of: header), case .target(let target)? = found(name)
    else { return (whole, 1) }
    return (.target(target), factor)
  }

  private func found(_ header: String) -> ImportNames.Resolution? {
    if options.history, let event = names.historyTarget(header) { return .target(event) }
    return names.header(header, in: entity)
  }

  private mutating func bindConstants() throws(Diagnostic) {
    for constant in options.constants {
      switch resolve(constant.path) {
      case .target(let target):
        try add(
          ColumnBinding(
            source: .constant(constant.value), header: target.path, target: target, factor: 1))
      case .computed(let name, let why): throw Self.computed(name, why, entity)
      case .unknown(let name, _, let owner): throw unknown(name, owner)
      }
    }
  }

  private mutating func add(_ binding: ColumnBinding) throws(Diagnostic) {
    if let other = result.bindings.first(where: { $0.target.path == binding.target.path }) {
      throw Diagnostic(
        "K7106",
        "'\(other.header)' and '\(binding.header)' are both mapped to "
          + binding.target.path)
    }
    result.bindings.append(binding)
  }
}

/// A column and its field.
struct ColumnBinding {
  var source: CellSource
  var header: String
  var target: ImportNames.Target
  /// What a number is multiplied by.
  var factor: Int64
  /// The user said so; else the header told it.
  var isMapped = true
}

/// A column that becomes a field of the book.
struct KeptColumn {
  var column: Int
  var name: String
  var steps: [ToOneSpec]
  /// The entity that gets the field.
  var entity: String
}

struct ColumnBindings {
  var bindings: [ColumnBinding] = []
  var kept: [KeptColumn] = []
  /// Columns nothing is known of.
  var ignored: [Int] = []
  /// Columns named like something that is computed.
  var computed: [(column: Int, name: String, why: String)] = []
  /// Columns without a header.
  var unnamed: [Int] = []
}

extension ImportNames {
  /// What a word is of the entry into a stage: `at`, `stage`, `member`, `reason`; nil for all else.
  ///
  /// Such targets begin with `stage_change` as their path.
  func historyTarget(_ path: String) -> Target? {
    guard let change = catalogue.entity("stage_change") else { return nil }
    let parts = path.split(separator: ".").map { foldedWord(String($0)) }
    guard let first = parts.first else { return nil }
    switch first {
    case "at", "time", "timestamp", "时间", "entered", "进入时间":
      guard parts.count == 1, let at = field("at", of: change) else { return nil }
      return Target(steps: [], field: at, path: "stage_change.at")
    case "reason", "原因":
      guard parts.count == 1, let reason = field("reason", of: change) else { return nil }
      return Target(steps: [], field: reason, path: "stage_change.reason")
    case "stage", "阶段", "商机阶段":
      guard parts.count == 1, let to = change.toOne.first(where: { $0.name == "to" }) else {
        return nil
      }
      return Target(steps: [to], field: nil, path: "stage_change.to")
    case "member", "成员", "author", "操作人":
      guard let author = change.toOne.first(where: { $0.name == "author" }),
        let member = catalogue.entity("member")
      else { return nil }
      guard parts.count == 2 else {
        return parts.count == 1
          ? Target(steps: [author], field: nil, path: "stage_change.author") : nil
      }
      guard case .field(let field)? = self.member(parts[1], of: member, forgiving: true) else {
        return nil
      }
      return Target(
        steps: [author], field: field, path: "stage_change.author.\(field.name)")
    default: return nil
    }
  }
}
