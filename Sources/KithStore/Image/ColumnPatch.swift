import KithBase

/// What has to be read anew to bring a column from the chunks it was read from to those of now.
struct Dirty {
  /// Tokens of now whose chunk has moved or is new.
  let chunks: [ChunkToken]
  /// In order of chunks: rows to take over from the column, or the number of a chunk read anew.
  private let pieces: [Piece]

  private enum Piece {
    case old(Range<Int>)
    /// The place in `chunks`, and the rows the chunk had before.
    case new(Int, Range<Int>)
  }

  var isEmpty: Bool { chunks.isEmpty }

  /// Nil where a chunk of the column has no token any more, which no write does.
  init?(_ old: [ColumnChunk], now: [ChunkToken]) {
    var chunks: [ChunkToken] = []
    var pieces: [Piece] = []
    var place = 0
    var row = 1
    for token in now {
      guard place < old.count, old[place].token.chunk == token.chunk else {
        if place < old.count, old[place].token.chunk < token.chunk { return nil }
        pieces.append(.new(chunks.count, row..<row))
        chunks.append(token)
        continue
      }
      let range = row..<(row + old[place].rowCount)
      if old[place].token.token == token.token {
        if case .old(let before)? = pieces.last {
          pieces[pieces.count - 1] = .old(before.lowerBound..<range.upperBound)
        } else {
          pieces.append(.old(range))
        }
      } else {
        pieces.append(.new(chunks.count, range))
        chunks.append(token)
      }
      row = range.upperBound
      place += 1
    }
    if place < old.count { return nil }
    self.chunks = chunks
    self.pieces = pieces
  }

  func contains(_ chunk: Int64) -> Bool {
    var low = 0
    var high = chunks.count
    while low < high {
      let middle = (low + high) / 2
      if chunks[middle].chunk < chunk { low = middle + 1 } else { high = middle }
    }
    return low < chunks.count && chunks[low].chunk == chunk
  }

  /// The column of now.
  ///
  /// - Parameter fresh: for each of `chunks` its rows, after nobody's value. Keys are ids.
  /// - Returns: nil for vectors that do not fit together, and for lists.
  func patched(_ old: Vector, with fresh: [Vector]) -> Vector? {
    guard fresh.count == chunks.count else { return nil }
    switch old {
    case .int(let values):
      return spliced(values, fresh) { if case .int(let new) = $0 { new } else { nil } }
        .map { .int($0) }
    case .float(let values):
      return spliced(values, fresh) { if case .float(let new) = $0 { new } else { nil } }
        .map { .float($0) }
    case .day(let values):
      return spliced(values, fresh) { if case .day(let new) = $0 { new } else { nil } }
        .map { .day($0) }
    case .bool(let values):
      return spliced(values, fresh) { if case .bool(let new) = $0 { new } else { nil } }
        .map { .bool($0) }
    case .row(let values):
      return spliced(values, fresh) { $0.withSmallIDs(if: true).smallIDs }.map { .row($0) }
    case .text(let codes, let dictionary):
      var merge = DictionaryMerge(dictionary)
      var merged: [Vector] = []
      for (piece, vector) in zip(newPieces, fresh) {
        guard case .text(let codes2, let dictionary2) = vector else { return nil }
        merged.append(.row(merge.codes(codes2, dictionary2, nearby: codes[piece])))
      }
      return spliced(codes, merged) { if case .row(let new) = $0 { new } else { nil } }
        .map { .text($0, merge.finish()) }
    case .list: return nil
    }
  }

  private var newPieces: [Range<Int>] {
    pieces.compactMap { if case .new(_, let range) = $0 { range } else { nil } }
  }

  private func spliced<Value>(
    _ old: [Value], _ fresh: [Vector], _ values: (Vector) -> [Value]?
  ) -> [Value]? {
    var result: [Value] = []
    result.reserveCapacity(old.count + fresh.count * 2048)
    result.append(old[0])
    for piece in pieces {
      switch piece {
      case .old(let range): result.append(contentsOf: old[range])
      case .new(let place, _):
        guard let new = values(fresh[place]) else { return nil }
        result.append(contentsOf: new.dropFirst())
      }
    }
    return result
  }
}

/// Adds values to a dictionary while its codes stay the same.
private struct DictionaryMerge {
  private let old: TextDictionary
  private var bytes: [UInt8]
  private var offsets: [Int]
  /// Made once there are many values to look for: it hashes every value there is.
  private var builder: TextDictionaryBuilder?
  private var searches = 0
  /// Values met so far, found or added. Bytes, since texts that look alike are different values.
  private var known: [[UInt8]: Int32] = [:]

  init(_ dictionary: TextDictionary) {
    old = dictionary
    bytes = dictionary.bytes
    offsets = dictionary.offsets
  }

  /// - Parameter nearby: codes the rows had before; most of them have them still.
  mutating func codes(
    _ codes: [Int32], _ dictionary: TextDictionary, nearby: ArraySlice<Int32>
  ) -> [Int32] {
    for code in nearby where code != 0 { known[old.value(code)] = code }
    var translated = [Int32](repeating: 0, count: dictionary.count)
    for code in Set(codes) where code != 0 {
      translated[Int(code)] = self.code(dictionary.value(code))
    }
    return codes.map { translated[Int($0)] }
  }

  private mutating func code(_ value: [UInt8]) -> Int32 {
    if let code = known[value] { return code }
    let code: Int32
    searches += 1
    if var builder {
      self.builder = nil
      code = builder.code(value)
      self.builder = builder
    } else if searches > 16 {
      var builder = TextDictionaryBuilder(TextDictionary(bytes: bytes, offsets: offsets))
      code = builder.code(value)
      self.builder = builder
    } else if let found = place(of: value) {
      code = found
    } else {
      bytes += value
      offsets.append(bytes.count)
      code = Int32(offsets.count - 2)
    }
    known[value] = code
    return code
  }

  /// One look at every value of the same length.
  private func place(of value: [UInt8]) -> Int32? {
    offsets.withUnsafeBufferPointer { offsets in
      bytes.withUnsafeBufferPointer { bytes in
        for code in 1..<max(1, offsets.count - 1)
        where offsets[code + 1] - offsets[code] == value.count
          && bytes[offsets[code]..<offsets[code + 1]].elementsEqual(value)
        {
          return Int32(code)
        }
        return nil
      }
    }
  }

  func finish() -> TextDictionary {
    builder?.finish()
      ?? (offsets.count == old.offsets.count
        ? old : TextDictionary(bytes: bytes, offsets: offsets))
  }
}

extension TextDictionary {
  fileprivate func value(_ code: Int32) -> [UInt8] {
    Array(bytes[offsets[Int(code)]..<offsets[Int(code) + 1]])
  }
}

extension Vector {
  /// Keys as 32-bit ids where all of them are positive and small enough; 0 is nobody.
  func withSmallIDs(if isKey: Bool) -> Vector {
    guard isKey, case .int(let ids) = self,
      ids.allSatisfy({ ($0 > 0 && $0 <= Int64(Int32.max)) || $0 == Vector.emptyInt })
    else { return self }
    return .row(ids.map { $0 == Vector.emptyInt ? 0 : Int32(truncatingIfNeeded: $0) })
  }

  /// The values of a column of small ids, nil for any other.
  var smallIDs: [Int32]? { if case .row(let ids) = self { ids } else { nil } }

  /// Row numbers of a column of ids, small or not; an id the target lacks is nobody.
  func rows(_ map: IDMap) -> [Int32] {
    switch self {
    case .row(let ids):
      if map.isIdentity, ids.allSatisfy({ Int($0) <= map.count }) { return ids }
      return ids.map { $0 == 0 ? 0 : map.row(Int64($0)) }
    case .int(let ids): return ids.map { $0 == Vector.emptyInt ? 0 : map.row($0) }
    default: return []
    }
  }
}
