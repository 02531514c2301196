import KithBase
import KithPlan
import Testing

/// Functions of texts and dates, and pinyin.
struct FunctionTextTests {
  @Test(
    "texts to texts",
    arguments: [
      ("lower", ["KITH Ä"], "kith ä"), ("upper", ["straße"], "STRASSE"),
      ("trim", ["\u{3000} 王芳\t "], "王芳"), ("trim", ["  "], nil),
      ("narrow", ["ＡＢ－１２\u{3000}王"], "AB-12 王"),
      ("digits", ["（0755）8888-１234"], "07558888" + "1234"), ("digits", ["none"], nil),
      ("concat", ["王", "芳"], "王芳"), ("concat", ["王", nil, "芳"], "王芳"),
      ("concat", [nil, nil], nil), ("replace", ["a-b-c", "-", "/"], "a/b/c"),
      ("replace", ["aaa", "aa", "b"], "ba"), ("replace", ["a-b", "-"], "ab"),
      ("replace", ["a-b", "-", nil], "ab"), ("replace", ["--", "-"], nil),
      ("replace", ["王芳芳", "芳", "方"], "王方方"), ("before", ["a@b@c", "@"], "a"),
      ("before", ["abc", "@"], "abc"), ("before", ["@b", "@"], nil),
      ("after", ["a@b@c", "@"], "b@c"), ("after", ["abc", "@"], nil),
      ("pinyin", ["王芳"], "wangfang"), ("pinyin", ["重庆银行"], "chongqingyinhang"),
      ("pinyin", ["重量"], "zhongliang"), ("pinyin", ["行长行走"], "hangzhangxingzou"),
      ("pinyin", ["长沙市长"], "changshashizhang"), ("pinyin", ["成都"], "chengdu"),
      ("pinyin", ["吕女士"], "lvnvshi"), ("pinyin", ["ＫＩＴＨ 公司"], "kith gongsi"),
      ("pinyin", ["六安茶"], "luancha"), ("pinyin", ["〇一"], "lingyi"),
      ("pinyin", ["龜"], "gui"), ("pinyin", ["龥"], "yu"), ("pinyin", ["一"], "yi"),
      ("pinyin", ["é"], "é"), ("initials", ["重庆A1 公司"], "cqa1gs"),
      ("initials", ["安安"], "aa"),
    ] as [(String, [String?], String?)])
  func texts(name: String, values: [String?], expected: String?) throws {
    let arguments = values.map { ($0.map(Scalar.text) ?? .empty, KithType.text) }
    #expect(try callFunction(name, arguments) == expected.map(Scalar.text) ?? .empty)
  }

  @Test(
    "texts and whole numbers",
    arguments: [
      ("left", "深圳市", [2], "深圳"), ("left", "深圳", [9], "深圳"), ("left", "深圳", [0], nil),
      ("right", "深圳市", [1], "市"), ("substring", "kith book", [6], "book"),
      ("substring", "kith book", [6, 2], "bo"), ("substring", "kith", [9], nil),
      ("substring", "kith", [1, 0], nil),
      // A family of three joined by zero-width joiners is one character.
      ("left", "👨‍👩‍👧王芳", [2], "👨‍👩‍👧王"),
    ] as [(String, String, [Int64], String?)])
  func cuts(name: String, text: String, numbers: [Int64], expected: String?) throws {
    let arguments = [(Scalar.text(text), KithType.text)] + numbers.map { (.int($0), .int) }
    #expect(try callFunction(name, arguments) == expected.map(Scalar.text) ?? .empty)
  }

  @Test(
    "parts between marks",
    arguments: [(1, "a"), (2, nil), (3, "c"), (4, nil), (-1, "c"), (-3, "a"), (-4, nil)]
      as [(Int64, String?)])
  func parts(place: Int64, expected: String?) throws {
    let result = try callFunction(
      "split_part", (.text("a//c"), .text), (.text("/"), .text), (.int(place), .int))
    #expect(result == expected.map(Scalar.text) ?? .empty)
  }

  @Test("lengths and places count characters")
  func places() throws {
    #expect(try callFunction("length", (.text("e\u{301}王"), .text)) == .int(2))
    #expect(try callFunction("position", (.text("深圳市南山区"), .text), (.text("南山"), .text)) == .int(4))
    #expect(try callFunction("position", (.text("kith"), .text), (.text("x"), .text)) == .int(0))
    let padded = try callFunction(
      "pad_left", (.text("42"), .text), (.int(5), .int), (.text("ab"), .text))
    #expect(padded == .text("aba42"))
  }

  @Test("bad counts and long results are errors of the data")
  func limits() {
    let text = (Scalar.text("kith"), KithType.text)
    #expect(functionErrorCode { try callFunction("left", text, (.int(-1), .int)) } == "K4203")
    #expect(functionErrorCode { try callFunction("substring", text, (.int(0), .int)) } == "K4203")
    #expect(
      functionErrorCode { try callFunction("split_part", text, text, (.int(0), .int)) } == "K4203")
    #expect(
      functionErrorCode { try callFunction("pad_left", text, (.int(1001), .int), text) } == "K4203")
    let long = Scalar.text(String(repeating: "a", count: 1025))
    #expect(
      functionErrorCode {
        try callFunction("replace", (long, .text), (.text("a"), .text), (long, .text))
      } == "K4202")
  }

  @Test("a text is worked on once per different value, whatever the rows")
  func manyRows() throws {
    let function = try #require(FunctionCatalogue.shipped.find("upper"))
    let context = FunctionContext(
      zone: .utc, today: Day(number: 0), now: Instant(microseconds: 0), argumentTypes: [.text])
    // A dictionary longer than the batch takes the hash, a shorter one the array.
    for size in [3, 1000] {
      let dictionary = TextDictionary((0..<size).map { "v\($0)" })
      let codes: [Int32] = [2, 0, 3, 2, 1]
      let result = try function.kernel([.text(codes, dictionary)], codes.count, context)
      let shown = (0..<codes.count).map { result.scalar($0, .text) }
      #expect(shown == [.text("V1"), .empty, .text("V2"), .text("V1"), .text("V0")])
    }
  }

  @Test(
    "parts of dates: 2026-11-21 is a Saturday of ISO week 47",
    arguments: [
      ("year_of", 2026), ("quarter_of", 4), ("month_of", 11), ("week_of", 47), ("day_of", 21),
      ("weekday", 6),
    ] as [(String, Int64)])
  func dates(name: String, expected: Int64) throws {
    let day = try #require(Day(year: 2026, month: 11, day: 21))
    #expect(try callFunction(name, (.date(day), .date)) == .int(expected))
  }

  @Test(
    "ISO weeks around new year, from the calendar of ISO 8601",
    arguments: [(2024, 12, 30, 1), (2027, 1, 1, 53), (2021, 1, 3, 53), (2021, 1, 4, 1)]
      as [(Int, Int, Int, Int64)])
  func weeks(year: Int, month: Int, day: Int, expected: Int64) throws {
    let date = try #require(Day(year: year, month: month, day: day))
    #expect(try callFunction("week_of", (.date(date), .date)) == .int(expected))
  }

  @Test("a time counts as its local day: 17:00Z of 31 December is new year's day in Shanghai")
  func localDays() throws {
    let newYear = try #require(Day(year: 2027, month: 1, day: 1))
    let instant = Instant(microseconds: (Int64(newYear.number) * 24 - 7) * 3_600_000_000)
    #expect(try callFunction("year_of", (.time(instant), .time)) == .int(2027))
    #expect(try callFunction("days", (.time(instant), .time), (.date(newYear), .date)) == .int(0))
  }

  @Test("the clock is local: 1970-01-01T00:00Z is 8:00 in Shanghai, a minute before it 7:59")
  func clock() throws {
    #expect(try callFunction("hour", (.time(Instant(microseconds: 0)), .time)) == .int(8))
    #expect(try callFunction("hour", (.time(Instant(microseconds: -60_000_000)), .time)) == .int(7))
    #expect(try callFunction("minute", (.time(Instant(microseconds: -1)), .time)) == .int(59))
  }

  @Test(
    "months and years between",
    arguments: [
      ("months_between", "2026-01-31", "2026-03-01", 1),
      ("months_between", "2026-01-31", "2026-02-28", 1),
      ("months_between", "2026-01-30", "2026-02-27", 0),
      ("months_between", "2026-03-01", "2025-12-31", -2),
      ("years_between", "1990-11-22", "2026-11-21", 35),
      ("years_between", "1990-11-21", "2026-11-21", 36),
      ("days", "2026-11-01", "2026-11-21", 20), ("days", "2026-11-21", "2026-11-01", -20),
    ] as [(String, String, String, Int64)])
  func between(name: String, from: String, to: String, expected: Int64) throws {
    let arguments = try [from, to].map { text in
      try (callFunction("date", (.text(text), .text)), KithType.date)
    }
    #expect(try callFunction(name, arguments) == .int(expected))
  }

  @Test("durations as numbers")
  func durations() throws {
    let day: Int64 = 86_400_000_000
    let clock = (
      Scalar.duration(Duration(microseconds: day * 3 / 2)), KithType.duration(.microseconds)
    )
    #expect(try callFunction("days", clock) == .float(1.5))
    #expect(try callFunction("hours", clock) == .float(36))
    #expect(try callFunction("days", (.duration(Duration(days: 14)), .duration(.days))) == .int(14))
    #expect(
      try callFunction("hours", (.duration(Duration(days: 2)), .duration(.days))) == .float(48))
  }

  @Test("days of periods, and dates from numbers")
  func edges() throws {
    let start = try #require(Day(year: 2028, month: 2, day: 1))
    let end = try #require(Day(year: 2028, month: 2, day: 29))
    #expect(try callFunction("last_day", (.date(start), .period(.month))) == .date(end))
    #expect(try callFunction("first_day", (.date(start), .period(.month))) == .date(start))
    let parts: [(Scalar, KithType)] = [(.int(2028), .int), (.int(2), .int), (.int(29), .int)]
    #expect(try callFunction("make_date", parts) == .date(end))
    #expect(try callFunction("make_date", parts.dropLast() + [(.int(30), .int)]) == .empty)
    #expect(try callFunction("make_date", [(.int(.max), .int)] + parts.dropFirst()) == .empty)
  }
}
