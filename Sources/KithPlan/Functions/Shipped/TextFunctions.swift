import KithBase

extension FunctionSpec {
  /// Functions of a whole text. A character is what a reader takes for one; a result without any
  /// visible character is empty.
  static let textFunctions: [FunctionSpec] = [
    FunctionSpec(
      "length", zh: "长度", signature: "length(text)", summary: "The number of characters",
      examples: [("length(\"王芳\")", "2"), ("length(\"kith\")", "4")], takes: [.text], gives: .int,
      kernel: { arguments, count, _ in
        let text = try TextArgument(arguments[0])
        return .int(
          try perText(arguments, count, empty: Vector.emptyInt) { row in
            text[row].map { Int64($0.count) } ?? Vector.emptyInt
          })
      }),
    FunctionSpec(
      "lower", zh: "小写", signature: "lower(text)", summary: "In lower case",
      examples: [("lower(\"KITH\")", "kith")], takes: [.text], gives: .text,
      kernel: { arguments, count, _ in
        try mapEachText("lower", arguments, count) { $0.lowercased() }
      }),
    FunctionSpec(
      "upper", zh: "大写", signature: "upper(text)", summary: "In upper case",
      examples: [("upper(\"kith\")", "KITH")], takes: [.text], gives: .text,
      kernel: { arguments, count, _ in
        try mapEachText("upper", arguments, count) { $0.uppercased() }
      }),
    FunctionSpec(
      "trim", zh: "去空白", signature: "trim(text)",
      summary: "Without spaces at either end, full-width ones too",
      examples: [("trim(\"  kith \")", "kith")], takes: [.text], gives: .text,
      kernel: { arguments, count, _ in
        try mapEachText("trim", arguments, count) { trimmed($0) }
      }),
    FunctionSpec(
      "narrow", zh: "半角", signature: "narrow(text)",
      summary: "Full-width letters, digits and signs as their ASCII twins",
      examples: [("narrow(\"ＡＢ１２\")", "AB12")], takes: [.text], gives: .text,
      kernel: { arguments, count, _ in
        try mapEachText("narrow", arguments, count) { narrowed($0) }
      }),
    FunctionSpec(
      "digits", zh: "取数字", signature: "digits(text)",
      summary: "Its digits alone, such as those of a phone number",
      examples: [("digits(\"(0755) 8888-1234\")", "075588881234")], takes: [.text], gives: .text,
      kernel: { arguments, count, _ in
        try mapEachText("digits", arguments, count) { text in
          narrowed(text).filter { $0.isASCII && $0.isNumber }
        }
      }),
    FunctionSpec(
      "concat", zh: "拼接", signature: "concat(text, text, …)",
      summary: "One text after another; an empty one adds nothing, where + would give empty",
      examples: [("concat(\"王\", \"芳\")", "王芳"), ("concat(\"V\", \"-\", \"1\")", "V-1")],
      takes: [.text, .text], repeating: true, gives: .text, kernel: concatKernel),
    FunctionSpec(
      "pad_left", zh: "左补", signature: "pad_left(text, width, fill)",
      summary: "Filled up on the left to so many characters (at most 1000); a longer text stays",
      examples: [
        ("pad_left(\"42\", 5, \"0\")", "00042"), ("pad_left(\"12345\", 3, \"0\")", "12345"),
      ],
      takes: [.text, .whole, .text], gives: .text, kernel: padLeftKernel),
  ]

  @Sendable private static func concatKernel(
    _ arguments: [Vector], _ count: Int, _ context: FunctionContext
  ) throws -> Vector {
    let texts = try arguments.map(TextArgument.init)
    var results = TextResults("concat")
    var codes = [Int32](repeating: 0, count: count)
    for row in 0..<count {
      codes[row] = try results.code(texts.reduce("") { $0 + ($1[row] ?? "") })
    }
    return results.vector(codes)
  }

  @Sendable private static func padLeftKernel(
    _ arguments: [Vector], _ count: Int, _ context: FunctionContext
  ) throws -> Vector {
    let text = try TextArgument(arguments[0])
    let widths = try arguments[1].integers()
    let fill = try TextArgument(arguments[2])
    return try mapTexts("pad_left", arguments, count) { row in
      guard let value = text[row], widths[row] != Vector.emptyInt, let filler = fill[row] else {
        return nil
      }
      guard widths[row] <= 1000 else {
        throw FunctionError.outOfRange("pad_left", "width is at most 1000")
      }
      let missing = Int(widths[row]) - value.count
      if missing <= 0 { return value }
      let times = missing / filler.count + 1
      return String(String(repeating: filler, count: times).prefix(missing)) + value
    }
  }
}

/// Without white space at either end.
func trimmed(_ text: String) -> String {
  var rest = text[...]
  while rest.first?.isWhitespace == true { rest.removeFirst() }
  while rest.last?.isWhitespace == true { rest.removeLast() }
  return String(rest)
}

/// Full-width ASCII twins folded.
func narrowed(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { result.append(scalar.narrow) }
  return String(result)
}
