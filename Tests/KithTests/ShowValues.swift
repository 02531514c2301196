import KithBase
import KithShow
import Testing

/// Values as text. Expected texts are worked out by hand from the amounts in the comments.
@Suite struct ShowValues {
  private let plain = ValueStyle(tongue: .english)
  private let wan = ValueStyle(tongue: .chinese)

  /// Fen, plain, in 万, for machines.
  @Test(arguments: [
    (0, "0.00", "0.00", "0.00"), (5, "0.05", "0.05", "0.05"), (-5, "-0.05", "-0.05", "-0.05"),
    (123_450, "1,234.50", "1,234.50", "1234.50"),
    (999_999, "9,999.99", "9,999.99", "9999.99"),
    // 10,000 yuan is the first amount in 万.
    (1_000_000, "10,000.00", "1万", "10000.00"),
    // 3,124,000 yuan.
    (312_400_000, "3,124,000.00", "312.4万", "3124000.00"),
    (500_000_000, "5,000,000.00", "500万", "5000000.00"),
    // 312.45万: the half is rounded up.
    (312_450_000, "3,124,500.00", "312.5万", "3124500.00"),
    // 99,999,600 yuan would be 10000.0万.
    (9_999_960_000, "99,999,600.00", "1亿", "99999600.00"),
    (-12_545_000_000, "-125,450,000.00", "-1.25亿", "-125450000.00"),
    (Int64.max, "92,233,720,368,547,758.07", "922,337,203.69亿", "92233720368547758.07"),
  ])
  func money(_ fen: Int64, _ english: String, _ chinese: String, _ machine: String) {
    #expect(plain.text(of: .money(fen), type: .money) == english)
    #expect(wan.text(of: .money(fen), type: .money) == chinese)
    #expect(plain.text(of: .money(fen), type: .money, form: .machines) == machine)
  }

  @Test(arguments: [
    (0.0, "0.0%", "0"), (0.125, "12.5%", "0.125"), (1.0, "100.0%", "1"), (-0.5, "-50.0%", "-0.5"),
    (0.0004, "0.04%", "0.0004"), (0.00001, "<0.01%", "1e-05"), (-0.00001, ">-0.01%", "-1e-05"),
    (12.3456, "1234.6%", "12.3456"),
  ])
  func percent(_ ratio: Double, _ people: String, _ machine: String) {
    #expect(plain.text(of: .float(ratio), type: .percent) == people)
    #expect(plain.text(of: .float(ratio), type: .percent, form: .machines) == machine)
  }

  @Test(arguments: [
    (3.0, "3"), (0.1, "0.1"), (-0.0, "0"), (1e15, "1000000000000000"), (1e16, "1e+16"),
    (123456.789, "123456.789"),
    (1.0 / 3.0, "0.3333"), (.infinity, "∞"), (-.infinity, "-∞"),
  ])
  func float(_ value: Double, _ expected: String) {
    #expect(plain.text(of: .float(value), type: .float) == expected)
  }

  @Test(arguments: [
    (Duration(months: 3), "3 months", "3个月", "P3M"), (Duration(months: 1), "1 month", "1个月", "P1M"),
    (Duration(days: 5), "5 days", "5天", "P5D"), (Duration(days: -1), "-1 day", "-1天", "-P1D"),
    (Duration(), "0 days", "0天", "P0D"),
    // 2 h 15 min are 8,100 s; 26 h stay hours.
    (Duration(microseconds: 8_100_000_000), "2 h 15 min", "2小时15分", "PT2H15M"),
    (Duration(microseconds: 93_600_000_000), "26 h", "26小时", "PT26H"),
    (Duration(microseconds: 1_500_000), "1.5 s", "1.5秒", "PT1.5S"),
    (Duration(microseconds: -60_000_000), "-1 min", "-1分", "-PT1M"),
    (Duration(months: 1, days: -2), "1 month -2 days", "1个月-2天", "P1M-2D"),
  ])
  func duration(_ value: Duration, _ english: String, _ chinese: String, _ machine: String) {
    let type = KithType.duration(value.unit ?? .days)
    #expect(plain.text(of: .duration(value), type: type) == english)
    #expect(wan.text(of: .duration(value), type: type) == chinese)
    #expect(plain.text(of: .duration(value), type: type, form: .machines) == machine)
  }

  /// 1,764,000,000 s after 1970 is 2025-11-24T16:00:00Z (`date -u -d @1764000000`).
  @Test func times() {
    let instant = Scalar.time(Instant(microseconds: 1_764_000_000_000_000))
    #expect(plain.text(of: instant, type: .time) == "2025-11-25 00:00")
    #expect(
      plain.text(of: instant, type: .time, form: .machines) == "2025-11-25T00:00:00+08:00")
    let utc = ValueStyle(zone: .utc)
    #expect(utc.text(of: instant, type: .time, form: .machines) == "2025-11-24T16:00:00Z")
    let west = ValueStyle(
      zone: TimeZoneTable(name: "w", transitions: [], offsets: [-12_600_000_000]))
    let odd = Scalar.time(Instant(microseconds: 1_764_000_000_000_000 + 5_250_000))
    #expect(
      west.text(of: odd, type: .time, form: .machines) == "2025-11-24T12:30:05.25-03:30")
    #expect(west.text(of: odd, type: .time) == "2025-11-24 12:30:05.25")
    // Shanghai's local mean time was 8:05:43 before 1901; ISO 8601 has no seconds in an offset.
    let old = ValueStyle(
      zone: TimeZoneTable(name: "o", transitions: [], offsets: [29_143_000_000]))
    #expect(old.text(of: instant, type: .time, form: .machines) == "2025-11-24T16:00:00Z")
    // One microsecond before 1970 is the last of 1969.
    let before = Scalar.time(Instant(microseconds: -1))
    #expect(utc.text(of: before, type: .time) == "1969-12-31 23:59:59.999999")
  }

  @Test func otherValues() throws {
    let day = try #require(Day(year: 2026, month: 11, day: 21))
    #expect(plain.text(of: .date(day), type: .date) == "2026-11-21")
    let period = Period(.quarter, holding: day)
    #expect(plain.text(of: .period(period), type: .period(.quarter)) == "2026-Q4")
    #expect(plain.text(of: .bool(true), type: .bool) == "true")
    #expect(wan.text(of: .bool(false), type: .bool) == "否")
    #expect(wan.text(of: .bool(false), type: .bool, form: .machines) == "false")
    #expect(plain.text(of: .empty, type: .int) == "")
    #expect(plain.text(of: .int(Int64.min + 1), type: .int) == "-9223372036854775807")
    let stage = KithType.enumeration("stage")
    let labels = ["C": "了解商机"]
    #expect(plain.text(of: .code("C"), type: stage, labels: labels) == "了解商机")
    #expect(plain.text(of: .code("C"), type: stage, labels: labels, form: .machines) == "C")
    #expect(plain.text(of: .code("X"), type: stage, labels: labels) == "X")
    let list = Scalar.list([.text("a"), .empty, .text("b")])
    #expect(plain.text(of: list, type: .list(.text)) == "a, , b")
    #expect(wan.text(of: .list([.int(1), .int(2)]), type: .list(.int)) == "1、2")
  }
}
