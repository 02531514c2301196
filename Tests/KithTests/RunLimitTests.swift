import KithBase
import KithPlan
import KithRun
import Testing

/// Limits end a query and leave the engine as it was.
@Suite struct RunLimitTests {
  private let a = Make.slot(1, .int)

  private var plan: Plan {
    .order(Make.table([(0..<50_000).map { Int64?($0 * 31 % 1_000) }]), [SortKey(a)])
  }

  private func code(_ budget: Budget, _ engine: Engine, _ plan: Plan) -> String? {
    do {
      _ = try engine.run(Make.query(plan, [a]), budget: budget)
      return nil
    } catch let problem as Diagnostic {
      return problem.code
    } catch {
      return "another error"
    }
  }

  @Test func eachLimitHasItsCode() throws {
    let engine = Make.engine()
    #expect(code(Budget(limits: .init(rowsScanned: 1_000)), engine, plan) == "K5003")
    #expect(code(Budget(limits: .init(memoryBytes: 1_000)), engine, plan) == "K5004")
    #expect(code(Budget(limits: .init(outputRows: 10)), engine, plan) == "K5005")
    var time: Int64 = 0
    let slow = Budget(limits: .init(timeMilliseconds: 5)) {
      time += 3
      return time
    }
    #expect(code(slow, engine, plan) == "K5002")
    let interruption = Interruption()
    interruption.pull()
    #expect(code(Budget(interruption: interruption), engine, plan) == "K5001")
    interruption.reset()
    #expect(code(Budget(interruption: interruption), engine, plan) == nil)
  }

  @Test func fewerRowsMayBeWorkedOutThanCounted() throws {
    let result = try Make.engine().run(
      Make.query(plan, [a]), budget: Budget(), maximumRows: 3)
    #expect(result.rowCount == 50_000)
    #expect(result.shownRows == 3)
    #expect(result.columns[0].count == 3)
  }

  @Test func overflowIsAnErrorAndNoWrap() throws {
    let table = Make.table([[Int64.max]])
    let sum = Make.call(.add, [a, Make.int(1)], .int)
    #expect(throws: Diagnostic.self) { try runInts(table, [sum]) }
    let product = Make.call(.multiply, [a, Make.int(2)], .int)
    #expect(throws: Diagnostic.self) { try runInts(table, [product]) }
    let zero = Make.query(table, [Make.call(.remainder, [a, Make.int(0)], .int)])
    let result = try Make.engine().run(zero, budget: Budget())
    #expect(result.columns[0].scalar(0, .int) == .empty)
    #expect(result.notes.map(\.kind) == ["division"])
  }
}
