import KithBase

/// A column of texts as a kernel reads it.
struct TextArgument {
  let codes: [Int32]
  let dictionary: TextDictionary

  init(_ vector: Vector) throws {
    guard case .text(let codes, let dictionary) = vector else { throw FunctionError.wrongColumn() }
    self.codes = codes
    self.dictionary = dictionary
  }

  /// Nil where empty.
  subscript(row: Int) -> String? { codes[row] == 0 ? nil : dictionary.string(codes[row]) }
}

/// Runs `body` with a row of each different first text and gives its result to all rows with that
/// text; an empty text gives `empty` without asking.
///
/// Where another argument changes from row to row, every row is asked. The memory is an array where
/// the dictionary is about as long as the batch, else a hash of the codes met, so that a batch never
/// pays for a dictionary much longer than itself.
func perText<Value>(
  _ arguments: [Vector], _ count: Int, empty: Value, _ body: (Int) throws -> Value
) throws -> [Value] {
  guard let first = arguments.first else { throw FunctionError.wrongColumn() }
  let text = try TextArgument(first)
  var results: [Value] = []
  results.reserveCapacity(count)
  guard arguments.dropFirst().allSatisfy(\.isConstant) else {
    for row in 0..<count { results.append(text.codes[row] == 0 ? empty : try body(row)) }
    return results
  }
  if text.dictionary.count <= 4 * count {
    var known = [Value?](repeating: nil, count: text.dictionary.count)
    known[0] = empty
    for row in 0..<count {
      let code = Int(text.codes[row])
      let value = try known[code] ?? body(row)
      known[code] = value
      results.append(value)
    }
  } else {
    var known: [Int32: Value] = [0: empty]
    for row in 0..<count {
      let code = text.codes[row]
      let value = try known[code] ?? body(row)
      known[code] = value
      results.append(value)
    }
  }
  return results
}

extension Vector {
  /// The same value in every row; only for the kinds functions take.
  fileprivate var isConstant: Bool {
    func same<Value: Equatable>(_ values: [Value]) -> Bool {
      guard let first = values.first else { return true }
      return values.allSatisfy { $0 == first }
    }
    return switch self {
    case .int(let values): same(values)
    case .float(let values): same(values)
    case .day(let values): same(values)
    case .bool(let values): same(values)
    case .text(let codes, _): same(codes)
    case .row(let rows): same(rows)
    case .list: false
    }
  }
}

/// A column of texts a kernel makes.
struct TextResults {
  /// A longer text is no field of a book but a mistake; it ends the query before memory does.
  static let longest = 1 << 20

  private let function: String
  private var builder = TextDictionaryBuilder()

  init(_ function: String) { self.function = function }

  /// The code of a result: 0 where it is nil or blank, as a book keeps no blank texts.
  mutating func code(_ text: String?) throws -> Int32 {
    guard let text, text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      return 0
    }
    let bytes = Array(text.utf8)
    if bytes.count > Self.longest { throw FunctionError.tooLong(function) }
    return builder.code(bytes)
  }

  consuming func vector(_ codes: [Int32]) -> Vector { .text(codes, builder.finish()) }
}

/// Text to text, by `perText`.
func mapTexts(
  _ function: String, _ arguments: [Vector], _ count: Int, _ body: (Int) throws -> String?
) throws -> Vector {
  var results = TextResults(function)
  let codes = try perText(arguments, count, empty: 0) { row in try results.code(body(row)) }
  return results.vector(codes)
}

/// Text to text, one argument.
func mapEachText(
  _ function: String, _ arguments: [Vector], _ count: Int, _ body: (String) -> String
) throws -> Vector {
  guard let first = arguments.first else { throw FunctionError.wrongColumn() }
  let text = try TextArgument(first)
  return try mapTexts(function, arguments, count) { row in text[row].map(body) }
}
