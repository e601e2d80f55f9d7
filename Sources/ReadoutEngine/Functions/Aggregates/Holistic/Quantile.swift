import ReadoutVectors

enum Quantile {
  static let median = SimpleAggregate(
    Signature(
      "median", [Parameter("x", [.integer, .number])], result: "number",
      summary:
        "The middle value of x, the mean of the two middle ones where their number is even; null where there is none.",
      examples: [.init("median(words)", gives: "half of the rows have fewer words")])
  ) { arguments in kernel(0.5, arguments[0].type) }

  static let quantile = SimpleAggregate(
    Signature(
      "quantile", [Parameter("x", [.integer, .number]), Parameter("p", [.number], constant: true)], result: "number",
      summary:
        "The value below which the share p of x lies, from 0 to 1, interpolated linearly (type 7 of Hyndman and Fan 1996).",
      examples: [.init("quantile(words, 0.9)", gives: "nine rows of ten have fewer words")])
  ) { arguments throws(ReadoutError) in
    let p: Double
    switch arguments[1].constant {
    case .number(let value): p = value
    case .integer(let value): p = Double(value)
    default: p = .nan
    }
    guard (0...1).contains(p) else {
      throw ReadoutError(
        .request, "quantile: p is no share", value: arguments[1].constant?.text,
        hint: "p lies between 0 and 1, such as 0.9",
        range: arguments[1].range)
    }
    return kernel(p, arguments[0].type)
  }

  private static func kernel(_ p: Double, _ type: DataType) -> AggregateKernel {
    AggregateKernel(.number, keepsRows: true) { _ in
      CollectingAccumulator(type: type) { groups, _ throws(ReadoutError) in
        let order = OrderedKey(type)
        for i in groups.keys.indices { groups.keys[i] = order.ordered(groups.keys[i]) }
        var results = MutableVector<Double>(capacity: groups.count)
        var scratch = SelectionScratch()
        for group in 0..<groups.count {
          let range = groups.range(of: group)
          results.append(range.isEmpty ? 0 : interpolate(&groups.keys, range, p, order, &scratch))
        }
        let present = Bitmap(count: groups.count) { !groups.range(of: $0).isEmpty }
        return Values(numbers: results.freeze(), validity: present.allSet ? nil : present)
      }
    }
  }

  /// R's type 7: at `h = (n - 1) p`, between the neighbours. NaN sorts last.
  private static func interpolate(
    _ keys: inout MutableVector<UInt64>, _ range: Range<Int>, _ p: Double, _ order: OrderedKey,
    _ scratch: inout SelectionScratch
  ) -> Double {
    let place = Double(range.count - 1) * p
    let below = range.lowerBound + Int(place)
    let share = place - place.rounded(.down)
    keys.select(below, in: range, scratch: &scratch)
    let value = order.number(keys[below])
    if share == 0 { return value }
    let next = order.number(keys.smallest(in: below + 1..<range.upperBound))
    // Between equal infinities there is nothing, and the difference of finite numbers may be infinite.
    if value == next { return value }
    let difference = next - value
    return difference.isFinite ? value + difference * share : value * (1 - share) + next * share
  }
}
