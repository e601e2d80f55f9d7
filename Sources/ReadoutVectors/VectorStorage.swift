/// One block of memory, 64-byte aligned, owned by the vectors that slice it; freed with the last of them.
@safe
public final class VectorStorage: @unchecked Sendable {
  // Sound: the address never changes, and the bytes are written only by the one `MutableVector` that made the block,
  // before the first `Vector` over them exists.
  @usableFromInline let address: UnsafeMutableRawPointer
  @usableFromInline let byteCount: Int
  /// What gives back adopted bytes; nil for a block of our own.
  @usableFromInline let release: (@Sendable () -> Void)?

  @usableFromInline init(byteCount: Int) {
    let size = BlockCache.roundedSize(byteCount)
    unsafe self.address = BlockCache.allocate(size)
    self.byteCount = size
    self.release = nil
    MemoryAccount.charge(size)
  }

  /// Takes over bytes that somebody else made, such as a mapped file. `release` runs once, with the last vector gone.
  ///
  /// The bytes are not charged to the account: the kernel can drop them when memory is short.
  @unsafe public init(adopting bytes: UnsafeRawBufferPointer, release: @escaping @Sendable () -> Void) {
    // Sound: never written through; a `Vector` only reads.
    unsafe self.address = UnsafeMutableRawPointer(mutating: bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 64)!)
    self.byteCount = 0
    self.release = release
  }

  deinit {
    if let release {
      release()
    } else {
      // Sound: the last owner is gone, and the block came from `allocate` with this size.
      unsafe BlockCache.free(address, size: byteCount)
      MemoryAccount.release(byteCount)
    }
  }
}
