import KithBase

/// Writes nodes of the tree on one line.
struct Printer {
  let tongue: Tongue
  let source: SourceText?
  let translate: (String, NameContext) -> String
  /// Quotes of the f-texts around, which no text inside may use.
  var enclosing: [Quote] = []

  init(
    tongue: Tongue, source: SourceText?, translate: @escaping (String, NameContext) -> String
  ) {
    self.tongue = tongue
    self.source = source
    self.translate = translate
  }

  func keyword(_ keyword: Keyword) -> String { Vocabulary.spelling(keyword, tongue) }

  /// What stood there; for parts that could not be read.
  func asWritten(_ span: SourceSpan) -> String { source?[span] ?? "" }

  // MARK: Names

  func name(_ name: NameSyntax, _ context: NameContext) -> String {
    let text = context == .given ? name.text : translate(name.text, context)
    let isChanged = text != name.text
    let isBare =
      isChanged ? isPlainName(text) : !name.quoted && Characters.isBareName(text)
    return isBare ? text : "`" + doubled(text) + "`"
  }

  private func doubled(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      result.unicodeScalars.append(scalar)
      if scalar == "`" { result.unicodeScalars.append(scalar) }
    }
    return result
  }

  /// A name that reads as one word and as nothing of the language.
  private func isPlainName(_ text: String) -> Bool {
    let folded = Characters.lowercased(text)
    guard Characters.isBareName(text), !Vocabulary.reserved.contains(folded) else { return false }
    return lex(SourceText(text)).tokens.count == 1
  }

  func names(_ list: [NameSyntax], _ context: NameContext) -> String {
    list.map { name($0, context) }.joined(separator: ", ")
  }

  func parameter(_ parameter: ParameterSyntax) -> String {
    var result = name(parameter.name, .given)
    if let type = parameter.type { result += ": " + name(type, .type) }
    if let value = parameter.defaultValue { result += " = " + expr(value) }
    return result
  }

  // MARK: Texts

  /// A text in quotes that nothing around it uses.
  func text(_ text: String) -> String {
    let quote = freeQuote
    return quote.marks.open + escaped(text, quote) + quote.marks.close
  }

  private var freeQuote: Quote {
    Quote.allCases.first { !enclosing.contains($0) } ?? .double
  }

  private func escaped(_ text: String, _ quote: Quote, braces: Bool = false) -> String {
    let closers = ([quote] + enclosing).flatMap(\.closers)
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let number = String(scalar.value, radix: 16, uppercase: true)
        result.append(contentsOf: "\\u{\(number)}".unicodeScalars)
      case "{" where braces, "}" where braces:
        result.append(scalar)
        result.append(scalar)
      case _ where closers.contains(scalar):
        result.append("\\")
        result.append(scalar)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// A pattern stands as it is; only its own quotes get a backslash.
  private func pattern(_ pattern: String) -> String {
    let quote = freeQuote
    let closers = quote.closers + (quote == .double ? [] : ["\""])
    var result = String.UnicodeScalarView()
    var isTaken = false
    for scalar in pattern.unicodeScalars {
      if !isTaken, closers.contains(scalar) { result.append("\\") }
      isTaken = !isTaken && scalar == "\\"
      result.append(scalar)
    }
    return quote.marks.open + String(result) + quote.marks.close
  }

  private func interpolation(_ parts: [InterpolationPart]) -> String {
    for quote in Quote.allCases where !enclosing.contains(quote) {
      var inner = self
      inner.enclosing.append(quote)
      var holes = ""
      var result = "f" + quote.marks.open
      for part in parts {
        switch part {
        case .text(let text): result += escaped(text, quote, braces: true)
        case .value(let value):
          let hole = "{" + inner.expr(value) + "}"
          holes += hole
          result += hole
        }
      }
      if !containsBare(holes, quote) { return result + quote.marks.close }
    }
    return "f\"\""
  }

  /// Whether a closing quote stands in the text without a backslash before it.
  private func containsBare(_ text: String, _ quote: Quote) -> Bool {
    var isTaken = false
    for scalar in text.unicodeScalars {
      if !isTaken, quote.closers.contains(scalar) { return true }
      isTaken = !isTaken && scalar == "\\"
    }
    return false
  }

  // MARK: Expressions

  func list(_ values: [ExprSyntax]) -> String {
    values.map { expr($0) }.joined(separator: ", ")
  }

  func expr(_ node: ExprSyntax) -> String {
    switch node.kind {
    case .literal(let literal): return self.literal(literal, node.span)
    case .interpolation(let parts): return interpolation(parts)
    case .name(let name): return self.name(name, .value)
    case .parameter(let name): return "$" + name.text
    case .one(let name, let key): return one(name, key)
    case .member(let base, let name, let call):
      return expr(base) + "." + self.name(name, .member) + (call.map(arguments) ?? "")
    case .call(let name, let call): return self.name(name, .function) + arguments(call)
    case .unary(.minus, let operand): return "-" + expr(operand)
    case .unary(.not, let operand): return keyword(.not) + " " + expr(operand)
    case .list(let values): return "[" + list(values) + "]"
    case .records(let rows): return records(rows)
    case .pipeline(let inner): return "(" + pipeline(inner) + ")"
    case .group(let inner): return "(" + expr(inner) + ")"
    case .dateWord(let word): return dateWord(word)
    case .relative(let length, let ago): return relative(length, ago)
    case .choose(let branches, let otherwise): return choice(branches, otherwise)
    case .missing: return asWritten(node.span)
    default: return test(node)
    }
  }

  private func test(_ node: ExprSyntax) -> String {
    switch node.kind {
    case .binary(let op, let left, let right):
      return expr(left) + " " + operatorText(op) + " " + expr(right)
    case .chained(let a, let first, let b, let second, let c):
      return expr(a) + " " + first.rawValue + " " + expr(b) + " " + second.rawValue + " "
        + expr(c)
    case .isEmpty(let value, let negated):
      return expr(value) + " " + keyword(negated ? .isNotEmpty : .isEmpty)
    case .inSet(let value, let set, let negated):
      return expr(value) + " " + keyword(negated ? .notIn : .in) + " " + self.set(set)
    case .between(let value, let lower, let upper, let negated):
      return expr(value) + " " + not(negated) + keyword(.between) + " " + expr(lower) + " "
        + keyword(.betweenAnd) + " " + expr(upper)
    case .matches(let value, let pattern, _, let negated):
      return expr(value) + " " + not(negated) + keyword(.matches) + " " + self.pattern(pattern)
    default: return ""
    }
  }

  private func not(_ negated: Bool) -> String { negated ? keyword(.not) + " " : "" }

  private func operatorText(_ op: BinaryOperator) -> String {
    switch op {
    case .or: keyword(.or)
    case .and: keyword(.and)
    case .startsWith: keyword(.startsWith)
    case .endsWith: keyword(.endsWith)
    case .notStartsWith: keyword(.not) + " " + keyword(.startsWith)
    case .notEndsWith: keyword(.not) + " " + keyword(.endsWith)
    default: op.rawValue
    }
  }

  private func one(_ name: NameSyntax, _ key: OneKey) -> String {
    let word: String =
      switch (name.text, key) {
      case ("list", .text): keyword(.list)
      case ("read", .text): keyword(.read)
      case ("row", .id): keyword(.row)
      default: self.name(name, .object)
      }
    switch key {
    case .id(let id): return word + " \(id)"
    case .text(let text): return word + " " + self.text(text)
    }
  }

  func set(_ set: SetSyntax) -> String {
    switch set {
    case .elements(let elements):
      "(" + elements.map { pipeline($0) }.joined(separator: ", ") + ")"
    case .value(let value): expr(value)
    }
  }

  private func records(_ rows: [[RecordField]]) -> String {
    let texts = rows.map { row in
      let fields = row.map { name($0.name, .given) + ": " + expr($0.value) }
      return "{" + fields.joined(separator: ", ") + "}"
    }
    return "[" + texts.joined(separator: ", ") + "]"
  }

  private func choice(
    _ branches: [(condition: ExprSyntax, value: ExprSyntax)], _ otherwise: ExprSyntax?
  ) -> String {
    var result = keyword(.case)
    for branch in branches {
      result += " " + keyword(.when) + " " + expr(branch.condition)
      result += " " + keyword(.then) + " " + expr(branch.value)
    }
    if let otherwise { result += " " + keyword(.else) + " " + expr(otherwise) }
    return result + " " + keyword(.end)
  }

  func arguments(_ call: CallSyntax) -> String {
    var parts: [String] = []
    if call.star { parts.append("*") }
    if !call.arguments.isEmpty {
      parts.append(call.arguments.map(argument).joined(separator: ", "))
    }
    if let filter = call.filter { parts.append(keyword(.where) + " " + expr(filter)) }
    if !call.sort.isEmpty { parts.append(keyword(.sort) + " " + keys(call.sort)) }
    if let per = call.per { parts.append(self.per(per)) }
    return "(" + parts.joined(separator: " ") + ")"
  }

  private func argument(_ argument: ArgumentSyntax) -> String {
    let label = argument.label.map { name($0, .label) + ": " } ?? ""
    let direction = argument.descending.map { " " + keyword($0 ? .desc : .asc) } ?? ""
    return label + pipeline(argument.value) + direction
  }
}
