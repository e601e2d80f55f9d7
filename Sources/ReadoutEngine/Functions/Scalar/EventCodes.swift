import ReadoutVectors

/// `cameo_root quad_class`: names for the codes of event data (GDELT, ICEWS).
///
/// The codes are those of CAMEO (Gerner, Schrodt and Yilmaz, "Conflict and Mediation Event Observations", codebook 1.1b3, 2012); the names here
/// are short ones of our own.
enum EventCodes {
  static let cameoRoot = BuiltInScalar(
    "cameo_root", [Parameter("code", .strings)], result: "string",
    "Names the root of a CAMEO event code, its first two digits; null for what is none.",
    examples: [("cameo_root('042')", "'consult'"), ("cameo_root('1823')", "'assault'"), ("cameo_root('99')", "nil")]
  ) { _ in
    StringKernel.kernel(.string) { (codes, _) throws(ReadoutError) in
      names((0..<codes.count).map { row in codes.withBytes(row) { root(of: $0) } })
    }
  }

  static let quadClass = BuiltInScalar(
    "quad_class", [Parameter("n", [.integer])], result: "string",
    "Names a quad class of events, 1 to 4; null for any other number.",
    examples: [("quad_class(1)", "'verbal cooperation'"), ("quad_class(4)", "'material conflict'")]
  ) { _ in
    ScalarKernel(.string) { arguments, rows in
      let classes = arguments[0].integers
      return names(
        (0..<rows.count).map { row in (1...4).contains(classes[row]) ? quadClasses[Int(classes[row]) - 1] : nil })
    }
  }

  private static let roots = [
    "make a statement", "appeal", "intend to cooperate", "consult", "cooperate diplomatically", "cooperate materially",
    "give aid", "yield", "investigate", "demand", "disapprove", "reject", "threaten", "protest", "show force",
    "reduce relations", "coerce", "assault", "fight", "use mass violence",
  ]
  private static let quadClasses = [
    "verbal cooperation", "material cooperation", "verbal conflict", "material conflict",
  ]

  /// The name of a code's root; a code has two to four digits, of which the first two are 01 to 20.
  private static func root(of code: Span<UInt8>) -> String? {
    guard (2...4).contains(code.count), code.indices.allSatisfy({ code[$0] &- 0x30 < 10 }) else { return nil }
    let number = Int(code[0] &- 0x30) * 10 + Int(code[1] &- 0x30)
    return (1...roots.count).contains(number) ? roots[number - 1] : nil
  }

  private static func names(_ names: [String?]) -> Values {
    var builder = StringVectorBuilder()
    var validity = BitmapBuilder()
    for name in names {
      for byte in (name ?? "").utf8 { builder.append(byte: byte) }
      builder.endString()
      validity.append(name != nil)
    }
    return Values(strings: builder.freeze(), validity: validity.freezeValidity())
  }
}
