import KithBase
import KithLanguage

/// The aggregates by their names in both tongues.
enum AggregateName: String, CaseIterable {
  case count, sum, avg, min, max, median, percentile, p90, stdev, distinct, first, last
  case any, none, all, list, share, rate
  case winRate = "win_rate"
  case rank
  case rowNumber = "row_number"
  case running, previous, next

  static func find(_ word: String) -> AggregateName? {
    names[fold(word)]
  }

  /// Only over the rows of a partition, never over a group.
  var isWindow: Bool {
    switch self {
    case .rank, .rowNumber, .running, .previous, .next: true
    default: false
    }
  }

  private static let names: [String: AggregateName] = {
    var names: [String: AggregateName] = [:]
    for name in allCases { names[name.rawValue] = name }
    let chinese: [(String, AggregateName)] = [
      ("计数", .count), ("合计", .sum), ("求和", .sum), ("平均", .avg), ("最小", .min), ("最大", .max),
      ("中位数", .median), ("百分位", .percentile), ("九成位", .p90), ("标准差", .stdev), ("去重数", .distinct),
      ("首个", .first), ("末个", .last), ("有", .any), ("存在", .any), ("没有", .none), ("全都", .all),
      ("列出", .list), ("占比", .share), ("比率", .rate), ("赢单率", .winRate), ("排名", .rank),
      ("行号", .rowNumber), ("累计", .running), ("上一个", .previous), ("下一个", .next),
    ]
    for (word, name) in chinese { names[word] = name }
    names["average"] = .avg
    names["mean"] = .avg
    return names
  }()
}
