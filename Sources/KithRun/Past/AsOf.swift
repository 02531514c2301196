import KithBase
import KithModel
import KithPlan

extension Execution {
  /// Runs a plan over the tables as they were, with that day's clock.
  func asOf(_ input: Plan, _ asOf: AsOf) throws -> Frame {
    var earlier = query
    earlier.now = asOf.moment
    earlier.today = asOf.day
    let inner = Execution(
      query: earlier, tables: try tables.asOf(asOf, zone, budget), functions: functions,
      zone: zone, budget: budget, texts: texts)
    inner.moment = asOf.moment
    inner.enumerationDictionaries = enumerationDictionaries
    let frame = try inner.run(input)
    notes.merge(inner.notes)
    for (index, count) in inner.stageCounts.enumerated() where count >= 0 {
      mark(index, count + max(0, index < stageCounts.count ? stageCounts[index] : 0))
    }
    try noteToday(input, asOf)
    return frame
  }

  /// Names the fields that were read as they are today, because no history is kept of them.
  private func noteToday(_ plan: Plan, _ asOf: AsOf) throws {
    let needs = FieldNeeds(query).collect(plan, at: asOf.moment)
    var english: [String] = []
    var chinese: [String] = []
    for spec in tables.catalogue.entities {
      guard let names = needs[spec.name], !PastRules.writtenOnce.contains(spec.name) else {
        continue
      }
      for (name, zh) in PastRules.forgetful(spec) where names.contains(name) {
        english.append(spec.name + "." + name)
        chinese.append(spec.zh + "." + zh)
      }
    }
    if english.isEmpty { return }
    notes.count(
      .asToday, english.joined(separator: ", ") + "|" + chinese.joined(separator: "、"), 1)
  }
}

extension Tables {
  /// Bytes of earlier tables that are kept beside those of today.
  private static let pastByteLimit = 512 << 20

  /// These tables at an earlier moment; kept for the data version, the least recently used leave first.
  func asOf(_ asOf: AsOf, _ zone: TimeZoneTable, _ budget: Budget) throws -> Tables {
    if let past { return try past.base.asOf(asOf, zone, budget) }
    pastUses += 1
    if let known = pasts[asOf.moment] {
      pasts[asOf.moment] = (known.tables, pastUses)
      return known.tables
    }
    while pasts.values.reduce(0, { $0 + $1.tables.byteCount }) > Self.pastByteLimit,
      let oldest = pasts.min(by: { $0.value.use < $1.value.use })
    {
      pasts[oldest.key] = nil
    }
    let made = Tables(Past(asOf, of: self, zone: zone, budget: budget))
    pasts[asOf.moment] = (made, pastUses)
    return made
  }

  /// The rows that exist; nil if all do.
  func live(_ entity: String) throws -> [Int32]? {
    guard let flags = try past?.flags(entity) else { return nil }
    return flags.indices.filter { flags[$0] == 1 }.map { Int32($0) }
  }

  /// 1 for each row that exists; nil if all do.
  func liveFlags(_ entity: String) throws -> [UInt8]? { try past?.flags(entity) }
}
