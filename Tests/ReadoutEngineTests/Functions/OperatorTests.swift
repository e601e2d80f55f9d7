import ReadoutVectors
import Testing

@testable import ReadoutEngine

/// Operators against the definitions in Lua's manual, on values where the two kinds of number part.
struct OperatorTests {
  static let integers: [Int64] = [
    .min, .min + 1, -9_007_199_254_740_993, -9_007_199_254_740_992, -64, -63, -8, -7, -3, -2, -1, 0, 1, 2, 3, 7, 8, 63,
    64, 65,
    9_007_199_254_740_991, 9_007_199_254_740_992, 9_007_199_254_740_993, 4_611_686_018_427_387_905, .max - 1, .max,
  ]
  static let numbers: [Double] = [
    -.infinity, -0x1p64, -0x1p63, -0x1p53, -7.5, -2, -0.5, -0.0, 0, 0.5, 1, 2, 2.5, 7, 0x1p53, 9_007_199_254_740_994,
    0x1p62,
    0x1p63, 0x1p64, .infinity, .nan,
  ]

  static func run(_ name: String, _ a: Values, _ b: Values) throws -> Values {
    let function = try #require(BuiltInFunctions.operators.first { $0.signature.name == name })
    let kernel = try function.bind([Argument(type: a.type), Argument(type: b.type)])
    return try kernel.body([a, b], Evaluation(worker: Worker(index: 0), count: a.count))
  }

  /// Every pair of the lists, one a row.
  static func pairs<A, B>(_ a: [A], _ b: [B]) -> ([A], [B]) {
    (a.flatMap { x in b.map { _ in x } }, a.flatMap { _ in b })
  }

  @Test func mixedComparisonIsExact() throws {
    let (a, b) = Self.pairs(Self.integers, Self.numbers)
    let (left, right) = (Values(integers: Vector(a)), Values(numbers: Vector(b)))
    /// Negative, 0, positive, or nil for nan: by whole part in 128 bits, then by fraction.
    func order(_ i: Int64, _ d: Double) -> Int? {
      if d.isNaN { return nil }
      if d.isInfinite { return d < 0 ? 1 : -1 }
      let whole = d.rounded(.down)
      let difference = Int128(i) - Int128(whole)
      if difference != 0 { return difference < 0 ? -1 : 1 }
      return d > whole ? -1 : 0
    }
    let laws: [(String, (Int?) -> Bool)] = [
      ("==", { $0 == 0 }), ("~=", { $0 != 0 }), ("<", { $0.map { $0 < 0 } ?? false }),
      ("<=", { $0.map { $0 <= 0 } ?? false }), (">", { $0.map { $0 > 0 } ?? false }),
      (">=", { $0.map { $0 >= 0 } ?? false }),
    ]
    let mirrored = ["<": ">", "<=": ">=", ">": "<", ">=": "<="]
    for (name, law) in laws {
      let forward = try Self.run(name, left, right).booleans
      let backward = try Self.run(mirrored[name] ?? name, right, left).booleans
      for row in a.indices {
        let wanted: UInt8 = law(order(a[row], b[row])) ? 1 : 0
        #expect(forward[row] == wanted, "\(a[row]) \(name) \(b[row])")
        #expect(backward[row] == wanted, "\(a[row]) \(name) \(b[row]), mirrored")
      }
    }
  }

  @Test func integerArithmeticWrapsAndFloors() throws {
    let (a, b) = Self.pairs(Self.integers, Self.integers.filter { $0 != 0 })
    let (left, right) = (Values(integers: Vector(a)), Values(integers: Vector(b)))
    func wrapped(_ value: Int128) -> Int64 { Int64(truncatingIfNeeded: value) }
    func floored(_ a: Int128, _ b: Int128) -> Int128 {
      let quotient = a / b
      return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient
    }
    let laws: [(String, (Int128, Int128) -> Int128)] = [
      ("+", { $0 + $1 }), ("-", { $0 - $1 }), ("*", { $0 * $1 }), ("//", floored), ("%", { $0 - floored($0, $1) * $1 }),
    ]
    for (name, law) in laws {
      let result = try Self.run(name, left, right).integers
      for row in a.indices {
        #expect(result[row] == wrapped(law(Int128(a[row]), Int128(b[row]))), "\(a[row]) \(name) \(b[row])")
      }
    }
  }

  @Test func shiftsAreLogical() throws {
    let (a, b) = Self.pairs(Self.integers, Self.integers)
    let result = try Self.run("<<", Values(integers: Vector(a)), Values(integers: Vector(b))).integers
    let back = try Self.run(">>", Values(integers: Vector(a)), Values(integers: Vector(b))).integers
    for row in a.indices {
      let bits = UInt64(bitPattern: a[row])
      // Swift's smart shift of an unsigned number is Lua's: over-shifts give 0, negative ones turn round.
      #expect(UInt64(bitPattern: result[row]) == bits << b[row], "\(a[row]) << \(b[row])")
      #expect(UInt64(bitPattern: back[row]) == bits >> b[row], "\(a[row]) >> \(b[row])")
    }
  }

  @Test func floatRemainderHasTheDivisorsSign() throws {
    let cases: [(Double, Double, Double)] = [
      (5.5, 2, 1.5), (-5.5, 2, 0.5), (5.5, -2, -0.5), (-5.5, -2, -1.5), (5, .infinity, 5), (-5, .infinity, .infinity),
      (1e308, 3, 2),
    ]
    for (a, b, wanted) in cases {
      #expect(try Self.run("%", Values(numbers: [a]), Values(numbers: [b]))[0] == .number(wanted), "\(a) % \(b)")
    }
    #expect(try Self.run("//", Values(numbers: [-7]), Values(numbers: [2]))[0] == .number(-4))
    #expect(try Self.run("/", Values(integers: [7]), Values(integers: [0]))[0] == .number(.infinity))
  }

  @Test func integerDivisionByZeroNamesTheRowAndSparesNulls() throws {
    let function = try #require(BuiltInFunctions.operators.first { $0.signature.name == "//" })
    let kernel = try function.bind([Argument(type: .integer), Argument(type: .integer)])
    let arguments = [Values(integers: [1, 2, 3]), Values(integers: [1, 0, 0])]
    let error = #expect(throws: ReadoutError.self) {
      try kernel.body(
        arguments,
        Evaluation(worker: Worker(index: 0), count: 3, validity: Bitmap(bytes: [1, 0, 1]), firstRow: 10))
    }
    #expect(error?.row == 13)
    let nulls = Evaluation(worker: Worker(index: 0), count: 3, validity: Bitmap(bytes: [1, 0, 0]))
    #expect(throws: Never.self) { try kernel.body(arguments, nulls) }
  }

  @Test func floatsWithoutIntegerValueHaveNoBits() throws {
    #expect(try Self.run("&", Values(numbers: [6.0]), Values(integers: [3]))[0] == 2)
    for value in [0.5, 0x1p63, .nan, .infinity] {
      let error = #expect(throws: ReadoutError.self) {
        try Self.run("|", Values(numbers: [value]), Values(integers: [3]))
      }
      #expect(error?.message == "number has no integer representation")
    }
  }

  @Test func concatenationWritesNumbersAsLua() throws {
    let cases: [(Double, String)] = [
      (1, "1.0"), (1e15, "1e+15"), (0.1, "0.1"), (1e100, "1e+100"), (.infinity, "inf"), (-.infinity, "-inf"),
      (123_456.789, "123456.789"), (0x1p53, "9.007199254741e+15"), (-0.0, "-0.0"), (1.0 / 3, "0.33333333333333"),
    ]
    for (value, text) in cases {
      #expect(try Self.run("..", Values(numbers: [value]), Values(strings: StringVector([""])))[0] == .string(text))
    }
    for value in Self.integers {
      #expect(
        try Self.run("..", Values(integers: [value]), Values(strings: StringVector(["!"])))[0] == .string("\(value)!"))
    }
  }

  @Test func stringsCompareByCodePoint() throws {
    let strings = ["", "a", "Z", "ab", "é", "z", "\u{FFFD}", "\u{1F600}", "한국", "a\u{0}"]
    let (a, b) = Self.pairs(strings, strings)
    let dictionary = StringDictionary(StringVector(strings))
    func coded(_ values: [String]) -> Values {
      Values(
        type: .string, payload: .coded(Vector(values.map { UInt32(strings.firstIndex(of: $0)!) }), dictionary),
        count: values.count)
    }
    func less(_ a: String, _ b: String) -> Bool {
      a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars) { $0.value < $1.value }
    }
    let laws: [(String, (String, String) -> Bool)] = [
      ("==", { Array($0.utf8) == Array($1.utf8) }), ("~=", { Array($0.utf8) != Array($1.utf8) }), ("<", less),
      ("<=", { !less($1, $0) }), (">", { less($1, $0) }), (">=", { !less($0, $1) }),
    ]
    for (name, law) in laws {
      let wanted = Vector(a.indices.map { law(a[$0], b[$0]) ? UInt8(1) : 0 })
      #expect(try Self.run(name, Values(strings: StringVector(a)), Values(strings: StringVector(b))).booleans == wanted)
      #expect(try Self.run(name, coded(a), coded(b)).booleans == wanted)
      #expect(try Self.run(name, coded(a), Values(strings: StringVector(b))).booleans == wanted)
      let function = try #require(BuiltInFunctions.operators.first { $0.signature.name == name })
      for constant in strings {
        let kernel = try function.bind([Argument(type: .string), Argument(type: .text, constant: .string(constant))])
        let given = coded(strings + strings)
        let result = try kernel.body(
          [given, Values(repeating: .string(constant), type: .text, count: given.count)],
          Evaluation(worker: Worker(index: 0), count: given.count))
        #expect(result.booleans == Vector((strings + strings).map { law($0, constant) ? 1 : 0 }), "\(name) \(constant)")
      }
    }
  }

  @Test func timesSubtractAndCompare() throws {
    let date = Values(integers: [20_396], type: .date)
    let moment = Values(integers: [20_396 * 86_400_000_000 + 1_500_000], type: .timestamp)
    #expect(try Self.run("-", moment, date)[0] == .number(1.5))
    #expect(try Self.run("<", date, moment)[0] == true)
    #expect(try Self.run("+", Values(integers: [7]), date)[0] == .date(20_403))
    #expect(try Self.run("-", date, Values(integers: [7]))[0] == .date(20_389))
    let far = Values(integers: [.max], type: .date)
    #expect(try Self.run("<", moment, far)[0] == true)
  }

  @Test(arguments: [
    ("+", DataType.string, DataType.integer, "cannot add string and integer"),
    ("==", .string, .integer, "cannot compare string with integer"),
    ("<", .boolean, .boolean, "cannot compare boolean with boolean"),
    ("==", .list, .list, "cannot compare list with list"),
    ("-", .date, .number, "cannot subtract date and number"),
    ("*", .boolean, .integer, "cannot multiply boolean and integer"),
    ("..", .string, .date, "cannot concatenate string and date"),
    ("==", .date, .string, "cannot compare date with string"),
  ])
  func typesThatDoNotFit(name: String, left: DataType, right: DataType, message: String) throws {
    let function = try #require(BuiltInFunctions.operators.first { $0.signature.name == name })
    let error = #expect(throws: ReadoutError.self) {
      try function.bind([Argument(type: left, range: 0..<3), Argument(type: right, range: 7..<9)])
    }
    #expect(error?.message == message)
    #expect(error?.range == 0..<9)
    #expect(error?.hint != nil)
  }
}

extension Vector: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}
