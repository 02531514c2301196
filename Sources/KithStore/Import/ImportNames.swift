import KithBase
import KithModel

/// Finds what a header or a path of an import means in an entity, in either tongue, forgivingly.
struct ImportNames {
  let catalogue: Catalogue
  /// Paths lead round in circles (`parent.parent`), so their length is bounded.
  private static let longestPath = 8

  /// What one name is in an entity.
  enum Member {
    case field(FieldSpec)
    case toOne(ToOneSpec)
    /// It exists and cannot be written: derived, a path to many, or a path through others.
    case computed(String, why: String)
  }

  /// A path as far as a field or the object itself.
  struct Target {
    var steps: [ToOneSpec]
    /// Nil where the path ends at an object, named by code or name.
    var field: FieldSpec?
    /// `customer.name`; the object's own path where there is no field.
    var path: String
  }

  enum Resolution {
    case target(Target)
    case computed(String, why: String)
    /// The steps lead to an entity that has no such name.
    case unknown(name: String, steps: [ToOneSpec], entity: EntitySpec)
  }

  /// An entity by any of its names.
  func entity(_ word: String) -> EntitySpec? {
    let wanted = foldedWord(word)
    return catalogue.entities.first { entity in
      words(entity).contains { foldedWord($0) == wanted }
    }
  }

  /// All names of an entity: both numbers, both tongues, synonyms.
  func words(_ entity: EntitySpec) -> [String] {
    [entity.name, entity.plural, entity.zh] + entity.synonyms.flatMap { [$0.singular, $0.plural] }
      + entity.zhSynonyms
  }

  /// The names of what an import can write in an entity.
  func writableNames(_ entity: EntitySpec) -> [String] {
    entity.fields.filter { !$0.hidden }.flatMap { [$0.name, $0.zh] }
      + entity.toOne.filter { $0.through == nil }.flatMap { [$0.name, $0.zh] }
  }

  /// A dotted path, `customer.name` or `客户.名称`.
  func resolve(_ path: String, in root: EntitySpec) -> Resolution {
    var entity = root
    var steps: [ToOneSpec] = []
    var names: [String] = []
    // A custom field may hold a full stop itself, so the whole path is tried as one name first.
    let whole = member(path, of: root, forgiving: false)
    let parts = whole == nil ? path.split(separator: ".").map(String.init) : [path]
    guard !parts.isEmpty else { return .unknown(name: path, steps: [], entity: root) }
    guard parts.count <= Self.longestPath else {
      let shown = String(path.prefix(40))
      return .computed(shown, why: "a path has at most \(Self.longestPath) steps")
    }
    for (index, part) in parts.enumerated() {
      switch member(part, of: entity, forgiving: true) {
      case .field(let field):
        guard index == parts.count - 1 else {
          return .computed(field.name, why: "it is a value, and no path leads on from it")
        }
        names.append(field.name)
        return .target(Target(steps: steps, field: field, path: names.joined(separator: ".")))
      case .toOne(let step):
        guard let target = catalogue.entity(step.target) else {
          return .unknown(name: part, steps: steps, entity: entity)
        }
        steps.append(step)
        names.append(step.name)
        entity = target
      case .computed(let name, let why): return .computed(name, why: why)
      case nil:
        let rest = parts[index...].joined(separator: ".")
        return .unknown(name: rest, steps: steps, entity: entity)
      }
    }
    return .target(Target(steps: steps, field: nil, path: names.joined(separator: ".")))
  }

  /// One name of an entity; a canonical name wins over a synonym, that over what is forgiven.
  func member(_ word: String, of entity: EntitySpec, forgiving: Bool) -> Member? {
    let wanted = foldedWord(word)
    guard !wanted.isEmpty else { return nil }
    if let found = named(wanted, of: entity) { return found }
    guard forgiving else { return nil }
    for ending in ["id", "at", "on", "fen"] where wanted.hasSuffix(ending) {
      if let found = named(String(wanted.dropLast(ending.count)), of: entity),
        ending != "id" || found.isPath
      {
        return found
      }
    }
    if wanted.hasPrefix("is") { return named(String(wanted.dropFirst(2)), of: entity) }
    return nil
  }

  private func named(_ wanted: String, of entity: EntitySpec) -> Member? {
    func same(_ names: [String]) -> Bool { names.contains { foldedWord($0) == wanted } }
    if let field = entity.fields.first(where: { same([$0.name, $0.zh]) }) { return .field(field) }
    if let step = entity.toOne.first(where: { same([$0.name, $0.zh]) }) { return path(step) }
    if let field = twoTongues(wanted, of: entity) { return .field(field) }
    if let derived = entity.derived.first(where: { same([$0.name, $0.zh]) }) {
      return .computed(derived.name, why: "kith computes it")
    }
    if let many = entity.toMany.first(where: { same([$0.name, $0.zh]) }) {
      return .computed(many.name, why: "it leads to many objects")
    }
    if let field = entity.fields.first(where: { same($0.synonyms + $0.zhSynonyms) }) {
      return .field(field)
    }
    if let step = entity.toOne.first(where: { same($0.synonyms + $0.zhSynonyms) }) {
      return path(step)
    }
    return nil
  }

  private func path(_ step: ToOneSpec) -> Member {
    step.through == nil ? .toOne(step) : .computed(step.name, why: "it follows from other paths")
  }

  /// `name_en`, `名称(英文)`: one tongue of a text kept in two.
  private func twoTongues(_ wanted: String, of entity: EntitySpec) -> FieldSpec? {
    for field in entity.fields {
      guard let second = field.secondColumn else { continue }
      let name = foldedWord(field.name)
      let zh = foldedWord(field.zh)
      if wanted == name + "en" || wanted == zh + "英文" {
        var english = field
        english.name = field.name + "_en"
        english.column = second
        english.secondColumn = nil
        english.required = false
        return english
      }
      if wanted == name + "zh" || wanted == zh + "中文" {
        var chinese = field
        chinese.name = field.name + "_zh"
        chinese.secondColumn = nil
        return chinese
      }
    }
    return nil
  }
}

extension ImportNames.Member {
  fileprivate var isPath: Bool { if case .toOne = self { true } else { false } }
}

/// Headers that were not mapped by hand.
extension ImportNames {
  private static let nameWords: Set<String> = ["name", "title", "名称", "姓名", "名"]
  private static let codeWords: Set<String> = [
    "id", "code", "no", "number", "编号", "编码", "代码", "号",
  ]

  /// What a header means by itself; nil where nothing fits.
  ///
  /// Besides the names of the entity: its own name (`account` of customers is their name, `deal_id`
  /// of deals their code), and a path with `id`, `code` or `name` behind it (`客户 ID`,
  /// `customer_name`).
  func header(_ header: String, in entity: EntitySpec) -> Resolution? {
    let wanted = foldedWord(header)
    guard !wanted.isEmpty else { return nil }
    // `id` in a file is the number of the system it came from, never the book's own.
    if Self.codeWords.contains(wanted), let code = field("code", of: entity) {
      return target([], code)
    }
    if header.contains(".") {
      let found = resolve(header, in: entity)
      if case .target(let target) = found, !target.steps.isEmpty { return found }
    }
    if let found = member(header, of: entity, forgiving: false) { return resolution(found, entity) }
    if let own = ownName(wanted, entity) { return own }
    if let step = pathWithEnding(wanted, entity) { return step }
    if let found = member(header, of: entity, forgiving: true) { return resolution(found, entity) }
    guard let word = HeaderWords.common[wanted],
      let found = member(word, of: entity, forgiving: false)
    else { return nil }
    return resolution(found, entity)
  }

  private func ownName(_ wanted: String, _ entity: EntitySpec) -> Resolution? {
    for word in words(entity).map(foldedWord) where wanted.hasPrefix(word) {
      let rest = String(wanted.dropFirst(word.count))
      if rest.isEmpty || Self.nameWords.contains(rest), let name = titleField(entity) {
        return target([], name)
      }
      if Self.codeWords.contains(rest), let code = field("code", of: entity) {
        return target([], code)
      }
    }
    return nil
  }

  private func pathWithEnding(_ wanted: String, _ entity: EntitySpec) -> Resolution? {
    for step in entity.toOne where step.through == nil {
      guard let other = catalogue.entity(step.target) else { continue }
      for word in ([step.name, step.zh] + step.synonyms + step.zhSynonyms).map(foldedWord)
      where wanted.hasPrefix(word) && wanted.count > word.count {
        let rest = String(wanted.dropFirst(word.count))
        if Self.codeWords.contains(rest), let code = field("code", of: other) {
          return target([step], code)
        }
        if Self.nameWords.contains(rest), let name = titleField(other) {
          return target([step], name)
        }
      }
    }
    return nil
  }

  /// The stored text an object is known by: its name, else its title where that is a text.
  func titleField(_ entity: EntitySpec) -> FieldSpec? {
    if let title = field(entity.title, of: entity), title.type == .text { return title }
    return field("name", of: entity)
  }

  func field(_ name: String, of entity: EntitySpec) -> FieldSpec? {
    entity.fields.first { $0.name == name }
  }

  private func target(_ steps: [ToOneSpec], _ field: FieldSpec) -> Resolution {
    let path = (steps.map(\.name) + [field.name]).joined(separator: ".")
    return .target(Target(steps: steps, field: field, path: path))
  }

  private func resolution(_ member: Member, _ entity: EntitySpec) -> Resolution {
    switch member {
    case .field(let field): target([], field)
    case .toOne(let step): .target(Target(steps: [step], field: nil, path: step.name))
    case .computed(let name, let why): .computed(name, why: why)
    }
  }
}
