import CLuaBridge
import ReadoutVectors

/// The pieces of a text, laid out for the bridge. Pieces that pass the room given are not gathered.
struct TextPieces {
  /// Bytes that a piece takes beside its own: four numbers, in arrays that double as they grow.
  private static let bytesOfPiece = 64
  /// Bytes that the first piece of its kind takes more: its copy, and its place among the different ones.
  private static let bytesOfKind = 96

  private var room: Int
  private var bytes: ContiguousArray<UInt8> = []
  private var ends: ContiguousArray<Int> = []
  private var starts: ContiguousArray<Int> = []
  private var stops: ContiguousArray<Int> = []
  /// A piece's number among the different ones of this text, in the order of their first appearance, from 1.
  private var numbers: ContiguousArray<Int> = []
  private var known = PieceNumbers()

  /// - Parameter room: Bytes that the pieces may take.
  init(room: Int = .max) { self.room = room }

  mutating func append(_ range: Range<Int>, _ piece: Span<UInt8>) {
    guard room >= 0 else { return }
    room -= Self.bytesOfPiece + 2 * piece.count
    for at in piece.indices { bytes.append(piece[at]) }
    ends.append(bytes.count)
    starts.append(range.lowerBound)
    stops.append(range.upperBound)
    let (number, isNew) = known.number(of: piece)
    if isNew { room -= Self.bytesOfKind + piece.count }
    numbers.append(number)
  }

  /// Views into the arrays: valid while this value is kept and not changed.
  @unsafe var bridge: bridge_pieces {
    if room < 0 {
      var nothing = unsafe bridge_pieces()
      unsafe nothing.is_too_large = true
      return unsafe nothing
    }
    // Sound: the arrays' buffers do not move while nothing is appended, and whoever asked keeps this value until the next call.
    return unsafe bridge_pieces(
      bytes: bytes.withUnsafeBufferPointer { $0.baseAddress },
      ends: Self.address(ends), starts: Self.address(starts), stops: Self.address(stops),
      numbers: Self.address(numbers), count: ends.count,
      is_too_large: false)
  }

  @unsafe private static func address(_ array: ContiguousArray<Int>) -> UnsafePointer<Int>? {
    unsafe array.withUnsafeBufferPointer { $0.baseAddress }
  }
}

/// Numbers the different pieces of one text.
private struct PieceNumbers {
  private var numbers: [[UInt8]: Int] = [:]

  mutating func number(of piece: Span<UInt8>) -> (number: Int, isNew: Bool) {
    var key: [UInt8] = []
    key.reserveCapacity(piece.count)
    for at in piece.indices { key.append(piece[at]) }
    if let number = numbers[key] { return (number, false) }
    numbers[key] = numbers.count + 1
    return (numbers.count, true)
  }
}
