import Synchronization

/// The bytes that vectors of this process hold, and the limit that `--memory` sets.
///
/// Allocation itself never fails on the limit: a loop over a batch cannot stop half-way. Whoever drives the work asks
/// `isOverLimit` between batches, and `wouldExceed` before an allocation that grows with the data.
public enum MemoryAccount {
  private static let used = Atomic<Int>(0)
  private static let bound = Atomic<Int>(usualLimit)

  /// The limit where none is set: three quarters of the machine's memory. A join that outgrows the machine is an error then, too, before
  /// the system ends the process.
  public static var usualLimit: Int { Processors.memoryBytes / 4 * 3 }

  /// Bytes held now.
  public static var bytesInUse: Int { used.load(ordering: .relaxed) }
  /// The limit in bytes; `Int.max` is none.
  public static var limit: Int {
    get { bound.load(ordering: .relaxed) }
    set { bound.store(newValue, ordering: .relaxed) }
  }
  public static var isOverLimit: Bool { bytesInUse > limit }
  /// Whether another `bytes` would pass the limit.
  public static func wouldExceed(adding bytes: Int) -> Bool { bytesInUse > limit &- max(0, min(bytes, limit)) }

  /// Charges memory that is not a vector (a Lua state's, a mapped file's copy) to the account.
  public static func charge(_ bytes: Int) { used.add(bytes, ordering: .relaxed) }
  public static func release(_ bytes: Int) { used.subtract(bytes, ordering: .relaxed) }
}
