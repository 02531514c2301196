/// Texts reduced to what tells two firms, telephones or addresses apart.
package enum Likeness {
  /// An e-mail address in lower case; a telephone number's digits; else a name in search form
  /// without brackets, spaces, punctuation and the words for the legal form.
  package static func form(of text: String) -> String {
    let folded = TextFolding.search(text)
    if isEmail(folded) { return folded.filter { $0 != " " } }
    if let digits = telephone(folded) { return digits }
    return name(folded)
  }

  private static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
  }

  /// The digits, without +86 or 0086, of what holds digits and their separators only and at least
  /// six of them.
  private static func telephone(_ text: String) -> String? {
    var digits = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9": digits.unicodeScalars.append(scalar)
      case " ", "-", "(", ")", "+", ".", "/": continue
      default: return nil
      }
    }
    guard digits.count >= 6 else { return nil }
    for prefix in ["0086", "86"] where digits.hasPrefix(prefix) && digits.count > 11 {
      return String(digits.dropFirst(prefix.count))
    }
    return digits
  }

  private static func name(_ text: String) -> String {
    let words = text.split { !$0.isLetter && !$0.isNumber }
    var kept = words.filter { !westernForms.contains(String($0)) }
    if kept.isEmpty { kept = words }
    var name = kept.joined()
    var isCut = true
    while isCut {
      isCut = false
      for form in chineseForms where name.hasSuffix(form) && name != form {
        name = String(name.dropLast(form.count))
        isCut = true
      }
    }
    return name
  }

  private static let chineseForms = [
    "股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司", "总公司", "分公司", "公司", "集团",
  ]

  private static let westernForms: Set<String> = [
    "co", "ltd", "limited", "inc", "incorporated", "llc", "llp", "gmbh", "corp", "corporation",
    "company", "plc", "ag", "sa", "bv", "pte", "group", "holdings",
  ]
}
