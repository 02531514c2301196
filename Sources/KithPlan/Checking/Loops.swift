package import KithBase
package import KithLanguage
import KithModel

/// What a loop's variable is: one value, an object, or a row with columns.
package struct LoopShape: Sendable {
  package struct Column: Sendable {
    package var name: String
    /// The other tongue's name, where there is one.
    package var otherName: String?
    /// Objects come as ids.
    package var type: KithType
  }
  package var columns: [Column]
  /// The rows stand for objects of this entity: their ids come first.
  package var entity: String?
  /// The only column is a list: the loop runs over its elements.
  package var runsOverElements: Bool

  /// A lone column is a value by the variable's own name.
  var isValue: Bool { entity == nil && columns.count == 1 }
}

/// One turn of a loop: the values of the query's output, objects as ids.
package struct LoopRow: Sendable {
  package var values: [Scalar]
  package init(values: [Scalar]) { self.values = values }
}

extension Environment {
  /// A loop's variable in one turn; without a row (while checking before running) only its shape.
  package mutating func bind(_ name: String, to shape: LoopShape, _ row: LoopRow?) {
    bindings[fold(name)] = .loop(shape, row)
  }
}

extension Checker {
  /// The plan of what a loop runs over. Its output is the values of each turn, objects as ids.
  package func checkLoop(_ pipeline: PipelineSyntax) -> (query: Query, shape: LoopShape)? {
    guard let flow = attempt({ try self.flow(of: pipeline) }), !hasErrors else { return nil }
    var columns = flow.object == nil ? shownColumns(of: flow) : flow.columns
    for row in flow.names where flow.object != row.object {
      if let object = row.object { columns.append(Column(name: row.name, expr: object)) }
    }
    var query = finish(flow)
    query.output = ([flow.object].compactMap { $0 } + columns.map(\.expr)).map { expr in
      let settled = rounded(expr)
      guard let entity = settled.type.entity else {
        return OutputColumn(name: "value", expr: settled)
      }
      return OutputColumn(
        name: "value", expr: Expr(.field(settled, entity: entity, field: "id"), .int))
    }
    var shape = LoopShape(
      columns: columns.map {
        LoopShape.Column(name: $0.name, otherName: $0.zh, type: rounded($0.expr).type)
      }, entity: flow.entity, runsOverElements: false)
    if shape.isValue, case .list(let element) = shape.columns[0].type {
      shape.columns[0].type = element
      shape.runsOverElements = true
    }
    return (query, shape)
  }

  /// What a loop's variable stands for where it is named.
  enum LoopValue {
    case value(Typed)
    case row(NamedRow)
  }

  func loopValue(_ name: NameSyntax, _ shape: LoopShape, _ row: LoopRow?) throws -> LoopValue {
    let offset = shape.entity == nil ? 0 : 1
    var object: Expr?
    if let entity = shape.entity {
      object = try loopObject(entity, row?.values.first, name.span).expr
    }
    let values = try shape.columns.enumerated().map { place, column in
      let scalar = row.map {
        $0.values.indices.contains(place + offset) ? $0.values[place + offset] : .empty
      }
      return try loopValue(scalar, column.type, name.span)
    }
    if shape.isValue, var value = values.first {
      value.label = name.text
      return .value(value)
    }
    let columns = zip(shape.columns, values).map {
      Column(name: $0.name, zh: $0.otherName, expr: $1.expr)
    }
    return .row(NamedRow(name: name.text, object: object, columns: columns))
  }

  /// A loop's variable as the rows a pipeline begins with: one.
  func loopFlow(_ name: NameSyntax, _ shape: LoopShape, _ row: LoopRow?) throws -> Flow {
    switch try loopValue(name, shape, row) {
    case .value(let value): return try valueFlow(value)
    case .row(let row):
      var flow: Flow
      if let object = row.object {
        flow = try valueFlow(Typed(object, name.span))
      } else {
        flow = Flow(plan: .scan(.one), object: nil)
      }
      for column in row.columns {
        let slot = newSlot()
        flow.plan = .compute(flow.plan, [ComputedSlot(slot, column.expr)])
        var column = column
        column.expr = .slot(slot, column.expr.type)
        flow.columns.append(column)
      }
      return flow
    }
  }

  /// Nil: the value is not known yet. Numbers are constants, as those a text gives; all else has the
  /// type of its column.
  private func loopValue(_ scalar: Scalar?, _ type: KithType, _ span: SourceSpan) throws -> Typed {
    if let entity = type.entity { return try loopObject(entity, scalar, span) }
    switch scalar {
    case .int(let number)? where type == .int: return constant(.number(Decimal(number)), span)
    case .float(let number)? where type == .float: return constant(.float(number), span)
    case nil where type == .int || type == .float:
      return Typed(.empty(type), span, constant: .open)
    case let scalar?: return Typed(Expr(.literal(scalar), type), span)
    case nil: return Typed(.empty(type), span)
    }
  }

  private func loopObject(_ entity: String, _ scalar: Scalar?, _ span: SourceSpan) throws -> Typed {
    guard case .int(let id)? = scalar else { return Typed(.empty(.object(entity)), span) }
    return try parameter(.object(entity: entity, id: id), span)
  }
}
