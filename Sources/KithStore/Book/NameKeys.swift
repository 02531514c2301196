import KithBase

/// `customer.name_key`: a customer's name in the form by which `duplicates` tells firms apart, so that any
/// SQLite tool can look for likely twins.
enum NameKeys {
  /// Gives every customer the key of its name, or only those without one. Another program may have written
  /// names since; a key that fits is left alone.
  static func refresh(_ connection: Connection, onlyMissing: Bool) throws {
    let filter = onlyMissing ? " WHERE \"name_key\" IS NULL" : ""
    let rows = try connection.prepare(
      "SELECT \"id\", \"name\", \"name_key\" FROM \"customer\"\(filter)")
    var changed: [(id: Int64, key: String)] = []
    while try rows.step() {
      guard let id = rows.int(0), let name = rows.text(1) else { continue }
      let key = Likeness.form(of: name)
      if !key.isEmpty, rows.text(2) != key { changed.append((id, key)) }
    }
    let update = try connection.prepare("UPDATE \"customer\" SET \"name_key\" = ? WHERE \"id\" = ?")
    for (id, key) in changed {
      try update.bind(1, key)
      try update.bind(2, id)
      try update.run()
    }
  }
}
