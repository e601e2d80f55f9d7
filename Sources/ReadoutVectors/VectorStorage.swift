/// One block of memory, 64-byte aligned, owned by the vectors that slice it; freed with the last of them.
@safe
public final class VectorStorage: @unchecked Sendable {
  // Sound: the address never changes, and the bytes are written only by the one `MutableVector` that made the block,
  // before the first `Vector` over them exists.
  @usableFromInline let address: UnsafeMutableRawPointer
  @usableFromInline let byteCount: Int
  @usableFromInline let release: @Sendable () -> Void

  @usableFromInline init(byteCount: Int) {
    let size = max(64, (byteCount + 63) & ~63)
    let address = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
    unsafe self.address = address
    self.byteCount = size
    let bits = UInt(bitPattern: address)
    self.release = { unsafe UnsafeMutableRawPointer(bitPattern: bits)?.deallocate() }
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
    release()
    if byteCount > 0 { MemoryAccount.release(byteCount) }
  }
}
