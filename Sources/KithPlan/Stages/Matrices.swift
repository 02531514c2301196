import KithBase
import KithLanguage
import KithModel

/// `matrix vpc`: customers by letter and level, and `cell V1`, which opens a cell into its customers.
extension Checker {
  /// The field with the letter and the field with the level of each matrix.
  private static let matrices = ["vpc": "vpc_level", "ndf": "ndf_level", "rad": "wallet_level"]

  /// Three letters by three levels, the level not known, and a row for those without a letter: together
  /// all the customers that came in.
  func matrix(_ name: NameSyntax, _ flow: inout Flow) throws {
    guard flow.entity == "customer",
      let letter = index.member(name.text, of: "customer")?.name,
      let level = Self.matrices[letter]
    else {
      throw fail(
        Diagnostic(
          "K2241",
          flow.entity == "customer"
            ? say("a matrix is vpc, ndf or rad", "矩阵有 vpc、ndf、rad")
            : say("a matrix counts customers", "矩阵用于客户"),
          at: name.span, suggestions: Self.matrices.keys.sorted()))
    }
    let chinese = flow.tongue == .chinese
    let levels = chinese ? ["一级", "二级", "三级"] : ["level_1", "level_2", "level_3"]
    var items = levels.enumerated().map { "\($1) = count(where \(level) = \($0 + 1))" }
    items.append("\(chinese ? "未知" : "unknown") = count(where \(level) is empty)")
    items.append("\(chinese ? "合计" : "total") = count()")
    let source = SourceText(
      name: "matrix",
      "customers | summarize \(items.joined(separator: ", ")) by \(letter) fill | sort \(letter) desc"
    )
    let statement = parse(source).program.statements.first
    guard case .pipeline(let pipeline)? = statement?.kind else { throw Stop() }
    let open = OpenMatrix(input: flow, letter: letter, level: level)
    try within(Environment(text: source)) {
      for stage in pipeline.stages {
        switch stage.kind {
        case .summarize(let items, let by): try summarize(items, by, stage.span, &flow)
        case .sort(let keys): try sort(keys, &flow)
        default: break
        }
      }
    }
    flow.matrix = open
  }

  /// `V1`, or `V` for a whole row of the matrix.
  func cell(_ name: NameSyntax, _ span: SourceSpan, _ flow: inout Flow) throws {
    guard let open = flow.matrix else {
      throw fail(
        Diagnostic(
          "K2201",
          say("'cell' opens a number of a matrix, so it follows 'matrix'", "“格”用于打开矩阵的数，须跟在“矩阵”后"),
          at: span))
    }
    let letters = name.text.prefix { !$0.isNumber }
    let digits = name.text.dropFirst(letters.count)
    let codes = index.catalogue.enumeration(open.letter)?.values.map(\.code) ?? []
    let letter = index.value(String(letters), of: open.letter)?.code
    guard let letter, digits.isEmpty || ["1", "2", "3"].contains(digits) else {
      throw fail(
        Diagnostic(
          "K2242",
          say(
            "a cell of this matrix is \(codes.joined(separator: ", ")), perhaps with a level: \(codes[0])1",
            "此矩阵的格写作 \(codes.joined(separator: "、"))，可带级别：\(codes[0])1"),
          at: name.span))
    }
    var kith = "\(open.letter) = \(open.letter).\(letter)"
    if !digits.isEmpty { kith += " and \(open.level) = \(digits)" }
    let source = SourceText(name: "cell", kith)
    let (syntax, _) = parseExpression(source)
    var next = open.input
    try within(Environment(text: source)) { try filter(syntax, &next) }
    flow = next
  }
}

/// A matrix whose numbers may still be opened.
struct OpenMatrix {
  private var boxed: [Flow]
  var input: Flow { boxed[0] }
  var letter: String
  var level: String

  init(input: Flow, letter: String, level: String) {
    boxed = [input]
    self.letter = letter
    self.level = level
  }
}
