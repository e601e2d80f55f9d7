import ReadoutVectors

/// `words mentions`: counting words and terms.
enum Mentions {
  static let words = BuiltInScalar(
    "words", [Parameter("text", .strings)], result: "integer", "Counts the words of a text.",
    examples: [("words('Korea does not want war.')", "5"), ("words('1,000.5')", "1"), ("words('')", "0")]
  ) { _ in
    var kernel = StringKernel.kernel(.integer) { strings, _ in
      Values(integers: Vector(count: strings.count) { row in strings.withBytes(row) { Int64(Words.count(in: $0)) } })
    }
    kernel.columnKernel = WordTotals()
    return kernel
  }

  static let mentions = BuiltInScalar(
    "mentions", [Parameter("text", .strings), Parameter("term", .strings, .repeated, constant: true)],
    result: "integer",
    "Counts how often terms occur as whole words, case ignored; a term may be a phrase, have * at any place, be a "
      + "regular expression between slashes or two phrases around NEAR/n, and where terms overlap the longest counts.",
    examples: [
      ("mentions('The ROK and the rok', 'ROK')", "2"),
      ("mentions('nuclear weapons, Nuclear tests', 'nuclear test*')", "1"),
      ("mentions('security, insecurity', '*secur*')", "2"),
      ("mentions('our colour', '/colou?r/')", "1"),
      ("mentions('US troops trust us', 'case:US')", "1"),
      ("mentions(\"North Korea and Korea's south\", 'Korea', 'North Korea')", "2"),
    ]
  ) { (arguments) throws(ReadoutError) in
    let terms: Terms
    do throws(ReadoutError) {
      terms = try Terms(arguments.dropFirst().map { $0.constantString ?? "" }, stem: arguments[0].stem)
    } catch {
      var error = error
      error.range = arguments.dropFirst().first { $0.constantString == error.value }?.range
      throw error
    }
    var kernel = Terms.kernel(.integer, [terms], none: Int64(0), { Values(integers: $0) }) {
      (text) throws(ReadoutError) in Int64(try terms.count(in: text))
    }
    kernel.columnKernel = TermSums(terms, weights: Vector(repeating: 1, count: terms.terms.count)) { sums, validity in
      Values(integers: sums, validity: validity)
    }
    return kernel
  }
}
