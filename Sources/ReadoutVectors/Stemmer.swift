import CStemmer

/// Cuts words to their stems by the Snowball algorithms. One thread uses one at a time.
@safe
public final class Stemmer {
  /// A language whose words can be cut, by its English name.
  public struct Language: Sendable, Hashable {
    public let name: String

    /// nil where there is no algorithm for it.
    public init?(_ name: String) {
      guard Language.names.contains(name) else { return nil }
      self.name = name
    }

    /// All there are.
    public static let names: [String] = {
      var names: [String] = []
      // Sound: the list is the library's own, and ends in a null.
      var entry = unsafe sb_stemmer_list()
      while let name = unsafe entry?.pointee {
        unsafe names.append(String(cString: name))
        unsafe entry = entry?.advanced(by: 1)
      }
      return names
    }()
  }

  private let stemmer: OpaquePointer?

  public init(_ language: Language) { unsafe stemmer = sb_stemmer_new(language.name, nil) }

  deinit { unsafe sb_stemmer_delete(stemmer) }

  /// The stem of a word in lower case; the word itself where memory is out.
  public func stem(of word: String) -> String {
    guard let stemmer = unsafe stemmer else { return word }
    let bytes = Array(word.utf8)
    // Sound: the result belongs to the stemmer until its next call, and is copied before.
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress, let stem = unsafe sb_stemmer_stem(stemmer, start, Int32(buffer.count))
      else { return word }
      let length = Int(unsafe sb_stemmer_length(stemmer))
      return unsafe String(decoding: UnsafeBufferPointer(start: stem, count: length), as: UTF8.self)
    }
  }
}
