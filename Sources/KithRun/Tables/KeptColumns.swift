import KithBase
import KithPlan

/// Columns of aggregates over children that were made for one query and serve later ones, as long
/// as the tables hold. The least recently used make room.
final class KeptColumns {
  /// Bytes that all of them together may take.
  static let byteLimit = 128 << 20

  private var columns: [AggregateCall: (vector: Vector, use: Int)] = [:]
  private var uses = 0
  private var byteCount = 0

  init() {}

  func column(_ key: AggregateCall) -> Vector? {
    guard let known = columns[key] else { return nil }
    uses += 1
    columns[key] = (known.vector, uses)
    return known.vector
  }

  func keep(_ vector: Vector, _ key: AggregateCall) {
    let bytes = vector.byteCount
    guard bytes <= Self.byteLimit / 4, columns[key] == nil else { return }
    while byteCount + bytes > Self.byteLimit,
      let oldest = columns.min(by: { $0.value.use < $1.value.use })
    {
      byteCount -= oldest.value.vector.byteCount
      columns[oldest.key] = nil
    }
    uses += 1
    columns[key] = (vector, uses)
    byteCount += bytes
  }
}

extension AggregateCall {
  /// The call as the same question of any query reads: slots renumbered, words left out. Nil where
  /// the answer could depend on more than the tables and the constants in it.
  var lasting: AggregateCall? { renumbered(depth: 0) }

  fileprivate func renumbered(depth: Int) -> AggregateCall? {
    guard var through, depth < 8 else { return nil }
    let child = Expr(.slot(through.child), .object(through.entity))
    let slot = SlotID(-100 - depth)
    let new = Expr(.slot(slot), .object(through.entity))
    var call = self
    func lasting(_ expr: Expr) -> Expr? {
      expr.replacing(child, with: new).lasting(depth: depth + 1)
    }
    guard let object = through.object.lasting(depth: depth + 1) else { return nil }
    through.object = object
    through.child = slot
    call.through = through
    call.label = ""
    if let filter {
      guard let made = lasting(filter) else { return nil }
      call.filter = made
    }
    if let unit {
      guard let made = lasting(unit) else { return nil }
      call.unit = made
    }
    call.arguments = arguments.compactMap(lasting)
    call.sort = sort.compactMap { key in
      lasting(key.expr).map { SortKey($0, descending: key.descending) }
    }
    return call.arguments.count == arguments.count && call.sort.count == sort.count ? call : nil
  }
}

extension Expr {
  fileprivate func lasting(depth: Int) -> Expr? {
    switch kind {
    case .literal, .slot: return self
    case .field(let object, let entity, let field):
      return object.lasting(depth: depth).map {
        Expr(.field($0, entity: entity, field: field), type)
      }
    case .operation(let operation, let operands):
      let made = operands.compactMap { $0.lasting(depth: depth) }
      return made.count == operands.count ? Expr(.operation(operation, made), type) : nil
    case .choose(let choices, let otherwise):
      let made = choices.compactMap { choice -> Choice? in
        guard let condition = choice.condition.lasting(depth: depth),
          let value = choice.value.lasting(depth: depth)
        else { return nil }
        return Choice(condition: condition, value: value)
      }
      guard made.count == choices.count else { return nil }
      guard let otherwise else { return Expr(.choose(made, otherwise: nil), type) }
      return otherwise.lasting(depth: depth).map { Expr(.choose(made, otherwise: $0), type) }
    case .aggregate(let call):
      return call.renumbered(depth: depth).map { Expr(.aggregate($0), type) }
    // A derived field's body may speak of today, a function of the host of anything.
    case .derived, .function, .scalar, .inPlan: return nil
    }
  }
}
