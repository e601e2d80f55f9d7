import ReadoutVectors
import Testing

@testable import ReadoutEngine

/// Scalar functions against naive versions, and the laws that hold for all.
struct ScalarTests {
  static let strings = [
    "", "a", " a b ", "Köln", "STRASSE ß", "한국 2025", "a,b,,c", "aaaa", "\u{1F600}x", "12", "-3.5", "1e3", "true",
    "x\u{2003}",
    "İstanbul", "ΑΣ", "a\u{0}b",
  ]

  static func evaluator(_ form: TinyEvaluator.Form = .rows) -> TinyEvaluator { TinyEvaluator(form) }

  @Test func subIsLuasOverCodePoints() throws {
    for string in Self.strings {
      let points = Array(string.unicodeScalars)
      let count = points.count
      for from in -count - 2...count + 2 {
        for to in -count - 2...count + 2 {
          let first = max(1, from < 0 ? count + from + 1 : from)
          let last = min(count, to < 0 ? count + to + 1 : to)
          let wanted = first <= last ? String(String.UnicodeScalarView(points[(first - 1)...(last - 1)])) : ""
          let given = try Self.evaluator().call("sub", [.string(string), .integer(Int64(from)), .integer(Int64(to))])
          #expect(given == .string(wanted), "sub('\(string)', \(from), \(to))")
        }
      }
      #expect(try Self.evaluator().call("sub", [.string(string), .integer(.min), .integer(.max)]) == .string(string))
      #expect(try Self.evaluator().call("length", [.string(string)]) == .integer(Int64(count)))
    }
  }

  @Test func caseIsUnicodes() throws {
    for string in Self.strings {
      let lower = string.unicodeScalars.map(\.properties.lowercaseMapping).joined()
      let upper = string.unicodeScalars.map(\.properties.uppercaseMapping).joined()
      #expect(try Self.evaluator().call("lower", [.string(string)]) == .string(lower))
      #expect(try Self.evaluator().call("upper", [.string(string)]) == .string(upper))
    }
  }

  @Test func plainSearchesMatchNaiveOnes() throws {
    for string in Self.strings {
      for part in ["", "a", "aa", "b", ",", "한", "Köln", "x\u{2003}", "a\u{0}b", " a b  "] {
        let (s, p) = (Array(string.utf8), Array(part.utf8))
        let starts = s.starts(with: p)
        let ends = s.reversed().starts(with: p.reversed())
        let holds = p.isEmpty || s.indices.contains { s[$0...].starts(with: p) }
        let arguments: [Scalar] = [.string(string), .string(part)]
        for form in TinyEvaluator.Form.allCases {
          let evaluator = Self.evaluator(form)
          #expect(try evaluator.call("starts_with", arguments) == .boolean(starts))
          #expect(try evaluator.call("ends_with", arguments) == .boolean(ends))
          #expect(try evaluator.call("contains", arguments) == .boolean(holds))
          let replaced = try evaluator.call("replace", arguments + ["<>"])
          let pieces = try evaluator.call("split", arguments)
          guard case .list(let items) = pieces else { throw TinyEvaluator.Failure(message: "split gives no list") }
          #expect(items.joined(separator: part) == string)
          if !part.isEmpty { #expect(replaced == .string(items.joined(separator: "<>"))) }
          #expect(try evaluator.call("join", [pieces, .string(part)]) == .string(string))
          for item in items { #expect(try evaluator.call("contains", [pieces, .string(item)]) == true) }
        }
      }
    }
  }

  @Test(arguments: [
    ("12", 12.0), ("-0", -0.0), ("+1.5", 1.5), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("1E-3", 0.001), (" 7 ", 7),
    ("inf", .infinity),
    ("0.1", 0.1), ("123456789012345678901234567890", 0x1.8ee90ff6c373ep96),
    ("179769313486231580793728971405301e276", 1.797_693_134_862_315_8e308), ("4.9e-324", .leastNonzeroMagnitude),
    ("0.000000000000000000000000000001", 1e-30), ("9007199254740993", 0x1p53),
  ])
  func numbersAreRead(text: String, value: Double) {
    #expect(NumberText.number(Array(text.utf8).span) == value)
  }

  @Test(arguments: [
    "", " ", "-", ".", "e3", "1e", "1e+", "1 2", "0x10", "1_000", "1,5", "12a", "infinity", "--1", "1e 3", "1.2.3", "１",
    "1e999", "-1e400",
  ])
  func textsThatAreNoNumbers(text: String) {
    #expect(NumberText.number(Array(text.utf8).span) == nil)
    #expect(NumberText.integer(Array(text.utf8).span) == nil)
  }

  @Test func randomNumbersReadBack() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      if value.isNaN { continue }
      #expect(NumberText.number(Array("\(value)".utf8).span) == value)
      let plain = Double(Int64.random(in: -999_999...999_999, using: &random)) / 1000
      #expect(NumberText.number(Array("\(plain)".utf8).span) == plain)
      let integer = Int64(bitPattern: random.next())
      #expect(NumberText.integer(Array("\(integer)".utf8).span) == integer)
    }
    for value in [Int64.min, .max, 0, -1] { #expect(NumberText.integer(Array("\(value)".utf8).span) == value) }
    for text in ["9223372036854775808", "-9223372036854775809", "99999999999999999999"] {
      #expect(NumberText.integer(Array(text.utf8).span) == nil)
    }
  }

  /// A conversion is an error just where its twin gives null.
  @Test(arguments: ["number", "integer", "boolean", "date", "timestamp"])
  func twinsAgree(name: String) throws {
    let values: [Scalar] = Self.strings.map { .string($0) } + ["2025-11-04", "2025-11-04T09:30:00Z", "False", "0"]
    for value in values {
      for form in TinyEvaluator.Form.allCases {
        let evaluator = Self.evaluator(form)
        let twin = try evaluator.call("try_\(name)", [value])
        if twin == .null {
          let error = #expect(throws: ReadoutError.self) { try evaluator.call(name, [value]) }
          #expect(error?.row == 1 && error?.value == TextConversion.text(of: value))
        } else {
          #expect(try evaluator.call(name, [value]) == twin)
        }
      }
    }
  }

  /// No date of a query lies there, but a table of a program may have one.
  @Test func daysThatNoTimestampReaches() throws {
    for form in TinyEvaluator.Form.allCases {
      let evaluator = TinyEvaluator(form)
      #expect(throws: ReadoutError.self) { try evaluator.call("timestamp", [.date(213_523_983)]) }
      #expect(try evaluator.call("try_timestamp", [.date(.min)]) == .null)
      for days: Int64 in [.max, .min] {
        #expect(throws: ReadoutError.self) { try evaluator.call("+", [.date(days), .integer(days)]) }
        #expect(throws: ReadoutError.self) { try evaluator.call("-", [.date(days), .integer(-1)]) }
      }
      #expect(try evaluator.call("+", [.integer(-1), .date(0)]) == .date(-1))
    }
  }

  @Test func roundingGivesIntegers() throws {
    let cases: [(String, Double, Int64)] = [
      ("floor", 2.7, 2), ("floor", -2.1, -3), ("ceil", 2.1, 3), ("ceil", -2.7, -2), ("round", 2.5, 3),
      ("round", -2.5, -3),
      ("round", 0.49999999999999994, 0), ("floor", -0.0, 0), ("floor", -0x1p63, .min),
    ]
    for (name, value, wanted) in cases {
      #expect(try Self.evaluator().call(name, [.number(value)]) == .integer(wanted), "\(name)(\(value))")
    }
    for value in [Double.nan, .infinity, 0x1p63] {
      #expect(throws: ReadoutError.self) { try Self.evaluator().call("floor", [.number(value)]) }
    }
    #expect(try Self.evaluator().call("abs", [.integer(.min)]) == .integer(.min))
    let digits: [(Scalar, Int64, Scalar)] = [
      (.number(3.14159), 3, 3.142), (.number(-1.25), 1, -1.3), (.number(1e300), 2, 1e300),
      (.number(1234.5), -2, 1200.0),
      (.integer(1250), -2, 1300), (.integer(-1250), -2, -1300), (.integer(1249), -2, 1200), (.integer(5), 3, 5),
      (.integer(.max), -18, 9_000_000_000_000_000_000),
    ]
    for (value, places, wanted) in digits {
      #expect(try Self.evaluator().call("round", [value, .integer(places)]) == wanted, "round(\(value), \(places))")
    }
  }

  @Test func patterns() throws {
    let evaluator = Self.evaluator()
    #expect(try evaluator.evaluate("extract('a1', 'b')") == .null)
    #expect(try evaluator.evaluate("extract('ab', '(x)?b')") == .null)
    #expect(try evaluator.evaluate("extract('ab', '(x)?b', 0)") == "b")
    #expect(try evaluator.evaluate("extract('größe', '(?i)ÖSSE|ÖßE')") == "öße")
    #expect(try evaluator.evaluate("matches('', '')") == true)
    #expect(try evaluator.evaluate("extract('한국', '^.')") == "한")
    let invalid = #expect(throws: ReadoutError.self) { try evaluator.evaluate("matches('a', 'é(')") }
    #expect(invalid?.hint == "missing closing parenthesis, at character 3 of it")
    #expect(throws: ReadoutError.self) { try evaluator.evaluate("extract('a', '(a)', 2)") }
    let slow = #expect(throws: ReadoutError.self) {
      try evaluator.call("matches", [.string(String(repeating: "a", count: 60) + "b"), "^(a|aa|aaa)+$"])
    }
    #expect(slow?.message == "matches: too many steps for one match")
    #expect(slow?.row == 1)
  }

  /// An entry of the dictionary that no row uses cannot fail a query; one that a row uses is named by its row.
  @Test func onlyRowsFail() throws {
    let function = try #require(BuiltInFunctions.scalars.first { $0.signature.name == "integer" })
    let kernel = try function.bind([Argument(type: .string)])
    let dictionary = StringDictionary(StringVector(["1", "x", "2"]))
    func run(_ codes: [UInt32], validity: Bitmap? = nil) throws -> Values {
      try kernel.body(
        [Values(type: .string, payload: .coded(Vector(codes), dictionary), count: codes.count)],
        Evaluation(worker: Worker(index: 0), count: codes.count, validity: validity, firstRow: 100))
    }
    #expect(try run([0, 2, 0, 2]).integers == [1, 2, 1, 2])
    #expect(try run([0, 1, 0, 2], validity: Bitmap(bytes: [1, 0, 1, 1]))[3] == 2)
    let error = #expect(throws: ReadoutError.self) { try run([0, 2, 1, 2]) }
    #expect(error?.row == 103 && error?.value == "x")
  }

  /// Coded, as bytes, as constants: the same answers, and a batch gives what its rows give one by one.
  @Test func theFormOfAStringDoesNotMatter() throws {
    let settings: [String: [Scalar]] = [
      "sub": [2, 3], "starts_with": ["a"], "ends_with": ["b"], "contains": ["a"], "replace": ["a", "bb"],
      "split": [","],
      "matches": ["[a-z]"], "extract": ["[0-9]+"], "mentions": ["a", "köln*"], "try_date": [], "least": ["b"],
    ]
    let evaluators = TinyEvaluator.Form.allCases.map { Self.evaluator($0) }
    let dictionary = StringDictionary(StringVector(Self.strings))
    let codes = Vector(Array(0..<UInt32(Self.strings.count)) + Array((0..<UInt32(Self.strings.count)).reversed()))
    let batch = Values(type: .string, payload: .coded(codes, dictionary), count: codes.count)
    for function in BuiltInFunctions.scalars where function.signature.parameters[0].types.contains(.string) {
      let name = function.signature.name
      let more = settings[name] ?? []
      guard function.signature.parameters.filter({ $0.kind != .optional }).count <= more.count + 1 else { continue }
      if !name.hasPrefix("try_"), ["number", "integer", "boolean", "date", "timestamp"].contains(name) { continue }
      let single = try Self.strings.map { string in
        try evaluators.map { try $0.call(name, [.string(string)] + more) }
      }
      for (string, results) in zip(Self.strings, single) { #expect(Set(results).count == 1, "\(name)('\(string)')") }
      let kernel = try function.bind([Argument(type: .string)] + more.map { Argument(type: $0.type!, constant: $0) })
      let spread = more.map { Values(repeating: $0, type: $0.type!, count: batch.count) }
      for form in [batch, Values(strings: batch.strings)] {
        let result = try kernel.body([form] + spread, Evaluation(worker: Worker(index: 0), count: batch.count))
        for row in 0..<batch.count {
          #expect(result[row] == single[Int(codes[row])][0], "\(name) in a batch, '\(Self.strings[Int(codes[row])])'")
        }
      }
    }
  }

  @Test func plainSearchAtEveryPlace() {
    for length in 0...70 {
      for place in 0..<max(1, length) where place + 2 <= length {
        var bytes = [UInt8](repeating: 0x61, count: length)
        bytes[place] = 0x62
        bytes[place + 1] = 0x63
        let needle: [UInt8] = [0x62, 0x63]
        #expect(bytes.span.first(of: needle.span) == place)
        #expect(bytes.span.first(of: needle.span, from: place + 1) == nil)
      }
    }
  }
}
