import ReadoutVectors
import Testing

@testable import ReadoutIngest

@Suite struct DecimalTextTests {
  /// The nearest double, as the standard library has it.
  func check(_ text: String) {
    let (form, value) = DecimalText.read(Array(text.utf8).span)
    #expect(form != .none && value.bitPattern == Double(text)!.bitPattern, "\(text) gave \(value)")
  }

  @Test func hardCases() {
    for text in [
      "0.0", "-0.0", "1.0", "0.1", "123456789012345678.5", "9007199254740993.0", "9007199254740992.5",
      "9007199254740991.5",
      "2.2250738585072011e-308", "1.7976931348623157e308", "4.9e-324", "0.30000000000000004", "1e22", "1e23", "8.5e22",
      "1e-22", "1e-23",
      "9999999999999999999e27", "9999999999999999999e-27", "1.00000000000000011102230246251565",
      "0.000000000000000000000000001", "5e-324",
      "179769313486231570000e288", "1e0", "1E+5", "12345678901234567.8e-5", "100000000000000000.0", "6.62607015e-34",
    ] { check(text) }
  }

  @Test func random() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<200_000 {
      let digits = 1 + random.below(19)
      var text = random.below(2) == 0 ? "-" : ""
      text += String(1 + random.below(9))
      for _ in 1..<digits { text += String(random.below(10)) }
      let places = random.below(digits + 1)
      if places > 0, places < digits {
        text.insert(".", at: text.index(text.endIndex, offsetBy: -places))
      } else {
        text += ".0"
      }
      if random.below(3) == 0 { text += "e\(random.below(60) - 30)" }
      check(text)
    }
    // Shortest forms of random doubles, as programs write them.
    for _ in 0..<200_000 {
      let value = Double(bitPattern: random.next())
      if value.isFinite, value != 0 { check("\(value)") }
      check("\(Double(random.next() >> 11) / Double(1 << 53))")
    }
  }

  @Test func integers() {
    for value in [0, 7, -1, 1 << 53, -(1 << 53), (1 << 53) + 1, Int64.max, .min] {
      let text = Array("\(value)".utf8)
      #expect(DecimalText.integer(text.span) == value)
      let (form, double) = DecimalText.read(text.span)
      #expect(double == Double(value))
      #expect(form == (value.magnitude <= 1 << 53 ? .integer : .wideInteger))
    }
    for text in ["", "-", "00", "01", "-01", "+1", "1 ", "9223372036854775808", "-9223372036854775809", "1a", "１"] {
      #expect(DecimalText.integer(Array(text.utf8).span) == nil, "\(text)")
    }
  }
}
