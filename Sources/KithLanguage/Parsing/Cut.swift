import KithBase

/// Cuts a run of Chinese words written without spaces into known ones: `按城市汇总` gives 按, 城市,
/// 汇总. Words of the language and number phrases are known; `known` tells the names. Of several
/// ways the one with the fewest pieces is taken, of those the one with the longest first piece. Nil
/// where it cannot be cut into at least two, or is longer than 64 characters.
package func cut(_ word: String, known: (String) -> Bool) -> [String]? {
  let characters = Array(word)
  let count = characters.count
  guard count >= 2, count <= 64 else { return nil }
  // Fewest pieces from each place to the end, and where the first of them ends.
  var fewest = [Int?](repeating: nil, count: count + 1)
  var ends = [Int](repeating: 0, count: count + 1)
  fewest[count] = 0
  for start in stride(from: count - 1, through: 0, by: -1) {
    for end in stride(from: count, to: start, by: -1) where !(start == 0 && end == count) {
      guard let rest = fewest[end], rest + 1 < fewest[start] ?? Int.max else { continue }
      // A number is never cut in two.
      if end < count, isDigit(characters[end - 1]), isDigit(characters[end]) { continue }
      let piece = String(characters[start..<end])
      guard isPiece(piece) || known(piece) else { continue }
      fewest[start] = rest + 1
      ends[start] = end
    }
  }
  guard fewest[0] != nil else { return nil }
  var result: [String] = []
  var start = 0
  while start < count {
    result.append(String(characters[start..<ends[start]]))
    start = ends[start]
  }
  return result
}

private func isDigit(_ character: Character) -> Bool {
  character.unicodeScalars.first.map { Characters.isDigit($0.value) } ?? false
}

/// A word of the language, a number or a number phrase.
private func isPiece(_ piece: String) -> Bool {
  let folded = Characters.lowercased(piece)
  let isKeyword = Vocabulary.phrases[folded]?.contains { $0.words.count == 1 } ?? false
  if isKeyword || Vocabulary.dateWords[folded] != nil { return true }
  let lexed = lex(SourceText(piece))
  guard lexed.diagnostics.isEmpty, let first = lexed.tokens.first else { return false }
  if case .word = first.kind { return lexed.tokens.count > 1 }
  if case .literal = first.kind { return true }
  return false
}
