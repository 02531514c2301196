import KithBase

extension Vocabulary {
  /// A unit's spellings. `glued` ones stand only directly behind a number.
  struct Unit: Sendable {
    let word: DurationWord
    let english: [String]
    let chinese: [String]
    let glued: [String]
  }

  /// In each tongue the first spelling is printed (in English with an `s` for more than one).
  static let units: [Unit] = [
    Unit(word: .second, english: ["second", "seconds"], chinese: ["秒"], glued: ["s", "sec"]),
    Unit(word: .minute, english: ["minute", "minutes"], chinese: ["分钟"], glued: ["min"]),
    Unit(word: .hour, english: ["hour", "hours"], chinese: ["小时", "个小时"], glued: ["h"]),
    Unit(word: .day, english: ["day", "days"], chinese: ["天", "日"], glued: ["d"]),
    Unit(word: .week, english: ["week", "weeks"], chinese: ["周", "星期", "个星期"], glued: ["w"]),
    Unit(word: .month, english: ["month", "months"], chinese: ["个月", "月"], glued: ["mo"]),
    Unit(
      word: .quarter, english: ["quarter", "quarters"], chinese: ["个季度", "季度", "个季"],
      glued: ["q"]),
    Unit(word: .year, english: ["year", "years"], chinese: ["年"], glued: ["y"]),
    Unit(
      word: .workday, english: ["workday", "workdays"], chinese: ["个工作日", "工作日"],
      glued: []),
  ]

  /// Units as words of their own, after an integer or `last`.
  static let unitWords: [String: DurationWord] = {
    var result: [String: DurationWord] = [:]
    for unit in units {
      for spelling in unit.english + unit.chinese { result[spelling] = unit.word }
    }
    return result
  }()

  /// Units directly behind a number.
  static let unitSuffixes: [String: DurationWord] = {
    var result = unitWords
    for unit in units {
      for spelling in unit.glued { result[spelling] = unit.word }
    }
    return result
  }()

  /// `30 days`, `30天`.
  static func text(of duration: DurationSyntax, _ tongue: Tongue) -> String {
    guard let unit = units.first(where: { $0.word == duration.unit }) else { return "" }
    // From 1900 to 2199 before 年 would be a year.
    let isYearNumber = duration.unit == .year && (1900...2199).contains(duration.count)
    if tongue == .chinese, !isYearNumber { return "\(duration.count)\(unit.chinese[0])" }
    return "\(duration.count) \(unit.english[duration.count == 1 ? 0 : 1])"
  }

  static func text(of unit: CalendarUnit, _ tongue: Tongue) -> String {
    guard tongue == .chinese else { return unit.rawValue }
    switch unit {
    case .day: return "天"
    case .week: return "周"
    case .month: return "月"
    case .quarter: return "季度"
    case .year: return "年"
    }
  }

  static let weekdays: [(english: String, chinese: String)] = [
    ("monday", "周一"), ("tuesday", "周二"), ("wednesday", "周三"), ("thursday", "周四"),
    ("friday", "周五"), ("saturday", "周六"), ("sunday", "周日"),
  ]

  /// 0 is Monday.
  static let weekdayNumbers: [String: Int] = {
    var result: [String: Int] = [:]
    for (number, names) in weekdays.enumerated() {
      result[names.english] = number
      result[names.chinese] = number
    }
    return result
  }()

  private static let chineseDateWords: [(DateWordSyntax, [String])] = {
    var result: [(DateWordSyntax, [String])] = [
      (.today, ["今天"]), (.yesterday, ["昨天"]), (.tomorrow, ["明天"]), (.now, ["现在"]),
      (.unit(.week, 0), ["本周", "这周"]), (.unit(.week, -1), ["上周"]),
      (.unit(.week, 1), ["下周"]), (.unit(.month, 0), ["本月", "这个月"]),
      (.unit(.month, -1), ["上月", "上个月"]), (.unit(.month, 1), ["下月", "下个月"]),
      (.unit(.quarter, 0), ["本季度", "本季"]), (.unit(.quarter, -1), ["上季度", "上季"]),
      (.unit(.quarter, 1), ["下季度", "下季"]), (.unit(.year, 0), ["今年", "本年"]),
      (.unit(.year, -1), ["去年"]), (.unit(.year, 1), ["明年"]),
      (.toDate(.week), ["本周至今"]), (.toDate(.month), ["本月至今"]),
      (.toDate(.quarter), ["本季至今"]), (.toDate(.year), ["本年至今"]),
    ]
    for (number, names) in weekdays.enumerated() {
      result.append((.weekday(number, -1), ["上个" + names.chinese]))
      result.append((.weekday(number, 1), ["下个" + names.chinese]))
      for (offset, prefix) in [(0, "本"), (-1, "上"), (1, "下")] {
        result.append((.weekdayOfWeek(number, offset), [prefix + names.chinese]))
      }
    }
    return result
  }()

  /// Date words that are one Chinese word, `今天` to `下个周日`.
  static let dateWords: [String: DateWordSyntax] = {
    var result: [String: DateWordSyntax] = [:]
    for (word, spellings) in chineseDateWords {
      for spelling in spellings { result[spelling] = word }
    }
    return result
  }()

  /// The Chinese word, nil where only a phrase says it.
  static func chinese(of word: DateWordSyntax) -> String? {
    chineseDateWords.first { $0.0 == word }?.1.first
  }

  /// What number words stand for as a power of ten: `50k`, `500万`, `1.2亿`.
  static let scales: [String: Int] = [
    "k": 3, "K": 3, "M": 6, "B": 9, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7,
    "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
  ]

  /// Money signs; a sign is the currency's name in the tree, and 元 is `¥`.
  static let moneySigns: Set<UInt32> = [0x24, 0xA5, 0x20AC, 0xA3]
}
