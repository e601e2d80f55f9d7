import ReadoutVectors

/// Deciding rows.
extension EncodedFilter {
  /// The rows of a range of a chunk that pass, as bits. O(range), a register of rows at a time.
  func rows(chunk: Int, range: Range<Int>, of table: Table) -> Bitmap {
    switch self {
    case .both(let a, let b):
      return a.rows(chunk: chunk, range: range, of: table) & b.rows(chunk: chunk, range: range, of: table)
    case .either(let a, let b):
      return a.rows(chunk: chunk, range: range, of: table) | b.rows(chunk: chunk, range: range, of: table)
    case .isNull(let column, let isNegated):
      guard let validity = table.columns[column].chunks[chunk].validity else {
        return Bitmap(repeating: isNegated, count: range.count)
      }
      return isNegated ? validity[range] : validity[range].inverted
    case .integers(let column, let values, let isNegated):
      let part = table.columns[column].chunks[chunk]
      guard case .integers(let packed) = part.storage else { return Bitmap(repeating: false, count: range.count) }
      let found = packed.rows(range, in: values)
      return (isNegated ? found.inverted : found).present(part.validity, range)
    case .numbers(let column, let order, let value):
      let part = table.columns[column].chunks[chunk]
      guard case .numbers(let numbers) = part.storage else { return Bitmap(repeating: false, count: range.count) }
      return numbers.rows(range, order, value, bounds: part.blocks).present(part.validity, range)
    case .codes(let column, let set):
      let part = table.columns[column].chunks[chunk]
      guard case .codes(let codes) = part.storage else { return Bitmap(repeating: false, count: range.count) }
      let found = codes.rows(range, in: set)
      guard let validity = part.validity?[range] else { return found }
      return set.acceptsNull ? found & validity | validity.inverted : found & validity
    }
  }

  /// Of the rows `rows`, counted from the start of `range`, those that pass. O(rows).
  func narrowing(_ rows: Vector<UInt32>, chunk: Int, range: Range<Int>, of table: Table) -> Vector<UInt32> {
    switch self {
    case .both(let a, let b):
      return b.narrowing(
        a.narrowing(rows, chunk: chunk, range: range, of: table), chunk: chunk, range: range, of: table)
    case .either:
      let found = self.rows(chunk: chunk, range: range, of: table)
      return rows.keeping { found[$0] }
    case .isNull(let column, let isNegated):
      guard let validity = table.columns[column].chunks[chunk].validity?[range] else {
        return isNegated ? rows : Vector()
      }
      return rows.keeping { validity[$0] == isNegated }
    case .integers(let column, let values, let isNegated):
      let part = table.columns[column].chunks[chunk]
      guard case .integers(let packed) = part.storage else { return Vector() }
      return packed.narrowing(rows.present(part.validity, range), range, in: values, isNegated: isNegated)
    case .numbers(let column, let order, let value):
      let part = table.columns[column].chunks[chunk]
      guard case .numbers(let numbers) = part.storage else { return Vector() }
      let values = numbers[range]
      return rows.present(part.validity, range).keeping { order.holds(values[$0], value) }
    case .codes(let column, let set):
      let part = table.columns[column].chunks[chunk]
      guard case .codes(let codes) = part.storage else { return Vector() }
      guard let validity = part.validity?[range], set.acceptsNull else {
        return codes.narrowing(rows.present(part.validity, range), range, in: set)
      }
      let found = codes.rows(range, in: set)
      return rows.keeping { !validity[$0] || found[$0] }
    }
  }
}

extension Bitmap {
  /// Only the rows that are not null.
  fileprivate func present(_ validity: Bitmap?, _ range: Range<Int>) -> Bitmap {
    validity.map { self & $0[range] } ?? self
  }
}

extension Vector where Element == UInt32 {
  /// Only the rows that are not null.
  fileprivate func present(_ validity: Bitmap?, _ range: Range<Int>) -> Vector<UInt32> {
    guard let present = validity?[range] else { return self }
    return keeping { present[$0] }
  }
}

extension PackedIntegers {
  /// The rows of `range` whose value lies in `values`.
  fileprivate func rows(_ range: Range<Int>, in values: ClosedRange<Int64>?) -> Bitmap {
    switch offsets {
    case .bits8(let vector): Self.rows(vector[range], in: self.offsets(of: values))
    case .bits16(let vector): Self.rows(vector[range], in: self.offsets(of: values))
    case .bits32(let vector): Self.rows(vector[range], in: self.offsets(of: values))
    case .bits64(let vector): Self.rows(vector[range], in: values)
    }
  }

  private static func rows<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ vector: Vector<T>, in values: ClosedRange<T>?
  ) -> Bitmap {
    values.map { vector.rows(in: $0) } ?? Bitmap(repeating: false, count: vector.count)
  }

  /// The offsets of values, cut to what a width can hold; nil where none is left.
  private func offsets<T: FixedWidthInteger>(of values: ClosedRange<Int64>?) -> ClosedRange<T>? {
    guard let values, values.upperBound >= base else { return nil }
    // Distances from the base, which may take all 64 bits.
    let lower = values.lowerBound <= base ? 0 : UInt64(bitPattern: values.lowerBound &- base)
    let upper = UInt64(bitPattern: values.upperBound &- base)
    guard lower <= UInt64(T.max) else { return nil }
    return T(lower)...T(Swift.min(upper, UInt64(T.max)))
  }

  fileprivate func narrowing(
    _ rows: Vector<UInt32>, _ range: Range<Int>, in values: ClosedRange<Int64>?, isNegated: Bool
  ) -> Vector<UInt32> {
    guard let values else { return isNegated ? rows : Vector() }
    let base = base
    func keeping<T: FixedWidthInteger & BitwiseCopyable & Sendable>(_ vector: Vector<T>) -> Vector<UInt32> {
      let part = vector[range]
      return rows.keeping { values.contains(base &+ Int64(truncatingIfNeeded: part[$0])) != isNegated }
    }
    return switch offsets {
    case .bits8(let vector): keeping(vector)
    case .bits16(let vector): keeping(vector)
    case .bits32(let vector): keeping(vector)
    case .bits64(let vector): keeping(vector)
    }
  }
}

extension Codes {
  /// The rows of `range` whose code is in the set. Null rows hold any code.
  fileprivate func rows(_ range: Range<Int>, in set: EncodedFilter.CodeSet) -> Bitmap {
    func rows<T: FixedWidthInteger & BitwiseCopyable & Sendable>(_ vector: Vector<T>) -> Bitmap {
      let part = vector[range]
      if let codes = set.range {
        guard codes.lowerBound <= UInt32(T.max) else { return Bitmap(repeating: false, count: part.count) }
        return part.rows(in: T(codes.lowerBound)...T(Swift.min(codes.upperBound, UInt32(T.max))))
      }
      let accepted = set.accepted
      return Bitmap(count: part.count) { accepted[Int(part[$0])] != 0 }
    }
    return switch self {
    case .bits8(let vector): rows(vector)
    case .bits16(let vector): rows(vector)
    case .bits32(let vector): rows(vector)
    }
  }

  fileprivate func narrowing(_ rows: Vector<UInt32>, _ range: Range<Int>, in set: EncodedFilter.CodeSet) -> Vector<
    UInt32
  > {
    let accepted = set.accepted
    func keeping<T: FixedWidthInteger & BitwiseCopyable & Sendable>(_ vector: Vector<T>) -> Vector<UInt32> {
      let part = vector[range]
      return rows.keeping { accepted[Int(part[$0])] != 0 }
    }
    return switch self {
    case .bits8(let vector): keeping(vector)
    case .bits16(let vector): keeping(vector)
    case .bits32(let vector): keeping(vector)
    }
  }
}
