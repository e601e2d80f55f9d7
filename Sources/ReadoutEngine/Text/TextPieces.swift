import ReadoutVectors

/// `tokens sentences`: the pieces of a text as a list.
enum TextPieces {
  static let tokens = BuiltInScalar(
    "tokens", [Parameter("text", .strings)], result: "list",
    "The words of a text in lower case, in order.",
    examples: [
      ("join(tokens(\"Korea's 1,000.5 tons.\"), '|')", "\"korea's|1,000.5|tons\""),
      ("join(tokens('co-operation at un.org #OPCON'), '|')", "\"co|operation|at|un.org|opcon\""),
    ]
  ) { _ in
    StringKernel.kernel(.list) { strings, _ in
      lists(strings) { bytes, add in
        var word = MutableVector<UInt8>(capacity: 64)
        Words.forEach(in: bytes) { start, end in
          word.removeAll()
          Words.fold(bytes, start, end, into: &word)
          add(word.span)
        }
      }
    }
  }

  static let sentences = BuiltInScalar(
    "sentences", [Parameter("text", .strings)], result: "list",
    "The sentences of a text, in order, without the blanks around them.",
    examples: [
      ("join(sentences('Peace. It cost 3.5 million! He left.'), '|')", "'Peace.|It cost 3.5 million!|He left.'"),
      ("join(sentences('No end'), '|')", "'No end'"),
    ]
  ) { _ in
    StringKernel.kernel(.list) { strings, _ in
      lists(strings) { bytes, add in
        for range in Sentences.trimmed(in: bytes) { add(bytes.extracting(range)) }
      }
    }
  }

  /// A list for each string, of what `pieces` adds.
  private static func lists(
    _ strings: StringVector, _ pieces: (_ bytes: Span<UInt8>, _ add: (Span<UInt8>) -> Void) -> Void
  ) -> Values {
    var interner = StringInterner()
    var starts = MutableVector<UInt32>(capacity: strings.count)
    var ends = MutableVector<UInt32>(capacity: strings.count)
    var items = MutableVector<UInt32>()
    for row in 0..<strings.count {
      starts.append(UInt32(truncatingIfNeeded: items.count))
      strings.withBytes(row) { bytes in pieces(bytes) { items.append(interner.intern($0)) } }
      ends.append(UInt32(truncatingIfNeeded: items.count))
    }
    let lists = ListVector(
      starts: starts.freeze(), ends: ends.freeze(), items: items.freeze(),
      dictionary: StringDictionary(interner.freeze()))
    return Values(type: .list, payload: .lists(lists), count: strings.count)
  }
}
