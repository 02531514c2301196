/// Finds the names a misspelt one was perhaps meant to be.
package enum Spelling {
  /// At most three candidates, nearest first: by prefix, by containing, by edit distance (at most a
  /// third of the letters, at least one, and never all of them). ASCII case does not count, and of
  /// names that differ by it alone the first is given.
  package static func nearest(
    _ word: String, among candidates: some Sequence<String>, limit: Int = 3
  ) -> [String] {
    let target = Array(word.lowercased())
    guard !target.isEmpty, target.count <= 60 else { return [] }
    var best: [(score: Int, name: String)] = []
    var seen: Set<String> = []
    for candidate in candidates where !candidate.isEmpty {
      let folded = candidate.lowercased()
      guard let score = score(target, Array(folded)), seen.insert(folded).inserted else {
        continue
      }
      best.append((score, candidate))
    }
    best.sort { ($0.score, $0.name.count, $0.name) < ($1.score, $1.name.count, $1.name) }
    return best.prefix(limit).map(\.name)
  }

  /// 0 is the same; nil is too far.
  private static func score(_ a: [Character], _ b: [Character]) -> Int? {
    if a == b { return 0 }
    let allowed = max(1, max(a.count, b.count) / 3)
    var result: Int?
    if abs(a.count - b.count) <= allowed {
      let distance = distance(a, b)
      // A word of one letter is one step from every other; that says nothing.
      if distance <= allowed, distance < max(a.count, b.count) { result = distance * 2 }
    }
    if a.count >= 2, b.starts(with: a) { result = min(result ?? 5, 5) }
    if a.count >= 2, b.count >= 2, a.starts(with: b) { result = min(result ?? 6, 6) }
    return result
  }

  /// Optimal string alignment: insertions, deletions, substitutions, neighbouring swaps.
  package static func distance(_ a: [Character], _ b: [Character]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var current = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          current[j] = min(current[j], before[j - 2] + 1)
        }
      }
      before = previous
      previous = current
    }
    return previous[b.count]
  }
}
