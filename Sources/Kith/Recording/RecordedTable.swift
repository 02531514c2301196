import KithBase
import KithModel
import KithShow
import KithStore

/// The changed cells of a recording as a table, with what was done as notes.
struct RecordedTable {
  let session: Session
  let journal: Journal
  let rehearses: Bool

  func table(_ started: Int64) throws -> Table {
    let chinese = session.options.tongue == .chinese
    var columns: [[String]] = [[], [], [], []]
    for entry in journal.entries {
      let columnsOfEntity = try journal.columns(of: entry.entity)
      let type = columnsOfEntity.logged(entry.field)?.type ?? .int
      let spec = session.book.catalogue.entity(entry.entity)
      columns[0].append(try shownObject(entry, spec, chinese))
      columns[1].append(entry.field == "id" ? "" : shownField(entry, spec, chinese))
      columns[2].append(try shown(entry.from, type, entry))
      columns[3].append(try shown(entry.to, type, entry))
    }
    let names = chinese ? ["对象", "字段", "变更前", "变更后"] : ["object", "field", "from", "to"]
    let result = zip(names, columns).map { name, texts in
      var builder = TextDictionaryBuilder()
      let codes = texts.map { builder.code(Array($0.utf8)) }
      return ResultColumn(name: name, type: .text, vector: .text(codes, builder.finish()))
    }
    return Table(
      result: ResultTable(
        columns: result, rowCount: journal.entries.count, notes: summary() + journal.notes,
        milliseconds: Double(SystemClock.microseconds - started) / 1000),
      style: session.style, totalRowCount: journal.entryCount, ids: [], entity: nil)
  }

  private func shownObject(
    _ entry: Journal.Entry, _ spec: EntitySpec?, _ chinese: Bool
  ) throws -> String {
    let word = (chinese ? spec?.zh : spec?.name) ?? entry.entity
    let title = try journal.title(of: entry.entity, entry.id)
    return title == "\(entry.entity) \(entry.id)" ? "\(word) \(entry.id)" : "\(word) \(title)"
  }

  private func shownField(_ entry: Journal.Entry, _ spec: EntitySpec?, _ chinese: Bool) -> String {
    guard chinese, let spec else { return entry.field }
    return spec.fields.first { $0.name == entry.field || $0.column == entry.field }?.zh
      ?? spec.toOne.first { $0.name == entry.field }?.zh ?? entry.field
  }

  /// A cell as results show values of its type; a row made or removed by its id.
  private func shown(_ value: StoredValue, _ type: KithType, _ entry: Journal.Entry) throws
    -> String
  {
    if entry.field == "id" { return value.isNull ? "" : "#\(entry.id)" }
    switch (type, value) {
    case (_, .null): return ""
    case (.object(let target), .int(let id)): return try journal.title(of: target, id)
    case (.money, .int(let fen)): return text(.money(fen), type)
    case (.bool, .int(let truth)): return text(.bool(truth != 0), type)
    case (.percent, .real(let ratio)): return text(.float(ratio), type)
    case (.enumeration(let name), .text(let code)):
      guard session.options.tongue == .chinese,
        let found = session.book.catalogue.enumeration(name)?.values.first(where: {
          $0.code == code
        })
      else { return code }
      return found.zh
    case (.time, .text(let stored)):
      return StoredText.instant(stored).map { text(.time($0), .time) } ?? stored
    default: return value.logged ?? ""
    }
  }

  private func text(_ value: Scalar, _ type: KithType) -> String {
    session.style.text(of: value, type: type, labels: nil)
  }

  /// How many rows of which kind, and how to take it back.
  private func summary() -> [Note] {
    var english: [String] = []
    var chinese: [String] = []
    for entity in journal.touched {
      guard let counts = journal.counts[entity],
        let spec = session.book.catalogue.entity(entity)
      else { continue }
      for (count, word, zh) in [
        (counts.new, "added", "新增"), (counts.changed, "changed", "修改"),
        (counts.removed, "removed", "删除"),
      ] where count > 0 {
        english.append("\(count) \(count == 1 ? spec.name : spec.plural) \(word)")
        chinese.append("\(zh) \(count) 个\(spec.zh)")
      }
    }
    if english.isEmpty {
      return [Note(kind: "recorded", english: "nothing changed", chinese: "没有变化")]
    }
    let isUndo = journal.kind == "undo"
    let (tail, zhTail) =
      rehearses
      ? ("nothing was kept", "未保存")
      : isUndo ? ("taken back", "已撤销") : ("undo takes it back", "撤销可收回")
    return [
      Note(
        kind: "recorded", english: english.joined(separator: ", ") + "; " + tail,
        chinese: chinese.joined(separator: "，") + "；" + zhTail)
    ]
  }
}
