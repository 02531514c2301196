import KithBase
import KithPlan
import Testing

/// Texts read as numbers, money and dates.
struct FunctionConversionTests {
  @Test(
    "texts that are numbers",
    arguments: [
      ("5000", 5000), ("007", 7), ("-2.5", -2.5), ("−2.5", -2.5), ("+3", 3), ("1,234.5", 1234.5),
      ("1,234,567", 1_234_567), ("5_000", 5000), (".5", 0.5), ("1e6", 1e6), ("1.5E-3", 0.0015),
      ("50k", 50_000), ("2M", 2e6), ("1B", 1e9), ("3千", 3000), ("3百万", 3e6), ("5千万", 5e7),
      ("1.2亿", 120_000_000), ("2万亿", 2e12), ("30%", 0.3), ("１２．５％", 0.125), ("(12)", -12),
      (" 8 ", 8), ("¥3,000", 3000), ("12元", 12), ("0", 0), ("-0", 0),
      ("1000000000000000000000000000000", 1e30),
    ] as [(String, Double)])
  func numbers(text: String, expected: Double) throws {
    #expect(try callFunction("number", (.text(text), .text)) == .float(expected))
  }

  @Test(
    "texts that are no numbers are empty",
    arguments: [
      "abc", "12,34", "1,2345", "1,,234", "12.", "1.2.3", "5m", "--5", "1e", "1e9999", "¥", "()",
      "12 34", "1_", "_1", "2026-11-21", "0x10", "inf", "nan", "5个", "",
      "12345678901234567890123456789012345678901234567890",
    ])
  func noNumbers(text: String) throws {
    #expect(try callFunction("number", (.text(text), .text)) == .empty)
    #expect(try callFunction("money", (.text(text), .text)) == .empty)
  }

  @Test(
    "texts as money, exact, half to the even fen",
    arguments: [
      ("¥3,000.50", 300_050), ("500万元", 500_000_000), ("12.5", 1250), ("0.285", 28),
      ("0.275", 28), ("0.2750001", 28), ("0.2850001", 29), ("-0.285", -28), ("-¥1", -100),
      ("¥-1", -100), ("0.001", 0), ("0.005", 0), ("0.015", 2),
      // The largest number of fen, and the same with a part that is rounded off.
      ("92233720368547758.07", .max), ("92233720368547758.074", .max), ("1.2亿", 12_000_000_000),
      ("1e-30", 0), ("0", 0),
    ] as [(String, Int64)])
  func money(text: String, expected: Int64) throws {
    #expect(try callFunction("money", (.text(text), .text)) == .money(expected))
  }

  @Test(
    "money beyond the range is empty", arguments: ["92233720368547758.08", "1e17", "1e18", "9e300"])
  func tooMuch(text: String) throws {
    #expect(try callFunction("money", (.text(text), .text)) == .empty)
  }

  @Test("numbers as money and money as numbers")
  func others() throws {
    #expect(try callFunction("money", (.int(12), .int)) == .money(1200))
    #expect(try callFunction("money", (.float(0.285), .float)) == .money(28))
    #expect(try callFunction("money", (.float(-12.5), .float)) == .money(-1250))
    #expect(functionErrorCode { try callFunction("money", (.int(.max), .int)) } == "K4201")
    #expect(functionErrorCode { try callFunction("money", (.float(1e17), .float)) } == "K4201")
    #expect(try callFunction("number", (.money(1250), .money)) == .float(12.5))
    #expect(try callFunction("number", (.float(0.125), .percent)) == .float(0.125))
    #expect(try callFunction("number", (.bool(true), .bool)) == .int(1))
    #expect(try callFunction("text", (.text("王芳"), .text)) == .text("王芳"))
  }

  @Test(
    "texts that are dates",
    arguments: [
      ("2026-11-21", "2026-11-21"), ("2026-1-5", "2026-01-05"), ("2026/1/5", "2026-01-05"),
      ("2026.01.05", "2026-01-05"), ("20261121", "2026-11-21"), ("2026年11月21日", "2026-11-21"),
      ("2026年1月5", "2026-01-05"), ("２０２６－１１－２１", "2026-11-21"),
      ("2026-11-21 13:30", "2026-11-21"), ("2026-11-21T13:30:05.25", "2026-11-21"),
      // 18:00 UTC is two in the morning of the next day in Shanghai (+08:00).
      ("2026-11-21T18:00:00Z", "2026-11-22"), ("2026-11-21T18:00:00+08:00", "2026-11-21"),
      ("2026-11-21T01:00:00+1000", "2026-11-20"), ("2028-02-29", "2028-02-29"),
    ] as [(String, String)])
  func dates(text: String, expected: String) throws {
    let result = try callFunction("date", (.text(text), .text))
    guard case .date(let day) = result else {
      Issue.record("\(text) gave \(result)")
      return
    }
    #expect(day.text == expected)
  }

  @Test(
    "texts that are no dates are empty",
    arguments: [
      "2026-02-29", "2026-13-01", "2026-11", "21.11.2026", "2026-11/21", "2026-11-21x",
      "2026-11-21 25:00", "2026-11-21T", "0000-01-01", "1e5", "yesterday", "2026年11-21",
    ])
  func noDates(text: String) throws {
    #expect(try callFunction("date", (.text(text), .text)) == .empty)
  }

  @Test("a time is its local day")
  func times() throws {
    // 16:00 UTC is midnight in Shanghai.
    let instant = Instant(microseconds: 16 * 3_600_000_000)
    let function = try #require(FunctionCatalogue.shipped.find("date"))
    #expect(function.argumentTypes([.time]) == [.time])
    let expected = Day(number: 1)
    #expect(try callFunction("date", (.time(instant), .time)) == .date(expected))
  }
}
