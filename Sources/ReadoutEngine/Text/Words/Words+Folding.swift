import ReadoutVectors

extension Words {
  /// Appends a word as the vocabulary holds it: case folded, in NFC, the apostrophe U+2019 written as `'`.
  @inline(__always)
  public static func fold(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, into out: inout MutableVector<UInt8>) {
    out.reserve(out.count &+ end &- start)
    for at in start..<end {
      let byte = bytes[at]
      if byte >= 0x80 { return foldWide(bytes, at, end, from: start, into: &out) }
      // Signs inside a word stay as they are.
      let folded = WordCharacters.folded(byte)
      out.append(folded == 0 ? byte : folded)
    }
  }

  @inline(never)
  private static func foldWide(
    _ bytes: Span<UInt8>, _ first: Int, _ end: Int, from start: Int, into out: inout MutableVector<UInt8>
  ) {
    var scalars: [UInt32] = []
    var mayCompose = false
    var at = first
    while at < end {
      let (value, length) = bytes.codePoint(at: at)
      mayCompose = mayCompose || WordBreakClass.mayCompose(value)
      scalars.append(folded(value))
      at &+= length
    }
    if mayCompose {
      // A mark composes with the letter before it, which may be one of those written already.
      let written = out.count - (first - start)
      scalars = (written..<out.count).map { UInt32(out[$0]) } + scalars
      out.resize(to: written, filling: 0)
      scalars = WordCharacters.composed(scalars)
    }
    for value in scalars {
      for byte in String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8 { out.append(byte) }
    }
  }

  private static func folded(_ value: UInt32) -> UInt32 {
    if value < 0x80 {
      return WordCharacters.folded(UInt8(value)) == 0 ? value : UInt32(WordCharacters.folded(UInt8(value)))
    }
    if value == 0x2019 { return 0x27 }
    let entry = WordCharacters.folding(value)
    return entry == 0 || entry == WideCharacters.mark ? value : entry
  }

  /// A word as the vocabulary holds it.
  public static func folded(_ word: String) -> String {
    var out = MutableVector<UInt8>()
    let bytes = Array(word.utf8)
    fold(bytes.span, 0, bytes.count, into: &out)
    return String(decoding: out.freeze(), as: UTF8.self)
  }

  /// A word in its own case, in NFC.
  static func composed(_ word: String) -> String {
    let scalars = word.unicodeScalars.map(\.value)
    guard scalars.contains(where: WordBreakClass.mayCompose) else { return word }
    var text = ""
    for value in WordCharacters.composed(scalars) { text.unicodeScalars.append(Unicode.Scalar(value) ?? "\u{FFFD}") }
    return text
  }
}
