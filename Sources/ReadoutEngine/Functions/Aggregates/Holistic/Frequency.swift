import ReadoutVectors

/// Aggregates over how often each value occurs in a group.
enum Frequency {
  private static let anyType = Parameter("x", .any)

  static let mode = SimpleAggregate(
    Signature(
      "mode", [anyType], result: "the type of x",
      summary: "The commonest value of x, of equally common ones the smallest; null where there is none.",
      examples: [.init("mode(topic)", gives: "the topic most spoken of")])
  ) { arguments in
    kernel(arguments[0].type, arguments[0].type) { counts, encoder in
      counts.min { ranksBefore($0, $1, encoder) }.map { encoder.scalar($0.key) } ?? .null
    }
  }

  static let entropy = SimpleAggregate(
    Signature(
      "entropy", [anyType], result: "number",
      summary:
        "Shannon's entropy of the values of x in bits: 0 where all are alike, log2(n) where n values are equally common; null without values.",
      examples: [.init("entropy(topic)", gives: "how mixed the topics are")])
  ) { arguments in
    kernel(.number, arguments[0].type) { counts, _ in
      guard !counts.isEmpty else { return .null }
      let total = Double(counts.reduce(0) { $0 + $1.count })
      // Added in order of size, so that the sum does not depend on the order of rows.
      let shares = counts.map { Double($0.count) / total }.sorted()
      let sum = shares.reduce(0) { $0 - $1 * log2(of: $1) }
      return .number(Swift.max(0, sum))
    }
  }

  static let top = SimpleAggregate(
    Signature(
      "top", [anyType, Parameter("n", [.integer], constant: true)], result: "list",
      summary: "The n commonest values of x as a list, equally common ones by value; of numbers, the n largest.",
      examples: [.init("top(speaker, 3)", gives: "the three who speak most")])
  ) { arguments throws(ReadoutError) in
    guard case .integer(let wanted) = arguments[1].constant, wanted >= 1 else {
      throw ReadoutError(
        .request, "top: n is no count", value: arguments[1].constant?.text, hint: "n is a whole number from 1 on",
        range: arguments[1].range)
    }
    let n = Int(wanted)
    let type = arguments[0].type
    if type.isNumeric { return Largest.kernel(n, type) }
    return kernel(.list, type) { counts, encoder in
      .list(counts.sorted { ranksBefore($0, $1, encoder) }.prefix(n).map { encoder.text($0.key) })
    }
  }

  private static func ranksBefore(_ a: KeyCount, _ b: KeyCount, _ encoder: ValueEncoder) -> Bool {
    a.count != b.count ? a.count > b.count : encoder.precedes(a.key, b.key)
  }

  typealias KeyCount = (key: UInt64, count: Int)

  /// An aggregate of each group's distinct keys and their counts, ascending by key.
  private static func kernel(
    _ resultType: DataType, _ type: DataType, _ result: @escaping @Sendable ([KeyCount], ValueEncoder) -> Scalar
  ) -> AggregateKernel {
    AggregateKernel(resultType, keepsRows: true) { _ in
      CollectingAccumulator(type: type) { groups, encoder throws(ReadoutError) in
        var results: [Scalar] = []
        for group in 0..<groups.count {
          let range = groups.range(of: group)
          groups.keys.sort(range)
          var counts: [KeyCount] = []
          for i in range {
            if counts.last?.key == groups.keys[i] {
              counts[counts.count - 1].count += 1
            } else {
              counts.append((groups.keys[i], 1))
            }
          }
          results.append(result(counts, encoder))
        }
        return Values(results, type: resultType)
      }
    }
  }
}
