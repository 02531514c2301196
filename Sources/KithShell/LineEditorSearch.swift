extension HistoryStore {
  /// How the newest entry goes on that begins with the text, for this book and no failure; nil
  /// where there is none or the text is empty. Only recent entries are looked at, since this runs
  /// per key.
  package func continuation(of text: String) -> String? {
    guard !text.isEmpty else { return nil }
    let prefix = Array(text.utf8)
    for entry in entries.suffix(1_000).reversed()
    where entry.outcome == .succeeded && entry.book == book {
      let bytes = entry.text.utf8
      if bytes.count > prefix.count, bytes.starts(with: prefix) {
        return String(decoding: bytes.dropFirst(prefix.count), as: UTF8.self)
      }
    }
    return nil
  }
}

/// A search through history while the pattern is typed.
///
/// First come the entries that hold every word of the pattern, then those that hold its letters in
/// order; newest first, each text once, case aside. It works on bytes, so Chinese needs nothing
/// special: a character's bytes are found as any others.
package struct HistorySearch {
  private let entries: [(entry: HistoryStore.Entry, folded: [UInt8])]

  /// What the history holds now; later entries are not seen.
  package init(_ history: HistoryStore) {
    var seen: Set<String> = []
    var unique: [(HistoryStore.Entry, [UInt8])] = []
    for entry in history.entries.reversed() where seen.insert(entry.text).inserted {
      unique.append((entry, Array(entry.text.lowercased().utf8)))
    }
    entries = unique
  }

  /// An empty pattern matches everything.
  package func matches(_ pattern: String, limit: Int) -> [HistoryStore.Entry] {
    let words = pattern.lowercased().split(separator: " ").map { Array($0.utf8) }
    let letters = words.flatMap { $0 }
    var exact: [HistoryStore.Entry] = []
    var loose: [HistoryStore.Entry] = []
    for (entry, folded) in entries {
      if words.allSatisfy({ Self.contains(folded, $0) }) {
        exact.append(entry)
        if exact.count == limit { break }
      } else if loose.count < limit, Self.holdsInOrder(folded, letters) {
        loose.append(entry)
      }
    }
    return Array((exact + loose).prefix(limit))
  }

  private static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    guard text.count >= word.count else { return false }
    for start in 0...(text.count - word.count)
    where text[start] == first && text[start..<(start + word.count)].elementsEqual(word) {
      return true
    }
    return false
  }

  /// Whole characters in order: continuation bytes of UTF-8 must follow their first byte at once.
  private static func holdsInOrder(_ text: [UInt8], _ letters: [UInt8]) -> Bool {
    var wanted = 0
    var index = 0
    while wanted < letters.count, index < text.count {
      var length = 1
      while wanted + length < letters.count, letters[wanted + length] & 0xC0 == 0x80 { length += 1 }
      let end = min(index + length, text.count)
      if text[index..<end].elementsEqual(letters[wanted..<(wanted + length)]) {
        wanted += length
        index = end
      } else {
        index += 1
      }
    }
    return wanted == letters.count
  }
}
