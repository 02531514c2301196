/// Words near to one that was not understood.
enum Nearest {
  /// At most three candidates, the nearest first, like ones in their given order; none that differs
  /// in more than a third of it.
  static func words(to word: String, among candidates: [String]) -> [String] {
    let wanted = Array(foldedWord(word).unicodeScalars.prefix(60))
    let limit = max(1, wanted.count / 3)
    var found: [(distance: Int, place: Int, word: String)] = []
    for (place, candidate) in candidates.enumerated() {
      let other = Array(foldedWord(candidate).unicodeScalars.prefix(60))
      guard abs(other.count - wanted.count) <= limit else { continue }
      let distance = editDistance(wanted, other)
      if distance <= limit, distance < max(wanted.count, other.count) {
        found.append((distance, place, candidate))
      }
    }
    found.sort { ($0.distance, $0.place) < ($1.distance, $1.place) }
    // Two spellings of one word are one suggestion: the first.
    var result: [String] = []
    var seen: Set<String> = []
    for one in found where result.count < 3 && seen.insert(foldedWord(one.word)).inserted {
      result.append(one.word)
    }
    return result
  }

  /// Insertions, deletions, replacements and swaps of neighbours.
  private static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in 1...left.count {
      var row = [Int](repeating: i, count: right.count + 1)
      for j in 1...right.count {
        let same = left[i - 1] == right[j - 1]
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
