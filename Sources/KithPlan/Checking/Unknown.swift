import KithBase
import KithLanguage
import KithModel

/// Messages about names that do not exist, with what was perhaps meant.
extension Checker {
  func unknown(_ name: NameSyntax, ofEntity entity: String) -> Stop {
    if quietDepth > 0 { return Stop() }
    let names =
      index.memberNames(of: entity, .english) + index.memberNames(of: entity, .chinese)
    let spec = index.catalogue.entity(entity)
    let thing = options.tongue == .chinese ? spec?.zh ?? entity : entity
    return unknown(name, of: thing, among: names)
  }

  func unknown(_ name: NameSyntax, of thing: String, among names: [String]) -> Stop {
    if quietDepth > 0 { return Stop() }
    let near = Spelling.nearest(name.text, among: names)
    return fail(
      Diagnostic(
        "K2104", say("no field '\(name.text)' on \(thing)", "\(thing)没有字段“\(name.text)”"),
        at: name.span, fix: near.first.map { .init(span: name.span, replacement: spelled($0)) },
        suggestions: near))
  }

  /// A name that neither the row, nor the rows outside, nor the text knows.
  func unknownInScope(_ name: NameSyntax) -> Stop {
    if quietDepth > 0 { return Stop() }
    var names: [String] = []
    for scope in scopes.reversed() {
      names += scope.columns.map(\.name) + scope.names.map(\.name)
      if let entity = scope.object?.type.entity {
        names += index.memberNames(of: entity, .english) + index.memberNames(of: entity, .chinese)
      }
    }
    if case .group(let group) = mode {
      names += group.rows.columns.map(\.name)
    }
    names += environment.bindings.keys
    if let cut = cutIntoKnown(name) { return cut }
    if let entity = scopes.last?.object?.type.entity {
      return unknown(
        name,
        of: options.tongue == .chinese ? index.catalogue.entity(entity)?.zh ?? entity : entity,
        among: names)
    }
    let near = Spelling.nearest(name.text, among: names)
    return fail(
      Diagnostic(
        "K2103", say("nothing here is called '\(name.text)'", "这里没有叫“\(name.text)”的名字"),
        at: name.span, fix: near.first.map { .init(span: name.span, replacement: spelled($0)) },
        suggestions: near))
  }

  /// Chinese words written without spaces: shown cut into known words.
  /// - Parameter entity: of the rows, where they are not in scope.
  func cutIntoKnown(_ name: NameSyntax, of entity: String? = nil) -> Stop? {
    guard !name.quoted, name.text.unicodeScalars.contains(where: { $0.value > 0x2E80 }) else {
      return nil
    }
    let entity = entity ?? scopes.last?.object?.type.entity
    let words = cut(name.text) { (word: String) -> Bool in
      entity.flatMap { self.index.member(word, of: $0) } != nil || self.index.entity(word) != nil
    }
    guard let words, words.count > 1 else { return nil }
    let mended = words.joined(separator: " ")
    return fail(
      Diagnostic(
        "K2105",
        say(
          "no name '\(name.text)'; words are separated by spaces", "没有名字“\(name.text)”；词与词之间要有空格"),
        at: name.span, fix: .init(span: name.span, replacement: mended), suggestions: [mended]))
  }

  /// A name as it must be written: in back-quotes if it is no plain word.
  func spelled(_ name: String) -> String {
    let plain = name.unicodeScalars.enumerated().allSatisfy { place, scalar in
      scalar == "_" || scalar.properties.isAlphabetic
        || (place > 0 && scalar.properties.numericType != nil)
    }
    return plain && !name.isEmpty ? name : "`" + name.replacingBackquotes() + "`"
  }

  func unknownValue(_ word: String, of enumeration: String, at span: SourceSpan) -> Stop {
    if quietDepth > 0 { return Stop() }
    let spec = index.catalogue.enumeration(enumeration)
    let names = (spec?.values ?? []).flatMap { [$0.code, $0.en, $0.zh] + $0.synonyms }
    let near = Spelling.nearest(word, among: names)
    let all = (spec?.values ?? []).prefix(12).map(\.code).joined(separator: ", ")
    return fail(
      Diagnostic(
        "K2107",
        say("'\(word)' is no value of \(enumeration)", "“\(word)”不是\(spec?.zh ?? enumeration)的取值"),
        at: span,
        help: near.isEmpty && !all.isEmpty ? say("it has \(all)", "取值有 \(all)") : nil,
        fix: near.first.map { .init(span: span, replacement: spelled($0)) }, suggestions: near))
  }

  func unknownStage(_ word: String, at span: SourceSpan) -> Stop {
    if quietDepth > 0 { return Stop() }
    let names = facts.funnels.flatMap { $0.stages.flatMap { [$0.code, $0.en, $0.zh] } }
    let near = Spelling.nearest(word, among: names)
    return fail(
      Diagnostic(
        "K2107", say("'\(word)' is no stage of any funnel", "没有叫“\(word)”的阶段"), at: span,
        help: near.isEmpty
          ? say("stages are ", "阶段有 ")
            + (facts.funnels.first?.stages.map(\.code).joined(separator: ", ") ?? "") : nil,
        fix: near.first.map { .init(span: span, replacement: spelled($0)) }, suggestions: near))
  }

  /// The code of a stage by code or name, in any funnel.
  func stageCode(_ word: String) -> String? {
    let folded = fold(word)
    for funnel in facts.funnels {
      if let stage = funnel.stages.first(where: { fold($0.code) == folded }) { return stage.code }
    }
    for funnel in facts.funnels {
      if let stage = funnel.stages.first(where: { fold($0.en) == folded || fold($0.zh) == folded })
      {
        return stage.code
      }
    }
    return nil
  }
}

extension String {
  func replacingBackquotes() -> String {
    var result = ""
    for character in self { result += character == "`" ? "``" : String(character) }
    return result
  }
}
