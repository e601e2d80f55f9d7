/// Finds places in runs of word numbers where one of given pairs of words may stand.
///
/// Each number has a signature of 64 bits, which says by halves to which of 32 groups it belongs as a second word, and which
/// groups may follow it as a first. Two numbers are a candidate where the groups meet. No branch depends on the numbers: about
/// five operations a number, however many pairs are wanted.
public enum PairScan {
  /// The signature of a number that takes part in no pair.
  @inlinable public static var none: UInt64 { 0 }

  /// What a number says as the second word of a pair.
  @inlinable public static func second(_ group: Int) -> UInt64 { 1 &<< UInt64(group & 31) }

  /// What a number says as the first word of a pair whose second is of a group.
  @inlinable public static func first(before group: Int) -> UInt64 { 1 &<< UInt64(32 &+ (group & 31)) }

  /// What a number says that stands for several words: as a second word what its first says, as a first word what its last says.
  @inlinable public static func joined(_ first: UInt64, _ last: UInt64) -> UInt64 {
    first & 0xFFFF_FFFF | last & ~0xFFFF_FFFF
  }

  /// What a number says that is a candidate wherever it stands.
  @inlinable public static var any: UInt64 { .max }

  /// Appends to `places` each place of `range` whose number, and the one before it in `range`, may be a pair; and each whose
  /// signature is `any`. O(range).
  ///
  /// - Precondition: every number is below `signatures.count`.
  @inlinable
  public static func candidates<Token: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>(
    in tokens: Vector<Token>, _ range: Range<Int>, signatures: Vector<UInt64>, into places: inout MutableVector<UInt32>
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= tokens.count, "tokens out of range")
    precondition(tokens[range].allBelow(signatures.count), "token without a signature")
    let before = places.count
    places.reserve(before + range.count)
    // Sound: the tokens were checked to be places of `signatures`; each step writes at `count`, which has grown by at most one a
    // step before it, so within the room reserved; those counted are initialised.
    let (token, signature) = unsafe (tokens.base, signatures.base)
    let out = unsafe places.base
    var count = before
    var previous = Self.none
    for place in range {
      let own = unsafe signature[Int(truncatingIfNeeded: token[place])]
      unsafe out[count] = UInt32(truncatingIfNeeded: place)
      let isCandidate = previous &>> 32 & own != 0 || own == Self.any
      count &+= isCandidate ? 1 : 0
      previous = own
    }
    places.length = count
  }
}
