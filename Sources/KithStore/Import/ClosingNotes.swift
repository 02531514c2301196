import KithBase
import KithModel

/// Remarks on what was made and on names that look like others, once all rows are in.
struct ClosingNotes {
  let log: ImportLog
  let book: Book
  let nodes: [ImportNode]

  func add() throws {
    noteMade()
    try noteSimilar()
    noteCurrency()
    if log.looseCount > 0 {
      let list = log.looseExamples.joined(separator: ", ")
      log.note(
        "named", "\(log.looseCount) references matched a name spelled otherwise: \(list)",
        "\(log.looseCount) 处引用按相近写法匹配到已有名称：\(list)")
    }
  }

  private func noteMade() {
    for (name, count) in log.parentsMade.sorted(by: { $0.key < $1.key }) where count > 0 {
      guard let entity = book.catalogue.entity(name) else { continue }
      let few = (log.namesMade[name] ?? []).prefix(3).joined(separator: ", ")
      let example = few.isEmpty ? "" : ": \(few)" + (count > 3 ? " …" : "")
      log.note(
        "made",
        "\(count) \(count == 1 ? entity.name : entity.plural) made because rows refer to "
          + "\(count == 1 ? "it" : "them")\(example)",
        "因引用而新建 \(count) 个\(entity.zh)\(example)")
    }
  }

  /// A made name that differs from another only in case, width, blanks or marks is perhaps the
  /// same.
  private func noteSimilar() throws {
    for (name, made) in log.namesMade.sorted(by: { $0.key < $1.key }) {
      guard let entity = book.catalogue.entity(name),
        let title = ImportNames(catalogue: book.catalogue).titleField(entity)
      else { continue }
      var wanted: [String: String] = [:]
      for word in made { wanted[foldedWord(word)] = word }
      let statement = try book.connection.prepare(
        "SELECT DISTINCT \(Schema.quoted(title.column)) FROM \(Schema.quoted(name))")
      var pairs: [(String, String)] = []
      while try statement.step() {
        guard let other = statement.text(0), let word = wanted[foldedWord(other)], word != other
        else { continue }
        pairs.append((word, other))
      }
      guard let first = pairs.first else { continue }
      let more = pairs.count > 1 ? " (and \(pairs.count - 1) more)" : ""
      log.note(
        "similar",
        "\(name) '\(first.0)' was made, and '\(first.1)' is perhaps the same\(more); --loose takes "
          + "such names as one",
        "新建的\(entity.zh)'\(first.0)'可能就是'\(first.1)'\(pairs.count > 1 ? "等 \(pairs.count) 处" : "")；"
          + "用 --loose 可视为同一个")
    }
  }

  private func noteCurrency() {
    for node in nodes {
      for column in node.columns where column.decoder.foreignCount > 0 {
        let count = column.decoder.foreignCount
        log.note(
          "currency",
          "\(count) amounts of '\(column.header)' carry the sign of another currency; none was "
            + "converted",
          "'\(column.header)' 有 \(count) 个金额带其他币种符号，未做换算")
      }
    }
  }
}

/// Amounts of purchases that came with their lines.
enum Purchases {
  /// A purchase an import of items made costs what its items cost, unless the file says itself.
  static func addUp(
    _ rows: RowImporter, _ bindings: [ColumnBinding], _ book: Book, _ log: ImportLog
  ) throws {
    guard rows.root.entity.name == "item" else { return }
    let paths = Set(bindings.map(\.target.path))
    var sets: [String] = []
    for column in ["amount", "cost"]
    where paths.contains(column) && !paths.contains("purchase.\(column)") {
      sets.append(
        "\"\(column)_fen\" = (SELECT sum(\"\(column)_fen\") FROM \"item\" "
          + "WHERE \"purchase_id\" = \"purchase\".\"id\")")
    }
    guard !sets.isEmpty else { return }
    let update = try book.connection.prepare(
      "UPDATE \"purchase\" SET \(sets.joined(separator: ", ")) WHERE \"id\" = ?")
    let made = Set(rows.purchasesMade)
    for id in rows.purchasesMade {
      try update.bind(1, id)
      try update.run()
    }
    let extended = rows.purchasesExtended.subtracting(made).count
    if extended > 0 {
      log.note(
        "amounts", "\(extended) purchases that were in the book got items; their amounts were left",
        "\(extended) 笔已有的购买增加了明细，其金额未改动")
    }
  }
}
