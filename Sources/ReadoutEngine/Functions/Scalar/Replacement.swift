import ReadoutVectors

/// `replace`: plain text for plain text.
enum Replacement {
  static let replace = BuiltInScalar(
    "replace", [Parameter("s", .strings), Parameter("part", .strings), Parameter("by", .strings)],
    result: "the type of s", "Replaces every occurrence of a part, from left to right; an empty part is never found.",
    examples: [("replace('a-b-c', '-', '+')", "'a+b+c'"), ("replace('aaa', 'aa', 'b')", "'ba'")]
  ) { arguments in
    let type = arguments[0].type
    if let part = arguments[1].constantString, let by = arguments[2].constantString {
      let settings = StringVector([part, by])
      return StringKernel.kernel(type) { (strings, rows) throws(ReadoutError) in
        let replaced = try StringKernel.strings(count: strings.count, for: rows) { row, out in
          strings.withBytes(row) { string in
            settings.withBytes(0) { part in settings.withBytes(1) { append(string, part, $0, to: &out) } }
          }
        }
        return Values(strings: replaced, type: type)
      }
    }
    return ScalarKernel(type) { (a, rows) throws(ReadoutError) in
      let (strings, parts, replacements) = (a[0].strings, a[1].strings, a[2].strings)
      let replaced = try StringKernel.strings(count: rows.count, for: rows) { row, out in
        strings.withBytes(row) { string in
          parts.withBytes(row) { part in replacements.withBytes(row) { append(string, part, $0, to: &out) } }
        }
      }
      return Values(strings: replaced, type: type)
    }
  }

  private static func append(
    _ string: Span<UInt8>, _ part: Span<UInt8>, _ by: Span<UInt8>, to out: inout StringVectorBuilder
  ) {
    var at = 0
    let start = out.byteCount
    // A long text replaced by long ones may pass any bound within one row; the error is thrown behind it.
    while !part.isEmpty, let found = string.first(of: part, from: at) {
      out.append(bytesOf: string.extracting(at..<found))
      out.append(bytesOf: by)
      if out.byteCount - start > 1 << 20, !out.hasRoom(for: 0) || MemoryAccount.isOverLimit { return }
      at = found + part.count
    }
    out.append(bytesOf: string.extracting(at..<string.count))
  }
}
