/// Chinese text in Latin letters, so that names can be found and sorted as they sound.
///
/// One reading for each character, words of `PinyinPhrases` first, the longest that fits; no tones,
/// no spaces, ü as `v`. Letters of other scripts stay, Latin ones in lower case and half width.
struct Pinyin: Sendable {
  /// Decoded on first use: 42 KB.
  static let shared = Pinyin()

  private struct Phrase: Sendable {
    var word: [UInt32]
    var syllables: [String]
  }

  private let syllables: [String]
  /// Per character from `PinyinTable.first` on, the number of its syllable.
  private let readings: [UInt16]
  /// By first character, longest first.
  private let phrases: [UInt32: [Phrase]]

  private init() {
    syllables = PinyinTable.syllables.split(separator: " ").map(String.init)
    readings = Self.decodedReadings()
    phrases = Self.decodedPhrases()
  }

  /// `王芳` is `wangfang`.
  func spelled(_ text: String) -> String {
    read(text, syllable: { $0[...] }, other: { $0.folded })
  }

  /// `王芳` is `wf`; of other scripts only letters and digits stay.
  func initials(_ text: String) -> String {
    read(text, syllable: { $0.prefix(1) }, other: { $0.isLetterOrDigit ? $0.folded : "" })
  }

  private func read(
    _ text: String, syllable: (String) -> Substring, other: (Unicode.Scalar) -> String
  ) -> String {
    let scalars = text.unicodeScalars.map(\.value)
    var result = ""
    var place = 0
    while place < scalars.count {
      if let phrase = phrase(scalars, at: place) {
        for part in phrase.syllables { result += syllable(part) }
        place += phrase.word.count
        continue
      }
      if let part = reading(scalars[place]) {
        result += syllable(part)
      } else if let scalar = Unicode.Scalar(scalars[place]) {
        result += other(scalar)
      }
      place += 1
    }
    return result
  }

  private func phrase(_ scalars: [UInt32], at place: Int) -> Phrase? {
    phrases[scalars[place]]?.first { phrase in
      place + phrase.word.count <= scalars.count
        && phrase.word.elementsEqual(scalars[place..<place + phrase.word.count])
    }
  }

  private func reading(_ scalar: UInt32) -> String? {
    if scalar == 0x3007 { return "ling" }
    guard scalar >= PinyinTable.first, scalar < PinyinTable.first + UInt32(readings.count) else {
      return nil
    }
    let syllable = syllables[Int(readings[Int(scalar - PinyinTable.first)])]
    return syllable == "-" ? nil : syllable
  }

  private static func decodedReadings() -> [UInt16] {
    let alphabet = Array(PinyinTable.alphabet.utf8)
    var digits = [UInt16](repeating: 0, count: 128)
    for (digit, byte) in alphabet.enumerated() { digits[Int(byte)] = UInt16(digit) }
    let singles = UInt16(alphabet.count - PinyinTable.leadCount)
    var readings: [UInt16] = []
    readings.reserveCapacity(20_902)
    var lead: UInt16?
    for byte in PinyinTable.codes.utf8 {
      let digit = digits[Int(byte)]
      if let first = lead {
        readings.append(singles + (first - singles) * UInt16(alphabet.count) + digit)
        lead = nil
      } else if digit >= singles {
        lead = digit
      } else {
        readings.append(digit)
      }
    }
    return readings
  }

  private static func decodedPhrases() -> [UInt32: [Phrase]] {
    var phrases: [UInt32: [Phrase]] = [:]
    for entry in PinyinPhrases.text.split(separator: ",") {
      let parts = entry.split(separator: " ")
      guard let word = parts.first, let first = word.unicodeScalars.first else { continue }
      phrases[first.value, default: []].append(
        Phrase(
          word: word.unicodeScalars.map(\.value), syllables: parts.dropFirst().map(String.init)))
    }
    return phrases.mapValues { $0.sorted { $0.word.count > $1.word.count } }
  }
}

extension Unicode.Scalar {
  /// Half width and lower case, as names are compared; a text, as lower case may be two scalars.
  fileprivate var folded: String { narrow.properties.lowercaseMapping }

  fileprivate var isLetterOrDigit: Bool {
    properties.isAlphabetic || properties.numericType != nil
  }

  /// The ASCII twin of a full-width character (U+FF01–U+FF5E, U+3000), else itself.
  var narrow: Unicode.Scalar {
    switch value {
    case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0) ?? self
    case 0x3000: " "
    default: self
    }
  }
}
