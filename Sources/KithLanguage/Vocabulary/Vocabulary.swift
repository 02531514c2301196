package import KithBase

/// How each keyword is spelled. The formatter prints the first spelling of a tongue, all are read.
package enum Vocabulary {
  /// A keyword and its spellings.
  package struct Entry: Sendable {
    /// The keyword itself.
    package let keyword: Keyword
    /// Phrases; the words of one are separated by a space.
    package let english: [String]
    /// As `english`; empty where only the other tongue has a word.
    package let chinese: [String]

    init(_ keyword: Keyword, _ english: [String], _ chinese: [String]) {
      self.keyword = keyword
      self.english = english
      self.chinese = chinese
    }
  }

  /// Every keyword once.
  package static let entries: [Entry] =
    statements + recordings + sources + rows + columnsAndGroups + tables + funnels + logic + days

  private static let statements: [Entry] = [
    Entry(.let, ["let"], ["令"]), Entry(.def, ["def"], ["定义"]),
    Entry(.param, ["param"], ["参数"]), Entry(.for, ["for"], ["遍历"]),
    Entry(.in, ["in"], ["在", "属于"]), Entry(.if, ["if"], ["如果"]),
    Entry(.else, ["else"], ["否则"]), Entry(.print, ["print"], ["打印"]),
    Entry(.assert, ["assert"], ["断言"]), Entry(.list, ["list"], ["清单"]),
    Entry(.importFile, ["import"], ["引入"]), Entry(.explain, ["explain"], ["解释"]),
    Entry(.set, ["set"], ["设置"]), Entry(.why, ["why"], ["为何", "为什么"]),
  ]

  private static let recordings: [Entry] = [
    Entry(.add, ["add"], ["新增"]), Entry(.remove, ["remove"], ["删除"]),
    Entry(.advance, ["advance"], ["推进"]), Entry(.log, ["log"], ["记录"]),
    Entry(.refer, ["refer"], ["引荐", "推荐"]), Entry(.claim, ["claim"], ["认领"]),
    Entry(.merge, ["merge"], ["合并"]), Entry(.into, ["into"], ["并入"]),
    Entry(.undo, ["undo"], ["撤销", "撤回"]), Entry(.agent, ["by"], ["由"]),
  ]

  private static let sources: [Entry] = [
    Entry(.path, ["path"], ["路径"]), Entry(.from, ["from"], ["从"]), Entry(.to, ["to"], ["到"]),
    Entry(.read, ["read"], ["读取"]), Entry(.row, ["row"], ["行"]),
    Entry(.since, ["since"], ["自"]), Entry(.asOf, ["as of"], ["截至"]),
    Entry(.each, ["each"], ["每个"]), Entry(.as, ["as"], ["作为"]),
  ]

  private static let rows: [Entry] = [
    Entry(.where, ["where", "filter"], ["其中", "筛选"]),
    // `sort by` is `sort` with its `by`, which may also be a column's name.
    Entry(.sort, ["sort", "order by"], ["排序"]),
    Entry(.asc, ["asc"], ["升序", "正序"]), Entry(.desc, ["desc"], ["降序", "倒序"]),
    Entry(.reverse, ["reverse"], ["反转"]), Entry(.take, ["take", "limit", "head"], ["取"]),
    Entry(.skip, ["skip"], ["跳过"]), Entry(.top, ["top"], ["前"]),
    Entry(.sample, ["sample"], ["抽样"]), Entry(.seed, ["seed"], ["种子"]),
    Entry(.until, ["until"], ["直到"]), Entry(.of, ["of"], ["的"]),
    Entry(.distinct, ["distinct"], ["去重"]), Entry(.per, ["per"], ["每"]),
    Entry(.all, ["all"], ["全部"]),
  ]

  private static let columnsAndGroups: [Entry] = [
    Entry(.extend, ["extend", "derive"], ["增列"]),
    Entry(.select, ["select", "project"], ["选择", "显示"]), Entry(.drop, ["drop"], ["去掉"]),
    Entry(.rename, ["rename"], ["改名"]), Entry(.count, ["count"], ["计数"]),
    Entry(.summarize, ["summarize"], ["汇总"]), Entry(.by, ["by"], ["按"]),
    Entry(.fill, ["fill"], ["补零"]), Entry(.group, ["group"], ["分组"]),
    Entry(.pivot, ["pivot"], ["透视"]), Entry(.describe, ["describe"], ["概况"]),
    Entry(.histogram, ["histogram"], ["分布"]), Entry(.duplicates, ["duplicates"], ["查重"]),
    Entry(.compareToPrevious, ["compare to previous"], ["对比上期"]),
    Entry(.compareToLastYear, ["compare to last year"], ["对比去年"]),
    Entry(.matrix, ["matrix"], ["矩阵"]), Entry(.cell, ["cell"], ["格"]),
    Entry(.warnings, ["warnings"], ["预警"]),
  ]

  private static let tables: [Entry] = [
    Entry(.join, ["join"], ["连接"]), Entry(.left, ["left"], ["左"]),
    Entry(.semi, ["semi"], ["半"]), Entry(.anti, ["anti"], ["反"]),
    Entry(.full, ["full"], ["全"]), Entry(.on, ["on"], ["依"]),
    Entry(.union, ["union"], ["并上"]), Entry(.except, ["except"], ["除去"]),
    Entry(.intersect, ["intersect"], ["交集"]), Entry(.expand, ["expand"], ["展开"]),
    Entry(.outer, ["outer"], ["保留"]), Entry(.downstream, ["downstream"], ["下游", "下线"]),
    Entry(.upstream, ["upstream"], ["上游", "上线"]), Entry(.levels, ["levels", "level"], ["层"]),
    Entry(.chain, ["chain"], ["推荐链"]), Entry(.roots, ["roots"], ["源头"]),
    Entry(.circles, ["circles"], ["圈子"]), Entry(.loops, ["loops"], ["环路"]),
    Entry(.rollup, ["rollup"], ["归总"]), Entry(.tree, ["tree"], ["推荐树"]),
  ]

  private static let funnels: [Entry] = [
    Entry(.funnel, ["funnel"], ["漏斗"]), Entry(.snapshot, ["snapshot"], ["快照"]),
    Entry(.at, ["at"], ["于"]), Entry(.flow, ["flow"], ["流量"]),
    Entry(.within, ["within"], ["限"]), Entry(.inside, [], ["内"]),
    Entry(.step, ["step"], ["步骤"]), Entry(.optional, ["optional"], ["可选"]),
    Entry(.ordered, ["ordered"], ["有序"]), Entry(.strict, ["strict"], ["严格"]),
    Entry(.anyOrder, ["any order"], ["任意顺序"]),
    Entry(.firstEntry, ["first entry"], ["首次进入"]),
    Entry(.bestEntry, ["best entry"], ["最佳进入"]),
    Entry(.eachEntry, ["each entry"], ["每次进入"]), Entry(.without, ["without"], ["排除"]),
    Entry(.excludeEntirely, ["exclude entirely"], ["整体排除"]),
    Entry(.countingOnlyRealVisits, ["counting only real visits"], ["只计实到"]),
    Entry(.reached, ["reached"], ["到达"]), Entry(.droppedAfter, ["dropped after"], ["止步"]),
    Entry(.lostFrom, ["lost from"], ["丢于"]), Entry(.openIn, ["open in"], ["停在"]),
    Entry(.matchStages, ["match stages"], ["匹配阶段"]), Entry(.cohort, ["cohort"], ["同期群"]),
    Entry(.forSpan, ["for"], ["共"]), Entry(.forecast, ["forecast"], ["预测"]),
    Entry(.target, ["target"], ["目标"]), Entry(.export, ["export"], ["导出"]),
    Entry(.chart, ["chart"], ["图表"]), Entry(.saveList, ["save list"], ["存清单"]),
  ]

  private static let logic: [Entry] = [
    Entry(.and, ["and"], ["且", "并且"]), Entry(.or, ["or"], ["或", "或者"]),
    Entry(.not, ["not"], ["非"]), Entry(.notIn, ["not in"], ["不在", "不属于"]),
    Entry(.between, ["between"], ["介于"]), Entry(.betweenAnd, ["and"], ["与"]),
    Entry(.is, ["is"], []), Entry(.isEmpty, ["is empty"], ["为空"]),
    Entry(.isNotEmpty, ["is not empty"], ["非空", "不为空"]), Entry(.true, ["true"], ["真"]),
    Entry(.false, ["false"], ["假"]), Entry(.empty, ["empty"], ["空"]),
    Entry(.case, ["case"], ["分支"]), Entry(.when, ["when"], ["当"]),
    Entry(.then, ["then"], ["则"]), Entry(.end, ["end"], ["完"]),
    Entry(.equalTo, [], ["等于"]), Entry(.notEqualTo, [], ["不等于"]),
    Entry(.greaterThan, [], ["大于"]), Entry(.lessThan, [], ["小于"]), Entry(.notLess, [], ["不小于"]),
    Entry(.notGreater, [], ["不大于"]), Entry(.contains, [], ["包含"]),
    Entry(.notContains, [], ["不包含"]), Entry(.startsWith, ["starts with"], ["开头为"]),
    Entry(.endsWith, ["ends with"], ["结尾为"]), Entry(.matches, ["matches"], ["匹配"]),
  ]

  private static let days: [Entry] = [
    Entry(.today, ["today"], ["今天"]), Entry(.yesterday, ["yesterday"], ["昨天"]),
    Entry(.tomorrow, ["tomorrow"], ["明天"]), Entry(.now, ["now"], ["现在"]),
    Entry(.ago, ["ago"], ["前"]), Entry(.fromNow, ["from now"], ["后"]),
    Entry(.last, ["last"], ["近", "最近", "过去"]), Entry(.next, ["next"], ["未来"]),
    Entry(.this, ["this"], []), Entry(.toDate, ["to date"], []),
  ]

  private static let canonical: [Keyword: Entry] = Dictionary(
    entries.map { ($0.keyword, $0) }, uniquingKeysWith: { first, _ in first })

  /// The spelling the formatter uses; the other tongue's where this one has none.
  package static func spelling(_ keyword: Keyword, _ tongue: Tongue) -> String {
    guard let entry = canonical[keyword] else { return keyword.rawValue }
    let wanted = tongue == .english ? entry.english : entry.chinese
    return wanted.first ?? entry.english.first ?? entry.chinese.first ?? keyword.rawValue
  }

  /// Every spelling of a keyword in one tongue, the formatter's first.
  package static func spellings(_ keyword: Keyword, _ tongue: Tongue) -> [String] {
    guard let entry = canonical[keyword] else { return [] }
    return tongue == .english ? entry.english : entry.chinese
  }

  /// A keyword as a phrase: what its first word may be followed by.
  struct Phrase: Sendable {
    let keyword: Keyword
    let words: [String]
  }

  /// All phrases by their first word, longest first.
  static let phrases: [String: [Phrase]] = {
    var result: [String: [Phrase]] = [:]
    for entry in entries {
      for spelling in entry.english + entry.chinese {
        let words = spelling.split(separator: " ").map(String.init)
        guard let first = words.first else { continue }
        result[first, default: []].append(Phrase(keyword: entry.keyword, words: words))
      }
    }
    return result.mapValues { $0.sorted { $0.words.count > $1.words.count } }
  }()

  /// Words that are never a name where a value is expected.
  static let reserved: Set<String> = {
    var result: Set<String> = ["is"]
    for entry in entries {
      let single = (entry.english + entry.chinese).filter { !$0.contains(" ") }
      if entry.keyword.isReserved { result.formUnion(single) }
      switch entry.keyword {
      case .startsWith, .endsWith, .matches: result.formUnion(entry.chinese)
      default: break
      }
    }
    return result.union(dateWords.keys)
  }()
}
