import ReadoutVectors

/// A value of a column program: what computes it, from which other values, and its type.
public struct ProgramNode: Sendable {
  public enum Operation: Sendable, Hashable {
    /// An argument; any value where it is null.
    case parameter(Int)
    /// Whether an argument is not null.
    case isPresent(Int)
    /// Whether the row is one that counts: where a function is strict, none of its arguments is null.
    case isCounted
    case integer(Int64)
    /// The bits of a double: -0.0 is not 0.0, and a nan is itself.
    case number(UInt64)
    case truth(Bool)
    case string([UInt8])
    case lane(LaneOperation)
    case column(ColumnOperation)
    /// A loop over words: a value of no type, of which there are parts.
    case loop(TokenLoop)
    /// What a loop leaves in a slot.
    case part(Int)
  }

  public enum ValueType: Sendable, Hashable {
    case integer, number, truth, string

    var lane: LaneType {
      switch self {
      case .integer, .string: .integer
      case .number: .number
      case .truth: .truth
      }
    }

    var dataType: DataType {
      switch self {
      case .integer: .integer
      case .number: .number
      case .truth: .boolean
      case .string: .string
      }
    }
  }

  public var operation: Operation
  public var operands: [Int]
  public var type: ValueType
}

/// An operation over whole columns: whatever reads or makes strings, or looks values up in tables.
///
/// Total, like those of lanes. Two with the same key are the same.
public final class ColumnOperation: Sendable, Hashable {
  /// The arguments hold `rows.count` values each; a constant may stand for as many. `wanted` are the rows whose results are looked
  /// at; nil is all of them.
  public typealias Body =
    @Sendable (_ arguments: [Values], _ count: Int, _ wanted: Vector<UInt8>?) throws(ReadoutError)
    -> Values

  /// How it is shown: `string.lower`.
  public let name: String
  /// Bytes: strings that are equal to Unicode are still two.
  let key: [UInt8]
  public let result: ProgramNode.ValueType
  /// Whether a call is dear enough that rows which need no result are left out.
  let isCostly: Bool
  let body: Body

  /// `detail` tells apart operations of one name: their constants.
  public init(
    _ name: String, detail: String = "", result: ProgramNode.ValueType, costly: Bool = true, _ body: @escaping Body
  ) {
    self.name = name
    key = Array("\(name)\u{0}\(detail)".utf8)
    self.result = result
    isCostly = costly
    self.body = body
  }

  public static func == (a: ColumnOperation, b: ColumnOperation) -> Bool { a.key == b.key }
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
