import KithBase

extension FunctionSpec {
  /// Functions that take a part of a text, or change a part. Places count from 1.
  static let textPartFunctions: [FunctionSpec] = [
    FunctionSpec(
      "left", zh: "左取", signature: "left(text, count)", summary: "Its first characters",
      examples: [("left(\"深圳市南山区\", 2)", "深圳")], takes: [.text, .whole], gives: .text,
      kernel: { arguments, count, _ in
        try cut("left", arguments, count) { text, size in text.prefix(size) }
      }),
    FunctionSpec(
      "right", zh: "右取", signature: "right(text, count)", summary: "Its last characters",
      examples: [("right(\"13800001234\", 4)", "1234")], takes: [.text, .whole], gives: .text,
      kernel: { arguments, count, _ in
        try cut("right", arguments, count) { text, size in text.suffix(size) }
      }),
    FunctionSpec(
      "substring", zh: "截取", signature: "substring(text, start, count)",
      summary: "Characters from a place on, counted from 1; without a count up to the end",
      examples: [
        ("substring(\"kith book\", 6)", "book"), ("substring(\"2026-11\", 1, 4)", "2026"),
      ],
      takes: [.text, .whole, .whole], optional: 1, gives: .text, kernel: substringKernel),
    FunctionSpec(
      "replace", zh: "替换", signature: "replace(text, old, new)",
      summary: "Every old part as the new one; without a new one the old parts go",
      examples: [
        ("replace(\"a-b-c\", \"-\", \"/\")", "a/b/c"), ("replace(\"a-b-c\", \"-\")", "abc"),
      ],
      takes: [.text, .text, .text], optional: 1, gives: .text, kernel: replaceKernel),
    FunctionSpec(
      "split_part", zh: "分段", signature: "split_part(text, mark, place)",
      summary:
        "The part at a place between marks, from the end if negative; empty if there is none",
      examples: [
        ("split_part(\"广东/深圳/南山\", \"/\", 2)", "深圳"),
        ("split_part(\"广东/深圳/南山\", \"/\", -1)", "南山"),
      ], takes: [.text, .text, .whole], gives: .text, kernel: splitPartKernel),
    FunctionSpec(
      "before", zh: "之前部分", signature: "before(text, mark)",
      summary: "What stands before the first mark; the whole text if it has none",
      examples: [
        ("before(\"wang@kith.example\", \"@\")", "wang"), ("before(\"wang\", \"@\")", "wang"),
      ],
      takes: [.text, .text], gives: .text,
      kernel: { arguments, count, _ in
        try found("before", arguments, count) { text, place, _ in
          String(decoding: place.map { text[..<$0] } ?? text[...], as: UTF8.self)
        }
      }),
    FunctionSpec(
      "after", zh: "之后部分", signature: "after(text, mark)",
      summary: "What stands after the first mark; empty if it has none",
      examples: [("after(\"wang@kith.example\", \"@\")", "kith.example")],
      takes: [.text, .text], gives: .text,
      kernel: { arguments, count, _ in
        try found("after", arguments, count) { text, place, length in
          place.map { String(decoding: text[($0 + length)...], as: UTF8.self) }
        }
      }),
    FunctionSpec(
      "position", zh: "位置", signature: "position(text, part)",
      summary:
        "The place of its first character where the part begins, from 1; 0 if it is not there",
      examples: [("position(\"深圳市南山区\", \"南山\")", "4"), ("position(\"kith\", \"x\")", "0")],
      takes: [.text, .text], gives: .int, kernel: positionKernel),
  ]

  @Sendable private static func substringKernel(
    _ arguments: [Vector], _ count: Int, _ context: FunctionContext
  ) throws -> Vector {
    let text = try TextArgument(arguments[0])
    let starts = try arguments[1].integers()
    let sizes = arguments.count == 3 ? try arguments[2].integers() : nil
    return try mapTexts("substring", arguments, count) { row in
      guard let value = text[row], starts[row] != Vector.emptyInt else { return nil }
      guard starts[row] >= 1 else {
        throw FunctionError.outOfRange("substring", "start counts from 1")
      }
      let rest = value.dropFirst(Int(starts[row] - 1))
      guard let size = sizes?[row] else { return String(rest) }
      if size == Vector.emptyInt { return nil }
      return String(rest.prefix(try whole(size, "substring")))
    }
  }

  @Sendable private static func replaceKernel(
    _ arguments: [Vector], _ count: Int, _ context: FunctionContext
  ) throws -> Vector {
    let text = try TextArgument(arguments[0])
    let old = try TextArgument(arguments[1])
    let new = arguments.count == 3 ? try TextArgument(arguments[2]) : nil
    return try mapTexts("replace", arguments, count) { row in
      guard let value = text[row], let part = old[row] else { return nil }
      let pieces = pieces(of: Array(value.utf8), between: Array(part.utf8))
      let filler = Array((new?[row] ?? "").utf8)
      let size = pieces.reduce(filler.count * (pieces.count - 1)) { $0 + $1.count }
      if size > TextResults.longest { throw FunctionError.tooLong("replace") }
      return String(decoding: Array(pieces.joined(separator: filler)), as: UTF8.self)
    }
  }

  @Sendable private static func splitPartKernel(
    _ arguments: [Vector], _ count: Int, _ context: FunctionContext
  ) throws -> Vector {
    let text = try TextArgument(arguments[0])
    let mark = try TextArgument(arguments[1])
    let places = try arguments[2].integers()
    return try mapTexts("split_part", arguments, count) { row in
      guard let value = text[row], let separator = mark[row], places[row] != Vector.emptyInt else {
        return nil
      }
      if places[row] == 0 { throw FunctionError.outOfRange("split_part", "place counts from 1") }
      let parts = pieces(of: Array(value.utf8), between: Array(separator.utf8))
      let size = Int64(parts.count)
      let place = places[row] > 0 ? places[row] - 1 : size + places[row]
      guard (0..<size).contains(place) else { return nil }
      return String(decoding: parts[Int(place)], as: UTF8.self)
    }
  }

  @Sendable private static func positionKernel(
    _ arguments: [Vector], _ count: Int, _ context: FunctionContext
  ) throws -> Vector {
    let text = try TextArgument(arguments[0])
    let part = try TextArgument(arguments[1])
    return .int(
      try perText(arguments, count, empty: Vector.emptyInt) { row in
        guard let value = text[row], let wanted = part[row] else { return Vector.emptyInt }
        let bytes = Array(value.utf8)
        guard let place = firstPlace(of: Array(wanted.utf8), in: bytes, from: 0) else { return 0 }
        return Int64(String(decoding: bytes[..<place], as: UTF8.self).count) + 1
      })
  }
}

/// `left` and `right`.
private func cut(
  _ function: String, _ arguments: [Vector], _ count: Int,
  _ body: (String, Int) -> Substring
) throws -> Vector {
  let text = try TextArgument(arguments[0])
  let sizes = try arguments[1].integers()
  return try mapTexts(function, arguments, count) { row in
    guard let value = text[row], sizes[row] != Vector.emptyInt else { return nil }
    return String(body(value, try whole(sizes[row], function)))
  }
}

/// A count of characters, which cannot be negative.
private func whole(_ size: Int64, _ function: String) throws -> Int {
  guard size >= 0 else { throw FunctionError.outOfRange(function, "count cannot be negative") }
  return Int(size)
}

/// `before` and `after`: the bytes of a text, the place of the mark in them and the mark's length.
private func found(
  _ function: String, _ arguments: [Vector], _ count: Int,
  _ body: ([UInt8], Int?, Int) -> String?
) throws -> Vector {
  let text = try TextArgument(arguments[0])
  let mark = try TextArgument(arguments[1])
  return try mapTexts(function, arguments, count) { row in
    guard let value = text[row], let wanted = mark[row] else { return nil }
    let bytes = Array(value.utf8)
    let part = Array(wanted.utf8)
    return body(bytes, firstPlace(of: part, in: bytes, from: 0), part.count)
  }
}

/// The parts of a text between the places where a mark stands. UTF-8 never matches inside a
/// character, so bytes are compared.
private func pieces(of text: [UInt8], between mark: [UInt8]) -> [ArraySlice<UInt8>] {
  var pieces: [ArraySlice<UInt8>] = []
  var start = 0
  while let place = firstPlace(of: mark, in: text, from: start) {
    pieces.append(text[start..<place])
    start = place + mark.count
  }
  pieces.append(text[start...])
  return pieces
}

/// Nil where it does not occur; an empty part occurs nowhere.
private func firstPlace(of part: [UInt8], in text: [UInt8], from start: Int) -> Int? {
  guard let first = part.first, text.count - start >= part.count else { return nil }
  for place in start...(text.count - part.count) where text[place] == first {
    if text[place..<place + part.count].elementsEqual(part) { return place }
  }
  return nil
}
