import CLuaBridge
import ReadoutVectors

/// The pieces of a text, laid out for the bridge.
struct TextPieces {
  private var bytes: ContiguousArray<UInt8> = []
  private var ends: ContiguousArray<Int> = []
  private var starts: ContiguousArray<Int> = []
  private var stops: ContiguousArray<Int> = []
  /// A piece's number among the different ones of this text, in the order of their first appearance, from 1.
  private var numbers: ContiguousArray<Int> = []
  private var known = PieceNumbers()

  mutating func append(_ range: Range<Int>, _ piece: Span<UInt8>) {
    for at in piece.indices { bytes.append(piece[at]) }
    ends.append(bytes.count)
    starts.append(range.lowerBound)
    stops.append(range.upperBound)
    numbers.append(known.number(of: piece))
  }

  /// Views into the arrays: valid while this value is kept and not changed.
  @unsafe var bridge: bridge_pieces {
    // Sound: the arrays' buffers do not move while nothing is appended, and whoever asked keeps this value until the next call.
    unsafe bridge_pieces(
      bytes: bytes.withUnsafeBufferPointer { $0.baseAddress },
      ends: Self.address(ends), starts: Self.address(starts), stops: Self.address(stops),
      numbers: Self.address(numbers), count: ends.count)
  }

  @unsafe private static func address(_ array: ContiguousArray<Int>) -> UnsafePointer<Int>? {
    unsafe array.withUnsafeBufferPointer { $0.baseAddress }
  }
}

/// Numbers the different pieces of one text.
private struct PieceNumbers {
  private var numbers: [[UInt8]: Int] = [:]

  mutating func number(of piece: Span<UInt8>) -> Int {
    var key: [UInt8] = []
    key.reserveCapacity(piece.count)
    for at in piece.indices { key.append(piece[at]) }
    if let number = numbers[key] { return number }
    numbers[key] = numbers.count + 1
    return numbers.count
  }
}
