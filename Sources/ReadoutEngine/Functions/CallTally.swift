import Synchronization

/// How often a user's function was called in a run, for `explain`.
public final class CallTally: Sendable {
  private let rowCount = Atomic<Int>(0)
  private let computedCount = Atomic<Int>(0)
  private let batchCount = Atomic<Int>(0)
  private let interpretedCount = Atomic<Int>(0)

  public init() {}

  /// Rows that were asked for.
  public var rows: Int { rowCount.load(ordering: .relaxed) }
  /// Those of them that were computed; the others repeat arguments that were known.
  public var computed: Int { computedCount.load(ordering: .relaxed) }
  /// Batches that were computed.
  public var batches: Int { batchCount.load(ordering: .relaxed) }
  /// Those of them that the VM ran: all of an interpreted function's, and what a lifted one's program does not cover.
  public var interpretedBatches: Int { interpretedCount.load(ordering: .relaxed) }

  public func add(rows count: Int) { rowCount.add(count, ordering: .relaxed) }

  public func add(computed count: Int, interpreted isInterpreted: Bool) {
    computedCount.add(count, ordering: .relaxed)
    batchCount.add(1, ordering: .relaxed)
    if isInterpreted { interpretedCount.add(1, ordering: .relaxed) }
  }

  /// `260 rows, 251 computed, 1 of 3 batches in the VM`; nil where nothing was run.
  public var text: String? {
    if rows == 0, batches == 0 { return nil }
    return "\(rows) rows, \(computed) computed, \(interpretedBatches) of \(batches) batches in the VM"
  }
}

extension Evaluation {
  /// Rows of the call that count.
  public var presentCount: Int { validity?.setCount ?? count }
}
