import ReadoutEngine
import ReadoutVectors

/// The values of a string column, once for each dictionary entry where there is a dictionary.
struct StringValues {
  let column: Column

  init(_ column: Column) { self.column = column }

  /// Calls `body` for each distinct value of a dictionary, else for each value, until it returns false.
  func forEachDistinct(_ body: (Span<UInt8>) -> Bool) {
    guard let dictionary = column.dictionary else { return forEachRow { _, value in body(value) } }
    if column.nullCount == column.count { return }
    for code in 0..<dictionary.count where !dictionary.strings.withBytes(code, body) { return }
  }

  /// Calls `body` for each row that has a value, until it returns false.
  func forEachRow(_ body: (_ row: Int, Span<UInt8>) -> Bool) {
    var start = 0
    for number in column.chunks.indices {
      let chunk = column.chunks[number]
      let strings = column.values(chunk: number, range: 0..<chunk.count).strings
      for i in 0..<chunk.count where chunk.validity?[i] ?? true {
        if !strings.withBytes(i, { body(start + i, $0) }) { return }
      }
      start += chunk.count
    }
  }

  /// Number, bytes and longest of some values.
  struct Lengths {
    var count = 0
    var sum = 0
    var longest = 0

    mutating func add(_ length: Int) {
      count += 1
      sum += length
      longest = max(longest, length)
    }
  }

  /// The lengths of the values that `forEachDistinct` visits.
  func distinctLengths() -> Lengths {
    var found = Lengths()
    if let dictionary = column.dictionary {
      if column.nullCount < column.count {
        for code in 0..<dictionary.count { found.add(dictionary.strings.length(code)) }
      }
      return found
    }
    for chunk in column.chunks {
      guard case .strings(let strings) = chunk.storage else { continue }
      for i in 0..<chunk.count where chunk.validity?[i] ?? true { found.add(strings.length(i)) }
    }
    return found
  }

  /// The lengths of the distinct values of a column without a dictionary, told by looking each of them up.
  func internedLengths() -> Lengths {
    var met = StringInterner()
    for chunk in column.chunks {
      guard case .strings(let strings) = chunk.storage else { continue }
      for i in 0..<chunk.count where chunk.validity?[i] ?? true {
        _ = met.intern(strings.bytes, Int(strings.starts[i])..<Int(strings.ends[i]))
      }
    }
    let strings = met.freeze()
    var found = Lengths()
    for i in 0..<strings.count { found.add(strings.length(i)) }
    return found
  }

  /// How many rows each dictionary entry has; nil without a dictionary.
  func weights() -> [Int]? {
    guard let dictionary = column.dictionary else { return nil }
    var weights = [Int](repeating: 0, count: dictionary.count)
    for chunk in column.chunks {
      guard case .codes(let codes) = chunk.storage else { continue }
      let all = codes.codes(0..<chunk.count)
      for i in 0..<chunk.count where chunk.validity?[i] ?? true { weights[Int(all[i])] += 1 }
    }
    return weights
  }

  /// The column with each value mapped to an integer; a value without one is null.
  func mapped(to type: DataType, _ body: (Span<UInt8>) -> Int64?) -> Column {
    let table: Vector<Int64>? = column.dictionary.map { dictionary in
      Vector((0..<dictionary.count).map { dictionary.strings.withBytes($0, body) ?? 0 })
    }
    let chunks = column.chunks.indices.map { number in
      let chunk = column.chunks[number]
      let integers: Vector<Int64>
      if let table, case .codes(let codes) = chunk.storage {
        integers = table.gather(codes.codes(0..<chunk.count))
      } else {
        let strings = column.values(chunk: number, range: 0..<chunk.count).strings
        integers = Vector((0..<chunk.count).map { strings.withBytes($0, body) ?? 0 })
      }
      return ColumnChunk(encoding: Values(integers: integers, type: type, validity: chunk.validity))
    }
    return Column(type: type, chunks: chunks)
  }

  /// The column as bytes, without a dictionary, under the type `type`.
  func asBytes(type: DataType) -> Column {
    let chunks = column.chunks.indices.map { number in
      let chunk = column.chunks[number]
      guard case .codes = chunk.storage else { return chunk }
      let values = column.values(chunk: number, range: 0..<chunk.count)
      var builder = StringVectorBuilder()
      let strings = values.strings
      for i in 0..<chunk.count {
        if values.isNull(i) { builder.endString() } else { strings.withBytes(i) { builder.append($0) } }
      }
      return ColumnChunk(
        count: chunk.count, storage: .strings(builder.freeze()), validity: chunk.validity, zone: chunk.zone)
    }
    return Column(type: type, chunks: chunks)
  }
}
