import ReadoutVectors

/// Lua's functions of patterns that are `BytePattern`s.
public enum PatternOperations {
  /// `string.find(s, pattern, init)`: where the first match begins, or ends (`isEnd`); 0 where there is none.
  public static func find(_ pattern: BytePattern, named text: String, isEnd: Bool) -> ColumnOperation {
    ColumnOperation("string.find", detail: "\(isEnd) \(text)", result: .integer) { a, count, wanted in
      let strings = a[0].strings
      let starts = a[1].integers
      return Values(
        integers: Vector(count: count) { row in
          if let wanted, wanted[row] == 0 { return 0 }
          return strings.withBytes(row) { bytes in
            guard let from = ByteStrings.searchStart(starts[row], bytes.count),
              let match = pattern.first(in: bytes, from: from)
            else { return 0 }
            return Int64(isEnd ? match.upperBound : match.lowerBound + 1)
          }
        })
    }
  }

  /// `string.gsub(s, pattern, replacement)`, the replacement without `%`.
  public static func replace(_ pattern: BytePattern, named text: String, by replacement: [UInt8]) -> ColumnOperation {
    let block = StringVector(starts: Vector([0]), ends: Vector([UInt32(replacement.count)]), bytes: Vector(replacement))
    return ColumnOperation("string.gsub", detail: "\(text)\u{0}\(replacement)", result: .string) {
      (a, count, wanted) throws(ReadoutError) in
      let strings = a[0].strings
      return try ProgramStrings.built(count, wanted) { row, out in
        strings.withBytes(row) { bytes in
          var at = 0
          pattern.forEach(in: bytes) { match in
            if ProgramStrings.isFull(out) { return }
            if match.lowerBound > at { out.append(bytesOf: bytes.extracting(at..<match.lowerBound)) }
            block.withBytes(0) { out.append(bytesOf: $0) }
            at = match.upperBound
          }
          if at < bytes.count { out.append(bytesOf: bytes.extracting(at..<bytes.count)) }
        }
      }
    }
  }

  /// How many matches `string.gsub` replaces.
  public static func count(_ pattern: BytePattern, named text: String) -> ColumnOperation {
    ColumnOperation("string.gsub", detail: "count \(text)", result: .integer) { a, count, wanted in
      let strings = a[0].strings
      return Values(
        integers: Vector(count: count) { row in
          if let wanted, wanted[row] == 0 { return 0 }
          return strings.withBytes(row) { bytes in
            var matches: Int64 = 0
            pattern.forEach(in: bytes) { _ in matches += 1 }
            return matches
          }
        })
    }
  }
}
