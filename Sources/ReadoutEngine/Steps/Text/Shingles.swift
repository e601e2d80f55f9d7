import ReadoutVectors

/// The shingles of texts: their runs of so many words, as hashes of the words' numbers.
///
/// A text with fewer words has one shingle, all of it; a text without words has none. Hashes have 64 bits; two different
/// shingles share one with a probability of 2⁻⁶⁴.
struct Shingles: Sendable {
  let length: Int
  let index: TextIndex

  init(length: Int, of index: TextIndex) {
    self.length = length
    self.index = index
  }

  /// The words of a row of the table.
  func words(ofRow row: Int) -> Vector<UInt32> {
    var (low, high) = (0, index.blocks.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if index.blocks[middle].firstRow <= row { low = middle } else { high = middle }
    }
    return index.blocks[low].words(ofRow: row - index.blocks[low].firstRow)
  }

  /// The distinct shingles of a text, ascending.
  func set(of words: Vector<UInt32>) -> [UInt64] {
    if words.isEmpty { return [] }
    let count = max(1, words.count - length + 1)
    var hashes = [UInt64]()
    hashes.reserveCapacity(count)
    for start in 0..<count {
      var hash: UInt64 = 0
      for place in start..<min(start + length, words.count) {
        hash = StringHash.hash((hash &* 0x9E37_79B9_7F4A_7C15) ^ (UInt64(words[place]) + 1))
      }
      hashes.append(hash)
    }
    hashes.sort()
    var kept = 0
    for place in hashes.indices where place == 0 || hashes[place] != hashes[kept - 1] {
      hashes[kept] = hashes[place]
      kept += 1
    }
    hashes.removeLast(hashes.count - kept)
    return hashes
  }

  /// What two sets have in common, over what they have together: P. Jaccard (1901).
  static func similarity(_ a: [UInt64], _ b: [UInt64]) -> Double {
    var (i, j, both) = (0, 0, 0)
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        both += 1
        i += 1
        j += 1
      } else if a[i] < b[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return Double(both) / Double(a.count + b.count - both)
  }
}
