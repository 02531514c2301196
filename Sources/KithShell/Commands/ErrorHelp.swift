package import KithBase

/// An error code with what it means and a pair of texts, wrong and right: a row each.
///
/// Codes that only name a file or the book carry their whole meaning in the message.
package struct ErrorHelp: Sendable {
  /// The same in both tongues.
  package struct Texts: Sendable {
    package let english: String
    package let chinese: String

    package subscript(tongue: Tongue) -> String { tongue == .english ? english : chinese }
  }

  /// `K2104`.
  package let code: String
  /// The rule, one phrase.
  package let meaning: Texts
  /// A text that gives the code; nil where it takes more than a text, such as Ctrl-C.
  package let bad: Texts?
  /// The text mended: it checks. Nil with `bad`.
  package let good: Texts?
  /// What else to type, where there is no text to mend.
  package let remark: String?

  init(
    _ code: String, _ english: String, _ chinese: String, bad: String, _ badChinese: String,
    good: String, _ goodChinese: String
  ) {
    self.code = code
    meaning = Texts(english: english, chinese: chinese)
    self.bad = Texts(english: bad, chinese: badChinese)
    self.good = Texts(english: good, chinese: goodChinese)
    remark = nil
  }

  init(_ code: String, _ english: String, _ chinese: String, remark: String) {
    self.code = code
    meaning = Texts(english: english, chinese: chinese)
    bad = nil
    good = nil
    self.remark = remark
  }

  /// What `kith help CODE` prints; ends with a line end.
  package func text(_ tongue: Tongue) -> String {
    var text = "\(code): \(meaning[tongue])\n"
    if let remark { text += "\n  \(remark)\n" }
    guard let bad, let good else { return text }
    let words = tongue == .english ? ("wrong", "right") : ("错", "对")
    return text + Self.block(words.0, bad[tongue]) + Self.block(words.1, good[tongue])
  }

  private static func block(_ word: String, _ text: String) -> String {
    let lines = text.split(separator: "\n")
    return "\n  \(word):\n" + lines.map { "    \($0)\n" }.joined()
  }

  /// What the first digit of a code says, for codes whose message is the whole explanation; nil for a
  /// word that is no code.
  package static func family(of word: String, _ tongue: Tongue) -> String? {
    let digits = word.dropFirst()
    guard word.first == "K" || word.first == "k", digits.count == 4, digits.allSatisfy(\.isNumber),
      let first = digits.first, let meaning = families[first]
    else { return nil }
    let rest =
      tongue == .english ? "The message itself states the rule that was broken." : "消息本身说明了规则。"
    return "K\(digits): \(meaning[tongue])\n\(rest)\n"
  }

  /// The row of a code in any case; nil where there is none.
  package static func find(_ word: String) -> ErrorHelp? {
    all.first { $0.code.lowercased() == word.lowercased() }
  }

  private static let families: [Character: Texts] = [
    "1": Texts(english: "the text does not read as Kith", chinese: "文本不合语法"),
    "2": Texts(english: "a name, type or rule of the query is wrong", chinese: "查询的名字、类型或规则有误"),
    "3": Texts(
      english: "a definition of the model is wrong, or not part of this version",
      chinese: "模型的定义有误，或本版本尚无此功能"),
    "4": Texts(english: "the data went wrong while running", chinese: "运行时数据出错"),
    "5": Texts(
      english: "a limit was reached, or the run was stopped", chinese: "达到限额，或运行被中止"),
    "6": Texts(english: "the book cannot be opened, read or written", chinese: "账本无法打开、读取或写入"),
    "7": Texts(english: "a file outside cannot be read or written", chinese: "外部文件无法读取或写入"),
    "9": Texts(english: "a fault of the program; please report the query", chinese: "程序的错误，请报告该查询"),
  ]

  /// In the order of the codes' families.
  package static let all: [ErrorHelp] =
    ErrorExamplesText.all + ErrorExamplesNames.all + ErrorExamplesStages.all + withoutText

  private static let withoutText: [ErrorHelp] = [
    ErrorHelp(
      "K5001", "the query was interrupted; the session goes on", "查询被中止，会话继续",
      remark: "Ctrl-C"),
    ErrorHelp(
      "K5002", "the query took longer than its limit", "查询超过时限",
      remark: "kith -c … --timeout 2000"),
    ErrorHelp(
      "K7013", "scripts write only into the folders they were given", "脚本只能写入给定的目录",
      remark: "kith run f.kith --folder lists"),
  ]
}
