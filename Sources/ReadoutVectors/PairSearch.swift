/// Finds the places where a word may start: two of its bytes, the rarest, stand where they should. ASCII case is
/// ignored.
///
/// For each of up to four words, 16 places are tested by two loads, two comparisons and an "and"; in running text
/// almost all blocks hold none, so the search goes through text at memory speed and whoever asked verifies the few
/// candidates. A candidate may be wrong, but no place where one of the words stands is left out.
public struct PairSearch: Sendable {
  public static let maximumWords = 4

  private struct Needle: Sendable {
    var first: UInt8
    var firstOffset: Int
    var second: UInt8
    var secondOffset: Int
  }

  private let needles: [Needle]
  /// The largest offset.
  private let reach: Int

  /// The words' leading bytes, one at least of each; letters in any case.
  public init(_ words: [[UInt8]]) {
    precondition(words.count <= PairSearch.maximumWords && words.allSatisfy { !$0.isEmpty }, "words to search for")
    needles = words.map { word in
      let order = word.indices.sorted { (Self.frequency(word[$0]), $0) < (Self.frequency(word[$1]), $1) }
      let (first, second) = (order[0], order.count > 1 ? order[1] : order[0])
      return Needle(
        first: word[first] | 0x20, firstOffset: first, second: word[second] | 0x20, secondOffset: second)
    }
    reach = needles.reduce(0) { max($0, $1.firstOffset, $1.secondOffset) }
  }

  /// The first candidate at or after `start`.
  public func next(in bytes: Span<UInt8>, from start: Int) -> Int? {
    // Sound: each loop below says up to where it reads.
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      return unsafe needles.count == 1
        ? next(needles[0], base, buffer.count, start) : next(base, buffer.count, start)
    }
  }

  @unsafe private func next(_ needle: Needle, _ base: UnsafePointer<UInt8>, _ count: Int, _ start: Int) -> Int? {
    let (first, second) = (SIMD16(repeating: needle.first), SIMD16(repeating: needle.second))
    let firstBase = unsafe UnsafeRawPointer(base + needle.firstOffset)
    let secondBase = unsafe UnsafeRawPointer(base + needle.secondOffset)
    var at = start
    // Reads up to at + reach + 31.
    while at &+ reach &+ 32 <= count {
      let low = unsafe Self.hits(firstBase + at, first) .& Self.hits(secondBase + at, second)
      let high = unsafe Self.hits(firstBase + at + 16, first) .& Self.hits(secondBase + at + 16, second)
      if Self.isAny(low .| high) { return at &+ (Self.position(low) ?? 16 &+ Self.position(high)!) }
      at &+= 32
    }
    return unsafe rest(base, count, at)
  }

  @unsafe private func next(_ base: UnsafePointer<UInt8>, _ count: Int, _ start: Int) -> Int? {
    let raw = unsafe UnsafeRawPointer(base)
    var at = start
    // Reads up to at + reach + 15.
    while at &+ reach &+ 16 <= count {
      var found = SIMDMask<SIMD16<Int8>>(repeating: false)
      for needle in needles {
        found =
          unsafe found
          .| (Self.hits(raw + at + needle.firstOffset, SIMD16(repeating: needle.first))
            .& Self.hits(raw + at + needle.secondOffset, SIMD16(repeating: needle.second)))
      }
      if let position = Self.position(found) { return at &+ position }
      at &+= 16
    }
    return unsafe rest(base, count, at)
  }

  /// The last places, one by one.
  @unsafe private func rest(_ base: UnsafePointer<UInt8>, _ count: Int, _ start: Int) -> Int? {
    var at = start
    while at < count {
      for needle in needles {
        let (first, second) = (at &+ needle.firstOffset, at &+ needle.secondOffset)
        if first < count, second < count, unsafe base[first] | 0x20 == needle.first,
          unsafe base[second] | 0x20 == needle.second
        {
          return at
        }
      }
      at &+= 1
    }
    return nil
  }

  @inline(__always) @unsafe
  private static func hits(_ at: UnsafeRawPointer, _ byte: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
    (unsafe at.loadUnaligned(as: SIMD16<UInt8>.self) | SIMD16(repeating: 0x20)) .== byte
  }

  @inline(__always)
  private static func isAny(_ mask: SIMDMask<SIMD16<Int8>>) -> Bool {
    // Sound: a mask is 16 bytes of 0 or -1.
    let words = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    return words[0] | words[1] != 0
  }

  @inline(__always)
  private static func position(_ mask: SIMDMask<SIMD16<Int8>>) -> Int? {
    let words = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    if words[0] != 0 { return words[0].trailingZeroBitCount / 8 }
    return words[1] != 0 ? 8 &+ words[1].trailingZeroBitCount / 8 : nil
  }

  /// How common a byte is in text: letters by their order in English, then what only other scripts use, then the
  /// rest.
  private static func frequency(_ byte: UInt8) -> Int {
    if byte >= 0x80 { return byte < 0xC0 ? 8 : 20 }
    let order: [UInt8] = Array("zqxjkvbpygfwmucldrhsnioate".utf8)
    return order.firstIndex(of: byte | 0x20) ?? 4
  }
}
