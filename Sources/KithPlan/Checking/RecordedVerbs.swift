import KithBase
import KithLanguage
import KithModel

/// `advance`, `log`, `refer`, `claim` and `merge`.
extension Checker {
  // MARK: Advance

  func advancing(
    _ target: ExprSyntax, _ stage: NameSyntax, _ at: ExprSyntax?, _ items: [AssignmentSyntax]
  ) throws -> Recording {
    let flow = try self.target(target)
    if flow.entity == "customer" { return try advancingClass(flow, stage, at, items) }
    guard flow.entity == "opportunity" else {
      throw wrongKind(flow, "opportunities and customers", "商机和客户", target.span)
    }
    let reason = items.first { ["reason", "原因"].contains(fold($0.name.text)) }
    var columns = try assigned(
      items.filter { $0.name != reason?.name }, of: "opportunity", in: flow)
    if let at { columns.append(Recorded(name: "at", expr: try moment(at))) }
    let act: Recording.Act
    if let state = index.value(stage.text, of: "opportunity_state")?.code, state != "open" {
      act = .close(state: state)
    } else if let code = stageCode(stage.text) {
      act = .advance(stage: code)
    } else {
      throw unknownStage(stage.text, at: stage.span)
    }
    if let reason { columns += try reasonColumns(reason, flow, columns, isClosing: act.isClosing) }
    return recording(act, flow, columns)
  }

  /// Of a closing the reason may be one of the list; anything else is a remark on the move.
  private func reasonColumns(
    _ item: AssignmentSyntax, _ flow: Flow, _ columns: [Recorded], isClosing: Bool
  ) throws -> [Recorded] {
    var word: String?
    switch item.value.kind {
    case .name(let name): word = name.text
    case .literal(.text(let text)): word = text
    default: break
    }
    if isClosing, let word, let found = index.value(word, of: "lost_reason"),
      !columns.contains(where: { $0.name == "lost_reason" })
    {
      let type = KithType.enumeration("lost_reason")
      return [Recorded(name: "lost_reason", expr: Expr(.literal(.code(found.code)), type))]
    }
    return [Recorded(name: "reason", expr: try value(item.value, as: .text))]
  }

  private func advancingClass(
    _ flow: Flow, _ name: NameSyntax, _ at: ExprSyntax?, _ items: [AssignmentSyntax]
  ) throws -> Recording {
    guard let found = index.value(name.text, of: "class") else {
      throw unknownValue(name.text, of: "class", at: name.span)
    }
    if let at {
      throw fail(
        Diagnostic(
          "K2409", say("a class changes now, without a date", "类别从现在起变更，不带日期"), at: at.span))
    }
    let code = Expr(.literal(.code(found.code)), .enumeration("class"))
    return recording(
      .update, flow,
      [Recorded(name: "class", expr: code)] + (try assigned(items, of: "customer", in: flow)))
  }

  func wrongKind(_ flow: Flow, _ english: String, _ chinese: String, _ span: SourceSpan) -> Stop {
    let entity = index.catalogue.entity(flow.entity ?? "")
    return fail(
      Diagnostic(
        "K2410",
        say(
          "this is for \(english), not for \(entity?.plural ?? "rows")",
          "这里要的是\(chinese)，不是\(entity?.zh ?? "行")"),
        at: span))
  }

  /// A time, or the first instant of a day.
  private func moment(_ syntax: ExprSyntax) throws -> Expr { try value(syntax, as: .time) }

  // MARK: Log

  func logging(_ kind: NameSyntax, _ target: ExprSyntax?, _ items: [AssignmentSyntax]) throws
    -> Recording
  {
    guard let found = index.value(kind.text, of: "activity_kind") else {
      throw unknownValue(kind.text, of: "activity_kind", at: kind.span)
    }
    var flow = Flow(plan: .scan(.one), object: nil)
    if let target { flow = try self.target(target) }
    let given = try assigned(items, of: "activity", in: flow)
    var columns = [
      Recorded(
        name: "kind", expr: Expr(.literal(.code(found.code)), .enumeration("activity_kind")))
    ]
    if let target { columns += try links(flow, target.span) }
    columns = columns.filter { column in !given.contains { $0.name == column.name } } + given
    return recording(.insert, flow, entity: "activity", columns)
  }

  /// What an activity is about, with the customer that follows from it.
  private func links(_ flow: Flow, _ span: SourceSpan) throws -> [Recorded] {
    guard let object = flow.object, let entity = flow.entity,
      let path = index.catalogue.entity("activity")?.toOne.first(where: { $0.target == entity })
    else { throw wrongKind(flow, "customers, contacts, deals and referrals", "客户、联系人、商机和推荐", span) }
    var columns = [Recorded(name: path.name, expr: object)]
    if ["contact", "opportunity", "referral"].contains(entity) {
      columns.append(
        Recorded(
          name: "customer",
          expr: Expr(.field(object, entity: entity, field: "customer"), .object("customer"))))
    }
    return columns
  }

  // MARK: Refer

  func referring(_ object: ExprSyntax, _ referrer: ExprSyntax, _ items: [AssignmentSyntax]) throws
    -> Recording
  {
    var flow = Flow(plan: .scan(.one), object: nil)
    var name: String?
    if case .literal(.text(let text)) = object.kind, !text.trimmed.isEmpty {
      let ids = facts.find("customer", text.trimmed)
      if ids.isEmpty {
        name = text.trimmed
      } else if let customer = index.catalogue.entity("customer") {
        let id = try objectID(customer, .text(text.trimmed), object.span)
        guard let row = facts.row(of: "customer", id: id) else { throw Stop() }
        flow = try valueFlow(
          Typed(Expr(.literal(.object(row)), .object("customer")), object.span))
      }
    } else {
      flow = try target(object)
      guard flow.entity == "customer" || flow.entity == "contact" else {
        throw wrongKind(flow, "customers and contacts", "客户和联系人", object.span)
      }
    }
    // The kind of acquaintance belongs to who refers, the rest to the referral.
    let words = ["category", "relation", "推荐类别", "关系"]
    let kind = items.first { words.contains(fold($0.name.text)) }
    var columns = try assigned(items.filter { $0.name != kind?.name }, of: "referral", in: flow)
    columns.append(try by(referrer, ["referrer", "customer", "contact"], flow))
    if let kind {
      columns.append(
        Recorded(
          name: "category", expr: try value(kind.value, as: .enumeration("referrer_category"))))
    }
    return recording(.refer(name: name), flow, entity: "referral", columns)
  }

  /// The one behind `by`.
  private func by(_ syntax: ExprSyntax, _ kinds: [String], _ flow: Flow) throws -> Recorded {
    let value = try check(syntax)
    guard let entity = value.type.entity, kinds.contains(entity) else {
      let specs = kinds.compactMap { index.catalogue.entity($0) }
      throw fail(
        Diagnostic(
          "K2411",
          say(
            "'by' takes a " + specs.map(\.name).joined(separator: ", a "),
            "“由”之后是" + specs.map(\.zh).joined(separator: "、")),
          at: syntax.span))
    }
    return Recorded(name: "by", expr: value.expr)
  }

  // MARK: Claim

  func claiming(
    _ target: ExprSyntax, _ owner: ExprSyntax, _ until: ExprSyntax?, _ items: [AssignmentSyntax]
  ) throws -> Recording {
    let flow = try self.target(target)
    guard flow.entity == "customer" else { throw wrongKind(flow, "customers", "客户", target.span) }
    var columns = try assigned(items, of: "claim", in: flow)
    columns.append(try by(owner, ["member", "grid"], flow))
    if let until { columns.append(Recorded(name: "until", expr: try value(until, as: .date))) }
    return recording(.claim, flow, entity: "claim", columns)
  }

  // MARK: Merge

  func merging(_ target: ExprSyntax, _ kept: ExprSyntax) throws -> Recording {
    let flow = try self.target(target)
    guard let name = flow.entity, let entity = index.catalogue.entity(name),
      entity.toOne.contains(where: { $0.name == "merged_into" })
    else { throw wrongKind(flow, "customers, contacts and deals", "客户、联系人和商机", target.span) }
    let into: Expr
    switch kept.kind {
    case .literal(.int(let id)):
      _ = try objectID(entity, .id(id), kept.span)
      guard let row = facts.row(of: name, id: id) else { throw Stop() }
      into = Expr(.literal(.object(row)), .object(name))
    case .literal(.text(let text)):
      let id = try objectID(entity, .text(text), kept.span)
      guard let row = facts.row(of: name, id: id) else { throw Stop() }
      into = Expr(.literal(.object(row)), .object(name))
    default:
      let value = try check(kept)
      guard value.type == .object(name) else {
        throw fail(
          Diagnostic(
            "K2412",
            say("only two of one kind can be merged", "只能合并同一类对象"), at: kept.span))
      }
      into = value.expr
    }
    return recording(.merge, flow, [Recorded(name: "into", expr: into)])
  }
}

extension Recording.Act {
  var isClosing: Bool { if case .close = self { true } else { false } }
}
