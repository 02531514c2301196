import KithBase

extension Vocabulary {
  /// At most three verbs that are spelled like `name`, the nearest first.
  static func nearVerbs(to name: String) -> [String] {
    let folded = Characters.lowercased(name)
    var found: [(word: String, distance: Int)] = []
    guard folded.unicodeScalars.count <= 40 else { return [] }
    for keyword in Keyword.verbs {
      for spelling in spellings(keyword, .english) + spellings(keyword, .chinese) {
        let limit = max(1, spelling.unicodeScalars.count / 3)
        let distance = distance(folded, spelling)
        if distance <= limit { found.append((spelling, distance)) }
      }
    }
    let sorted = found.sorted {
      $0.distance == $1.distance ? $0.word < $1.word : $0.distance < $1.distance
    }
    return sorted.prefix(3).map(\.word)
  }

  /// Insertions, removals, changes and swaps of neighbours that turn one word into the other
  /// (optimal string alignment).
  static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.unicodeScalars)
    let b = Array(right.unicodeScalars)
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1]
      for j in 0..<b.count {
        let change = previous[j] + (a[i] == b[j] ? 0 : 1)
        var best = min(change, previous[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, before[j - 1] + 1)
        }
        current.append(best)
      }
      before = previous
      previous = current
    }
    return previous[b.count]
  }
}
