import ReadoutEngine
import ReadoutVectors

/// Hashes what it hands on to another sink.
struct HashedSink<Sink: ByteSink & ~Copyable>: ByteSink, ~Copyable {
  private var sink: Sink
  private var hash = SHA256()

  init(_ sink: consuming Sink) { self.sink = sink }

  mutating func write(_ bytes: Span<UInt8>) throws(ReadoutError) {
    hash.update(bytes)
    try sink.write(bytes)
  }

  /// Of all that was written.
  var digest: InputFiles.Digest { InputFiles.Digest(byteCount: hash.byteCount, sha256: hash.hexadecimal()) }

  /// Ends the writing.
  consuming func takeSink() -> Sink { sink }
}

/// Keeps nothing.
struct DiscardingSink: ByteSink {
  mutating func write(_ bytes: Span<UInt8>) {}
}
