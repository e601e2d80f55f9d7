import ReadoutVectors

/// An immutable slice of a column: at most `Table.chunkRows` rows, the unit of storage and of zone maps.
public struct ColumnChunk: Sendable {
  public enum Storage: Sendable {
    /// Integers, days or microseconds.
    case integers(PackedIntegers)
    case numbers(Vector<Double>)
    case booleans(Bitmap)
    /// Strings as codes into the column's dictionary.
    case codes(Codes)
    /// Strings as bytes.
    case strings(StringVector)
    /// Lists: row `i` has the items `starts[i]..<ends[i]`, codes into the column's dictionary.
    case lists(starts: Vector<UInt32>, ends: Vector<UInt32>, items: Codes)
  }

  public let count: Int
  public let storage: Storage
  /// 1 = value present; absent = no nulls. A null row's slot holds any value of the chunk's range.
  public let validity: Bitmap?
  public let zone: ZoneMap
  /// Of a chunk of numbers the bounds of each block of rows; nil where nobody has looked for them.
  public let blocks: BlockBounds?

  public init(count: Int, storage: Storage, validity: Bitmap?, zone: ZoneMap) {
    self.init(count: count, storage: storage, validity: validity, zone: zone, hasBlocks: true)
  }

  /// - Parameter hasBlocks: Whether blocks of numbers get bounds, for which each is looked at.
  init(count: Int, storage: Storage, validity: Bitmap?, zone: ZoneMap, hasBlocks: Bool) {
    self.count = count
    self.storage = storage
    self.validity = validity
    self.zone = zone
    if hasBlocks, case .numbers(let numbers) = storage { blocks = BlockBounds(numbers) } else { blocks = nil }
  }

  /// Bytes of memory, the dictionary apart.
  public var byteCount: Int {
    let data =
      switch storage {
      case .integers(let packed): packed.byteCount
      case .numbers(let vector): vector.byteCount
      case .booleans(let bitmap): bitmap.byteCount
      case .codes(let codes): codes.byteCount
      case .strings(let strings): strings.byteCount
      case .lists(let starts, _, let items): starts.byteCount + items.byteCount
      }
    return data + (validity?.byteCount ?? 0) + (blocks?.byteCount ?? 0)
  }
}

/// Min, max and null count of a column in a chunk: lets a filter skip the chunk without looking at it. The ends occur in the chunk, or, of a
/// chunk that a join made, in the one that its rows were taken from.
public struct ZoneMap: Sendable, Equatable {
  public enum Bounds: Sendable, Equatable {
    /// Nothing is known, or no row has a value.
    case none
    /// Integers, days or microseconds.
    case integers(min: Int64, max: Int64)
    /// Numbers; NaN is left out.
    case numbers(min: Double, max: Double)
  }

  public let bounds: Bounds
  public let nullCount: Int

  public init(bounds: Bounds, nullCount: Int) {
    self.bounds = bounds
    self.nullCount = nullCount
  }
}
