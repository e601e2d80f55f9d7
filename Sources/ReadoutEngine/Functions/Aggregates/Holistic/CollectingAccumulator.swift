import ReadoutVectors

/// An accumulator that keeps every value that is not null and looks at each group's values together at the end.
///
/// Memory: 12 bytes a value. A group's values reach `result` in row order.
final class CollectingAccumulator: Accumulator {
  /// The results from all groups' keys, which it may reorder within each group.
  typealias Result = (_ groups: inout GroupedKeys, _ encoder: ValueEncoder) throws(ReadoutError) -> Values

  private var encoder: ValueEncoder
  /// Runs of rows, in row order.
  private var parts: [(groups: Vector<UInt32>, keys: Vector<UInt64>)] = []
  private let result: Result

  init(type: DataType, _ result: @escaping Result) {
    encoder = ValueEncoder(type: type)
    self.result = result
  }

  func resize(to count: Int) {}

  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) throws(ReadoutError) {
    let values = arguments[0]
    if case .null = values.payload { return }
    let keys = try encoder.keys(of: values, recoding: recode)
    guard let validity = values.validity else {
      parts.append((groups, keys))
      return
    }
    let present = validity.bytes().selected()
    parts.append((groups.gather(present), keys.gather(present)))
  }

  private func recode(_ map: (UInt64) -> UInt64) {
    for index in parts.indices { parts[index].keys = parts[index].keys.map(map) }
  }

  func merge(_ other: any Accumulator, groups mapping: Vector<UInt32>) throws(ReadoutError) {
    guard let other = other as? CollectingAccumulator else { throw .bug("accumulators of different classes") }
    let map = try encoder.adopt(other.encoder, recoding: recode)
    for part in other.parts { parts.append((mapping.gather(part.groups), part.keys.map(map))) }
  }

  func finalize(count: Int) throws(ReadoutError) -> Values {
    var groups = GroupedKeys(parts, count: count)
    parts = []
    return try result(&groups, encoder)
  }
}
