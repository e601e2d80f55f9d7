/// Signatures of sets whose shares of equal places estimate how much the sets have in common: A. Z. Broder (1997), "On the
/// resemblance and containment of documents".
///
/// Place `j` is the least value of hash function `j` over the set; two sets have the same with a probability of their Jaccard
/// similarity. The functions are `a · x + b` modulo 2³² with `a` odd, from a fixed seed, over values hashed before.
public struct MinHash: Sendable {
  public let count: Int
  private let factors: Vector<UInt32>
  private let terms: Vector<UInt32>

  /// So many hash functions, always the same.
  public init(count: Int) {
    self.count = count
    factors = Vector(count: count) { UInt32(truncatingIfNeeded: StringHash.hash(UInt64($0) << 1) >> 16) | 1 }
    terms = Vector(count: count) { UInt32(truncatingIfNeeded: StringHash.hash(UInt64($0) << 1 | 1) >> 16) }
  }

  /// Writes the signature of a set of hashes; all ones for an empty one.
  public func write(_ set: Span<UInt64>, to signature: inout MutableVector<UInt32>) {
    signature.removeAll()
    signature.append(repeating: .max, count: count)
    // Sound: the three blocks have `count` elements.
    let (least, factor, term) = unsafe (signature.base, factors.base, terms.base)
    for i in set.indices {
      let value = UInt32(truncatingIfNeeded: set[i] >> 32)
      for j in 0..<count {
        let hash = unsafe factor[j] &* value &+ term[j]
        unsafe least[j] = Swift.min(least[j], hash)
      }
    }
  }
}
