import KithBase

// Two trees are the same if they say the same: places, comments and blank lines do not count. Text
// compares by canonical equivalence, so names are equal in NFC and NFD alike.

extension NameSyntax {
  package static func == (left: NameSyntax, right: NameSyntax) -> Bool {
    left.text == right.text && left.quoted == right.quoted
  }
}

extension ProgramSyntax {
  package static func == (left: ProgramSyntax, right: ProgramSyntax) -> Bool {
    left.statements == right.statements
  }
}

extension StatementSyntax {
  package static func == (left: StatementSyntax, right: StatementSyntax) -> Bool {
    left.kind == right.kind
  }
}

extension PipelineSyntax {
  package static func == (left: PipelineSyntax, right: PipelineSyntax) -> Bool {
    left.asOf == right.asOf && left.source == right.source && left.stages == right.stages
  }
}

extension SourceSyntax {
  package static func == (left: SourceSyntax, right: SourceSyntax) -> Bool {
    left.kind == right.kind && left.alias == right.alias
  }
}

extension StepSyntax {
  package static func == (left: StepSyntax, right: StepSyntax) -> Bool {
    switch (left, right) {
    case (.name(let a), .name(let b)): a == b
    case (.text(let a, _), .text(let b, _)): a == b
    case (.position(let a, _), .position(let b, _)): a == b
    default: false
    }
  }
}

extension ItemSyntax {
  /// The star of a `select *` has no expression.
  package static func == (left: ItemSyntax, right: ItemSyntax) -> Bool {
    left.isStar == right.isStar && left.name == right.name
      && (left.isStar || left.expr == right.expr)
  }
}
