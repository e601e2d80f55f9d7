import ReadoutVectors

/// A function of a group's rows: built in, registered from Swift, or a fold metric of a plugin.
public protocol AggregateFunction: Sendable {
  var signature: Signature { get }

  /// Chooses the accumulator for these arguments. Their number and types were checked against the signature already.
  func bind(_ arguments: [Argument]) throws(ReadoutError) -> AggregateKernel
}

/// A bound aggregate: its result type and how to start an accumulator.
public struct AggregateKernel: Sendable {
  public var type: DataType
  /// Whether partial states may be merged. Where not, all rows of a group pass through one accumulator in row order.
  public var canMerge: Bool
  public var note: String?
  /// How often it was called, where that is counted.
  public var tally: CallTally?
  /// Whether the state of a group grows with its rows.
  public var keepsRows: Bool
  /// Whether an error of its accumulator may name a row: then `rows` tells which they are, in large groupings too.
  var needsRows = true
  /// Rows of a group that a partition should have on average, before a partial state of its own is worth it.
  var rowsPerGroup = 8
  /// Whether its accumulator is `RowCounting`.
  var countsRows = false
  /// How it follows from sums over its rows, where it does.
  var additive: AdditiveForm?
  public var makeAccumulator: @Sendable (_ worker: Worker) throws(ReadoutError) -> any Accumulator

  public init(
    _ type: DataType, canMerge: Bool = true, note: String? = nil, keepsRows: Bool = false,
    makeAccumulator: @escaping @Sendable (_ worker: Worker) throws(ReadoutError) -> any Accumulator
  ) {
    self.type = type
    self.canMerge = canMerge
    self.note = note
    self.keepsRows = keepsRows
    self.makeAccumulator = makeAccumulator
  }
}

/// The state of one aggregate for all groups: dense arrays over group numbers, without gaps.
///
/// One accumulator is used by one worker at a time. The order of calls is fixed by the rows, never by the threads:
/// batches in row order within a partition, partitions merged in their order.
public protocol Accumulator: AnyObject {
  /// Makes room for groups `0..<count`; new ones start empty. Never shrinks.
  func resize(to count: Int) throws(ReadoutError)

  /// Takes a batch: row `i` belongs to group `groups[i]`, all below the count of the last `resize`.
  ///
  /// Null arguments reach the accumulator; skipping them is its own affair.
  func update(_ arguments: [Values], groups: Vector<UInt32>, rows: Evaluation) throws(ReadoutError)

  /// Adds the groups of `other`, of the same class: its group `g` into ours `groups[g]`. `other` comes later in row order
  /// and is not used again.
  func merge(_ other: any Accumulator, groups: Vector<UInt32>) throws(ReadoutError)

  /// The results of groups `0..<count`, in order. Called once, last.
  func finalize(count: Int) throws(ReadoutError) -> Values

  /// The results of some of the groups `0..<count`, ascending: the others have no row. Called once, last, in place of `finalize(count:)`.
  ///
  /// - Parameter numbers: A number for each of `groups` that no other group of the grouping has, however it is done: what random
  ///   numbers of a group follow from.
  /// - Throws: an error of one of `groups`, which it names by its number among `0..<count`.
  func finalize(
    count: Int, only groups: Vector<UInt32>, numbers: Vector<UInt64>
  ) throws(ReadoutError) -> Values
}

extension Accumulator {
  func finalize(
    count: Int, only groups: Vector<UInt32>, numbers: Vector<UInt64>
  ) throws(ReadoutError) -> Values {
    let all = try finalize(count: count)
    return groups.count == count ? all : all.gather(groups)
  }
}

/// An accumulator that finishes each group by itself, with code that may fail for one without rows.
public protocol GroupwiseAccumulator: Accumulator {}

extension GroupwiseAccumulator {
  public func finalize(count: Int) throws(ReadoutError) -> Values {
    try finalize(count: count, only: Vector(0..<UInt32(count)), numbers: Vector(0..<UInt64(count)))
  }
}

/// An accumulator that can take a column's rows as they are encoded, without a vector of values between.
protocol EncodedAccumulator: Accumulator {
  /// Adds the rows of its arguments' chunks; false, nothing added, where it needs values.
  func update(_ chunks: [ColumnChunk], _ rows: EncodedRows, groups: GroupNumbers) -> Bool
}

/// Rows of a chunk.
struct EncodedRows {
  let range: Range<Int>
  /// Those that count, from the start of `range`; nil where all do.
  let selection: Vector<UInt32>?
}

/// An accumulator that knows how many rows each group had: then nothing else need count them.
protocol RowCounting: Accumulator {
  /// Rows of groups `0..<count` that had a value; all rows where the argument is never null.
  func rowCounts(_ count: Int) -> Vector<Int64>
}
