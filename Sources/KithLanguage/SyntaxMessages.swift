package import KithBase

/// Everything the lexer and the parser can say, in both tongues.
package enum SyntaxMessage: Sendable, Equatable {
  // Characters and tokens.
  case notUTF8
  case strayCharacter(String)
  case textNotClosed(String)
  case nameNotClosed
  case nameTooLong(Int)
  case emptyName
  case unknownEscape(String)
  case badUnicodeEscape
  case notANumber(String)
  case ambiguousMinutes(String)
  case leadingZero
  case monthNeedsTwoDigits(String)
  case noSuchDate(String)
  case durationNotWhole
  case numberTooLarge
  case holeNotClosed
  case emptyHole
  case strayBrace
  case parameterWithoutName
  case zeroCharacter
  // Grammar.
  case expected(String, String, found: Found)
  case bracketNotClosed(String)
  case bracketNotOpened(String)
  case reservedName(String)
  case unexpected(found: Found)
  case verbNeedsPipe(String)
  case unknownVerb(String)
  case comparisonChain
  case coalesceMixed
  case bareDurationInSet
  case objectAsCondition(String)
  case twice(String)
  case unitNotAllowed(String)
  case stageAfterSink(String)
  case isNeedsEmpty
  case tooDeep(Int)
  case tooLong(Int)
  case nearNeedsUnit
  case mixedRecords

  /// What stood where something else was expected.
  package enum Found: Sendable, Equatable {
    case end
    case lineEnd
    case token(String)

    var english: String {
      switch self {
      case .end: "the end of the text"
      case .lineEnd: "the end of the line"
      case .token(let text): "'\(text)'"
      }
    }

    var chinese: String {
      switch self {
      case .end: "文本结束"
      case .lineEnd: "行尾"
      case .token(let text): "“\(text)”"
      }
    }
  }

  /// K1001 to K1020 are the lexer's, K1101 onwards the parser's.
  package var code: String {
    switch self {
    case .notUTF8: "K1001"
    case .strayCharacter: "K1002"
    case .textNotClosed: "K1003"
    case .nameNotClosed: "K1004"
    case .nameTooLong: "K1005"
    case .emptyName: "K1006"
    case .unknownEscape: "K1007"
    case .badUnicodeEscape: "K1008"
    case .notANumber: "K1009"
    case .ambiguousMinutes: "K1010"
    case .leadingZero: "K1011"
    case .monthNeedsTwoDigits: "K1012"
    case .noSuchDate: "K1013"
    case .durationNotWhole: "K1014"
    case .numberTooLarge: "K1015"
    case .holeNotClosed: "K1016"
    case .emptyHole: "K1017"
    case .strayBrace: "K1018"
    case .parameterWithoutName: "K1019"
    case .zeroCharacter: "K1020"
    case .expected: "K1101"
    case .bracketNotClosed: "K1102"
    case .bracketNotOpened: "K1103"
    case .reservedName: "K1104"
    case .unexpected: "K1105"
    case .verbNeedsPipe: "K1106"
    case .unknownVerb: "K1107"
    case .comparisonChain: "K1108"
    case .coalesceMixed: "K1109"
    case .bareDurationInSet: "K1110"
    case .objectAsCondition: "K1111"
    case .twice: "K1112"
    case .unitNotAllowed: "K1113"
    case .stageAfterSink: "K1114"
    case .isNeedsEmpty: "K1115"
    case .tooDeep: "K1116"
    case .tooLong: "K1117"
    case .nearNeedsUnit: "K1118"
    case .mixedRecords: "K1119"
    }
  }

  /// One phrase without a full stop.
  package func text(_ tongue: Tongue) -> String {
    tongue == .english ? english : chinese
  }

  private var english: String {
    switch self {
    case .notUTF8: "these bytes are not UTF-8"
    case .strayCharacter(let text): "\(text) has no meaning outside a text"
    case .textNotClosed(let mark): "a text must be closed with \(mark) on its line"
    case .nameNotClosed: "a back-quoted name must be closed on its line"
    case .nameTooLong(let limit): "a name may have at most \(limit) bytes"
    case .emptyName: "a back-quoted name must not be empty"
    case .unknownEscape(let text): "no escape '\(text)'"
    case .badUnicodeEscape: "a character number is written \\u{4E2D}"
    case .notANumber(let text): "'\(text)' is no number, date or duration"
    case .ambiguousMinutes(let text): "'\(text)' may be millions, months or minutes"
    case .leadingZero: "a number must not begin with 0"
    case .monthNeedsTwoDigits(let text): "'\(text)' is neither a month nor a subtraction"
    case .noSuchDate(let text): "no date '\(text)' in the calendar"
    case .durationNotWhole: "a duration counts whole units"
    case .numberTooLarge: "the number is too large"
    case .holeNotClosed: "an expression in an f-text must be closed with }"
    case .emptyHole: "an f-text needs an expression between { and }"
    case .strayBrace: "a } in an f-text is written }}"
    case .parameterWithoutName: "$ stands before the name of a parameter"
    case .zeroCharacter: "a text must not hold the character 0"
    case .expected(let what, _, let found): "expected \(what), found \(found.english)"
    case .bracketNotClosed(let mark): "'\(mark)' is not closed"
    case .bracketNotOpened(let mark): "'\(mark)' closes nothing"
    case .reservedName(let word): "'\(word)' is a word of the language, not a name"
    case .unexpected(let found): "\(found.english) cannot stand here"
    case .verbNeedsPipe(let verb): "'\(verb)' follows a |"
    case .unknownVerb(let name): "no verb '\(name)'"
    case .comparisonChain: "two comparisons stand together only as a < b <= c or a > b >= c"
    case .coalesceMixed: "?? beside + - * / % needs brackets"
    case .bareDurationInSet: "a duration is no period"
    case .objectAsCondition(let name): "'\(name)' and a value need a comparison between them"
    case .twice(let word): "'\(word)' may stand only once"
    case .unitNotAllowed(let unit): "'\(unit)' is no calendar unit"
    case .stageAfterSink(let verb): "'\(verb)' ends a pipeline"
    case .isNeedsEmpty: "'is' asks only for empty"
    case .tooDeep(let limit): "brackets and blocks may be nested \(limit) deep"
    case .tooLong(let limit): "an expression may have \(limit) operators in a row"
    case .nearNeedsUnit: "a count of days, weeks or months needs its unit"
    case .mixedRecords: "a list holds either values or {name: value} rows"
    }
  }

  private var chinese: String {
    switch self {
    case .notUTF8: "这些字节不是 UTF-8"
    case .strayCharacter(let text): "\(text) 只能出现在文本里"
    case .textNotClosed(let mark): "文本须在同一行以 \(mark) 结束"
    case .nameNotClosed: "反引号名称须在同一行结束"
    case .nameTooLong(let limit): "名称最多 \(limit) 字节"
    case .emptyName: "反引号名称不能为空"
    case .unknownEscape(let text): "没有转义“\(text)”"
    case .badUnicodeEscape: "字符编号写作 \\u{4E2D}"
    case .notANumber(let text): "“\(text)”不是数、日期或时长"
    case .ambiguousMinutes(let text): "“\(text)”可指百万、月或分钟"
    case .leadingZero: "数不能以 0 开头"
    case .monthNeedsTwoDigits(let text): "“\(text)”既不是月份也不是减法"
    case .noSuchDate(let text): "日历上没有“\(text)”"
    case .durationNotWhole: "时长须为整数"
    case .numberTooLarge: "数值过大"
    case .holeNotClosed: "f 文本中的表达式须以 } 结束"
    case .emptyHole: "f 文本的 { 与 } 之间须有表达式"
    case .strayBrace: "f 文本中的 } 写作 }}"
    case .parameterWithoutName: "$ 后须为参数名"
    case .zeroCharacter: "文本中不能有编号为 0 的字符"
    case .expected(_, let what, let found): "此处应为\(what)，却是\(found.chinese)"
    case .bracketNotClosed(let mark): "“\(mark)”没有闭合"
    case .bracketNotOpened(let mark): "“\(mark)”没有对应的开括号"
    case .reservedName(let word): "“\(word)”是语言的词，不能作名称"
    case .unexpected(let found): "\(found.chinese)不能在此处"
    case .verbNeedsPipe(let verb): "“\(verb)”须在 | 之后"
    case .unknownVerb(let name): "没有动词“\(name)”"
    case .comparisonChain: "两个比较只能连写为 a < b <= c 或 a > b >= c"
    case .coalesceMixed: "?? 与 + - * / % 同用时须加括号"
    case .bareDurationInSet: "时长不是时段"
    case .objectAsCondition(let name): "“\(name)”与值之间须有比较"
    case .twice(let word): "“\(word)”只能出现一次"
    case .unitNotAllowed(let unit): "“\(unit)”不是日历单位"
    case .stageAfterSink(let verb): "“\(verb)”之后不能再有步骤"
    case .isNeedsEmpty: "is 之后只能是 empty"
    case .tooDeep(let limit): "括号与块最多嵌套 \(limit) 层"
    case .tooLong(let limit): "一个表达式最多连用 \(limit) 个运算符"
    case .nearNeedsUnit: "天数、周数或月数须带单位"
    case .mixedRecords: "列表里要么都是值，要么都是 {名称: 值} 行"
    }
  }

  /// The diagnostic with this message's code.
  func diagnostic(
    _ tongue: Tongue, at span: SourceSpan, in source: SourceText? = nil, label: String? = nil,
    help: String? = nil, fix: Diagnostic.Fix? = nil, suggestions: [String] = []
  ) -> Diagnostic {
    Diagnostic(
      code, text(tongue), at: span, label: label, help: help, fix: fix, suggestions: suggestions,
      source: source)
  }
}
