import ReadoutVectors

/// A Lua pattern that is a plain run of single bytes, sets and frontiers, of which the last may be repeated by `+`: `^%d`,
/// `[%w\128-\255]+`, `'s%f[^%w]`.
///
/// A match is found without going back, so that it costs what it reads. Other patterns are none of these.
public struct BytePattern: Sendable, Hashable {
  /// A set of bytes.
  private struct Bytes: Hashable {
    /// A bit a byte: in line, so that a look at it counts no references.
    private var bits = SIMD4<UInt64>()

    init(_ isMember: (UInt8) -> Bool) {
      for byte in UInt8.min...UInt8.max where isMember(byte) { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
    }

    @inline(__always) func has(_ byte: UInt8) -> Bool { bits[Int(byte >> 6)] >> UInt64(byte & 63) & 1 != 0 }

    /// 1 for each byte that is in the set.
    var table: Vector<UInt8> { Vector(count: 256) { has(UInt8(truncatingIfNeeded: $0)) ? 1 : 0 } }
  }

  private struct Item: Hashable {
    var bytes: Bytes
    var isFrontier: Bool
  }

  private static let mostItems = 32
  private static let longest = 512
  private var items: [Item] = []
  private var repeatsLast = false
  /// Whether a match begins where the search does.
  public private(set) var isAnchored = false

  /// Nil for a pattern that is none of these.
  public init?(_ pattern: [UInt8], canAnchor: Bool) {
    guard pattern.count <= Self.longest else { return nil }
    var at = 0
    if pattern.first == UInt8(ascii: "^") {
      guard canAnchor else { return nil }
      isAnchored = true
      at = 1
    }
    while at < pattern.count {
      // Each item may be compared at each byte: longer ones are for who counts steps.
      if repeatsLast || items.count == Self.mostItems { return nil }
      var isFrontier = false
      let byte = pattern[at]
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "?"):
        return nil
      case UInt8(ascii: "$") where at == pattern.count - 1: return nil
      case UInt8(ascii: "%"):
        guard at + 1 < pattern.count else { return nil }
        let next = pattern[at + 1]
        if next == UInt8(ascii: "b") || next &- 0x30 < 10 { return nil }
        if next == UInt8(ascii: "f") {
          isFrontier = true
          at += 2
          guard at < pattern.count, pattern[at] == UInt8(ascii: "["), let set = Self.set(pattern, &at) else {
            return nil
          }
          items.append(Item(bytes: set, isFrontier: true))
        } else {
          items.append(Item(bytes: Self.classBytes(next), isFrontier: false))
          at += 2
        }
      case UInt8(ascii: "["):
        guard let set = Self.set(pattern, &at) else { return nil }
        items.append(Item(bytes: set, isFrontier: false))
      case UInt8(ascii: "."):
        items.append(Item(bytes: Bytes { _ in true }, isFrontier: false))
        at += 1
      default:
        items.append(Item(bytes: Bytes { $0 == byte }, isFrontier: false))
        at += 1
      }
      guard at < pattern.count, !isFrontier else { continue }
      if pattern[at] == UInt8(ascii: "+") {
        repeatsLast = true
        at += 1
      } else if [UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "?")].contains(pattern[at]) {
        return nil
      }
    }
    // A match of nothing would need more rules.
    if !items.contains(where: { !$0.isFrontier }) { return nil }
  }

  /// The set that begins at `at`; moves behind it.
  private static func set(_ pattern: [UInt8], _ at: inout Int) -> Bytes? {
    var members = Set<UInt8>()
    at += 1
    let isComplement = at < pattern.count && pattern[at] == UInt8(ascii: "^")
    if isComplement { at += 1 }
    // Lua looks for the end first: there `%` always takes the next byte with it, even where it ends a range.
    guard let end = endOfSet(pattern, at) else { return nil }
    while at < end {
      let byte = pattern[at]
      if byte == UInt8(ascii: "%") {
        let own = classBytes(pattern[at + 1])
        members.formUnion((UInt8.min...UInt8.max).filter { own.has($0) })
        at += 2
      } else if at + 2 < end, pattern[at + 1] == UInt8(ascii: "-") {
        if byte <= pattern[at + 2] { members.formUnion(byte...pattern[at + 2]) }
        at += 3
      } else {
        members.insert(byte)
        at += 1
      }
    }
    at = end + 1
    return Bytes { members.contains($0) != isComplement }
  }

  /// The `]` that ends the set whose members begin at `first`; nil where there is none.
  private static func endOfSet(_ pattern: [UInt8], _ first: Int) -> Int? {
    var at = first
    repeat {
      guard at < pattern.count else { return nil }
      at += pattern[at] == UInt8(ascii: "%") ? 2 : 1
    } while at >= pattern.count || pattern[at] != UInt8(ascii: "]")
    return at
  }

  /// The bytes of `%a`, `%d` and the like in the C locale; of anything else the byte itself.
  private static func classBytes(_ letter: UInt8) -> Bytes {
    let isMember: (UInt8) -> Bool
    let isLetter = { (byte: UInt8) in byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    let isDigit = { (byte: UInt8) in byte >= 0x30 && byte <= 0x39 }
    switch letter | 0x20 {
    case UInt8(ascii: "a"): isMember = isLetter
    case UInt8(ascii: "c"): isMember = { $0 < 0x20 || $0 == 0x7F }
    case UInt8(ascii: "d"): isMember = isDigit
    case UInt8(ascii: "g"): isMember = { $0 > 0x20 && $0 < 0x7F }
    case UInt8(ascii: "l"): isMember = { $0 >= 0x61 && $0 <= 0x7A }
    case UInt8(ascii: "p"): isMember = { $0 > 0x20 && $0 < 0x7F && !isLetter($0) && !isDigit($0) }
    case UInt8(ascii: "s"): isMember = { $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D }
    case UInt8(ascii: "u"): isMember = { $0 >= 0x41 && $0 <= 0x5A }
    case UInt8(ascii: "w"): isMember = { isLetter($0) || isDigit($0) }
    case UInt8(ascii: "x"): isMember = { isDigit($0) || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66 }
    default: return Bytes { $0 == letter }
    }
    let isClass = letter >= 0x61 && letter <= 0x7A || letter >= 0x41 && letter <= 0x5A
    guard isClass else { return Bytes { $0 == letter } }
    let isComplement = letter & 0x20 == 0
    return Bytes { isMember($0) != isComplement }
  }

  // MARK: Matching

  /// Where the match ends that begins at `start`; nil for none.
  @inline(__always)
  private func end(of bytes: Span<UInt8>, from start: Int) -> Int? {
    var at = start
    for index in items.indices {
      let item = items[index]
      if item.isFrontier {
        let before = at == 0 ? 0 : bytes[at - 1]
        let after = at < bytes.count ? bytes[at] : 0
        if item.bytes.has(before) || !item.bytes.has(after) { return nil }
      } else {
        guard at < bytes.count, item.bytes.has(bytes[at]) else { return nil }
        at += 1
      }
    }
    if repeatsLast {
      let bytesOfLast = items[items.count - 1].bytes
      while at < bytes.count, bytesOfLast.has(bytes[at]) { at += 1 }
    }
    return at
  }

  /// The first match that begins at `start` or later.
  public func first(in bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
    var at = start
    let begins = items[0].isFrontier ? nil : items[0].bytes
    while at <= bytes.count {
      if let begins, !isAnchored {
        while at < bytes.count, !begins.has(bytes[at]) { at += 1 }
        if at == bytes.count { return nil }
      }
      if let end = end(of: bytes, from: at) { return at..<end }
      if isAnchored { return nil }
      at += 1
    }
    return nil
  }

  /// Every match, one behind the other.
  public func forEach(in bytes: Span<UInt8>, _ body: (Range<Int>) -> Void) {
    if items.count == 1, repeatsLast, !isAnchored { return forEachRun(of: items[0].bytes.table, in: bytes, body) }
    var at = 0
    while let match = first(in: bytes, from: at) {
      body(match)
      at = match.upperBound
      if isAnchored { return }
    }
  }

  /// The runs of bytes of a set: what most loops over words go over.
  private func forEachRun(of set: Vector<UInt8>, in bytes: Span<UInt8>, _ body: (Range<Int>) -> Void) {
    let isMember = set.span
    var at = 0
    while at < bytes.count {
      while at < bytes.count, isMember[Int(bytes[at])] == 0 { at += 1 }
      let start = at
      while at < bytes.count, isMember[Int(bytes[at])] != 0 { at += 1 }
      if at > start { body(start..<at) }
    }
  }
}
