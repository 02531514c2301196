import KithBase
import KithPlan
import Testing

/// Kernels of the shipped functions, one row at a time. Expected values are worked out by hand; where
/// that is not plain, a comment says how.
struct FunctionTests {
  @Test("every name finds its function, and no two functions share one")
  func names() {
    let functions = FunctionCatalogue.shipped.functions
    let names = functions.flatMap { [$0.name, $0.zh] + $0.aliases }
    #expect(Set(names).count == names.count)
    for function in functions {
      #expect(FunctionCatalogue.shipped.find(function.zh)?.name == function.name)
      #expect((1...3).contains(function.examples.count), "\(function.name)")
      #expect(!function.summary.isEmpty && !function.signature.isEmpty)
    }
    #expect(FunctionCatalogue.shipped.find("ROUND")?.name == "round")
    #expect(FunctionCatalogue.shipped.find("rounded") == nil)
  }

  @Test(
    "round: half away from zero by the shown decimals",
    arguments: [
      // 2.675 and 1.005 are stored as 2.67499… and 1.00499…; shown they end in a half.
      (2.675, 2, 2.68), (1.005, 2, 1.01), (-2.675, 2, -2.68), (2.674, 2, 2.67), (0.1, 1, 0.1),
      (12_345.678, -2, 12_300), (12_350, -2, 12_400), (1e300, 2, 1e300), (3, 400, 3),
      (3, -400, 0),
    ] as [(Double, Int64, Double)])
  func roundFloats(value: Double, digits: Int64, expected: Double) throws {
    #expect(
      try callFunction("round", (.float(value), .float), (.int(digits), .int)) == .float(expected))
  }

  @Test(
    "round without digits gives whole numbers",
    arguments: [(2.5, 3), (-2.5, -3), (2.4, 2), (0.49999999999999994, 0), (-0.2, 0)]
      as [(Double, Int64)])
  func roundToWhole(value: Double, expected: Int64) throws {
    #expect(try callFunction("round", (.float(value), .float)) == .int(expected))
  }

  @Test(
    "round of whole numbers and money",
    arguments: [
      (Scalar.int(12_345), KithType.int, -2, Scalar.int(12_300)),
      (.int(-150), .int, -2, .int(-200)), (.int(15), .int, 3, .int(15)),
      (.int(7), .int, -19, .int(0)), (.int(.max), .int, -40, .int(0)),
      // 12.345 元 is no amount of fen; 250 fen is 2.50 元: the even unit is 2, of 350 it is 4.
      (.money(250), .money, 0, .money(200)), (.money(350), .money, 0, .money(400)),
      (.money(351), .money, 1, .money(350)), (.money(355), .money, 1, .money(360)),
      (.money(355), .money, 2, .money(355)),
      // 1,234,567.89 元 to 万 is 1,230,000 元.
      (.money(123_456_789), .money, -4, .money(123_000_000)),
      // 12.345 % to one digit of the percent is 12.3 %; 12.35 % is 12.4 %.
      (.float(0.12345), .percent, 1, .float(0.123)), (.float(0.1235), .percent, 1, .float(0.124)),
    ] as [(Scalar, KithType, Int64, Scalar)])
  func roundOthers(value: Scalar, type: KithType, digits: Int64, expected: Scalar) throws {
    #expect(try callFunction("round", (value, type), (.int(digits), .int)) == expected)
  }

  @Test("round beyond the range is an error of the data")
  func roundOverflow() {
    #expect(
      functionErrorCode { try callFunction("round", (.int(.max), .int), (.int(-18), .int)) } == nil)
    #expect(
      functionErrorCode { try callFunction("round", (.int(.max), .int), (.int(-19), .int)) }
        == "K4201")
    // 9,223,372,036,854,775,807 to tens is …810, which is above the largest number.
    #expect(
      functionErrorCode { try callFunction("round", (.int(.max), .int), (.int(-1), .int)) }
        == "K4201")
    #expect(functionErrorCode { try callFunction("round", (.float(1e19), .float)) } == "K4201")
    #expect(functionErrorCode { try callFunction("floor", (.float(-1e19), .float)) } == "K4201")
  }

  @Test(
    "floor and ceil",
    arguments: [
      ("floor", Scalar.float(-2.1), KithType.float, Scalar.int(-3)),
      ("ceil", .float(-2.9), .float, .int(-2)), ("floor", .int(4), .int, .int(4)),
      ("floor", .money(-150), .money, .money(-200)), ("ceil", .money(-150), .money, .money(-100)),
      ("floor", .money(150), .money, .money(100)), ("ceil", .money(150), .money, .money(200)),
      ("ceil", .money(200), .money, .money(200)), ("floor", .money(-50), .money, .money(-100)),
      ("ceil", .money(-50), .money, .money(0)),
      ("abs", .int(-3), .int, .int(3)), ("abs", .float(-2.5), .float, .float(2.5)),
      ("abs", .money(-1), .money, .money(1)),
    ] as [(String, Scalar, KithType, Scalar)])
  func wholes(name: String, value: Scalar, type: KithType, expected: Scalar) throws {
    #expect(try callFunction(name, (value, type)) == expected)
  }

  @Test(
    "roots, logarithms, powers",
    arguments: [
      ("sqrt", [16.0], Scalar.float(4)), ("sqrt", [-1], .empty), ("ln", [1], .float(0)),
      ("ln", [0], .empty), ("log10", [1000], .float(3)), ("log10", [-5], .empty),
      ("exp", [0], .float(1)), ("power", [2, 10], .float(1024)), ("power", [9, 0.5], .float(3)),
      ("power", [-8, 0.5], .empty), ("power", [0, -1], .empty), ("power", [0, 0], .float(1)),
      ("sign", [-7], .int(-1)), ("sign", [0], .int(0)), ("sign", [0.5], .int(1)),
    ] as [(String, [Double], Scalar)])
  func numbers(name: String, values: [Double], expected: Scalar) throws {
    #expect(try callFunction(name, values.map { (Scalar.float($0), KithType.float) }) == expected)
  }

  @Test("an infinite result is an error of the data")
  func infinite() {
    #expect(functionErrorCode { try callFunction("exp", (.float(1000), .float)) } == "K4201")
    #expect(
      functionErrorCode { try callFunction("power", (.float(10), .float), (.float(400), .float)) }
        == "K4201")
  }

  @Test(
    "an empty argument gives empty",
    arguments: FunctionCatalogue.shipped.functions.map(\.name).filter {
      // Those of lists are in ListFunctionTests.
      !["concat", "given", "size", "element", "tail", "frequent", "commonest_share", "minus"]
        .contains($0) && !["product", "median_gap"].contains($0)
    })
  func emptyArguments(name: String) throws {
    let function = try #require(FunctionCatalogue.shipped.find(name))
    let candidates: [KithType] = [
      .text, .int, .date, .time, .duration(.days), .period(.month), .float,
    ]
    var ran = 0
    for count in function.arity where count <= 3 {
      for first in candidates {
        for rest in candidates {
          let types = [first] + [KithType](repeating: rest, count: count - 1)
          guard function.resultType(types) != nil else { continue }
          #expect(try callFunction(name, types.map { (.empty, $0) }) == .empty, "\(types)")
          ran += 1
        }
      }
    }
    // `split_part`, `pad_left` and `substring` take two kinds behind the text.
    if ["split_part", "pad_left", "substring"].contains(name) { return }
    #expect(ran > 0)
  }

  @Test("arguments that do not fit have no result type")
  func types() throws {
    let shipped = FunctionCatalogue.shipped
    #expect(try #require(shipped.find("length")).resultType([.int]) == nil)
    #expect(try #require(shipped.find("sqrt")).resultType([.text]) == nil)
    #expect(try #require(shipped.find("round")).resultType([.text]) == nil)
    #expect(try #require(shipped.find("days")).resultType([.duration(.months)]) == nil)
    #expect(try #require(shipped.find("round")).resultType([.exactMoney(scale: 3)]) == .money)
    #expect(try #require(shipped.find("round")).argumentTypes([.floatMoney]) == [.money])
    #expect(try #require(shipped.find("year_of")).argumentTypes([.time]) == [.time])
    #expect(try #require(shipped.find("sqrt")).argumentTypes([.int]) == [.float])
  }
}

/// One row through a function, its arguments converted as the checker would.
func callFunction(_ name: String, _ arguments: [(value: Scalar, type: KithType)]) throws -> Scalar {
  let function = try #require(FunctionCatalogue.shipped.find(name))
  let types = arguments.map(\.type)
  let result = try #require(function.resultType(types))
  let context = FunctionContext(
    zone: .shanghai, today: Day(number: 0), now: Instant(microseconds: 0), argumentTypes: types)
  let vectors = zip(arguments, function.argumentTypes(types)).map { argument, wanted in
    column(argument.value, wanted)
  }
  return try function.kernel(vectors, 1, context).scalar(0, result)
}

func callFunction(_ name: String, _ arguments: (Scalar, KithType)...) throws -> Scalar {
  try callFunction(name, arguments.map { (value: $0.0, type: $0.1) })
}

/// A column of one row.
private func column(_ value: Scalar, _ type: KithType) -> Vector {
  switch (type, value) {
  case (.text, .text(let text)): .text([text.isEmpty ? 0 : 1], TextDictionary([text]))
  case (.text, _): .text([0], TextDictionary([]))
  case (.date, .date(let day)), (.period, .date(let day)): .day([day.number])
  case (.date, _), (.period, _): .day([Vector.emptyDay])
  case (.float, .float(let number)), (.percent, .float(let number)): .float([number])
  case (.float, .int(let number)): .float([Double(number)])
  case (.float, _), (.percent, _): .float([.nan])
  case (.bool, .bool(let truth)): .bool([truth ? 1 : 0])
  case (.bool, _): .bool([Vector.emptyBool])
  case (_, .int(let number)), (_, .money(let number)): .int([number])
  case (_, .time(let instant)): .int([instant.microseconds])
  case (_, .duration(let length)): .int([length.days + length.microseconds])
  default: .int([Vector.emptyInt])
  }
}

/// The code of the diagnostic a closure throws; nil if it throws none.
func functionErrorCode(_ body: () throws -> Scalar) -> String? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? Diagnostic)?.code ?? "\(error)"
  }
}
