#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension PaddedBytes {
  /// Why a file could not be read: the system's error number and its words.
  public struct FileError: Error, Sendable, Equatable {
    public let number: Int32
    public var isMissing: Bool { number == ENOENT || number == ENOTDIR }
    public var isDirectory: Bool { number == EISDIR }
    public var words: String { unsafe String(cString: strerror(number)) }
  }

  /// The bytes of a file: mapped where it is a regular file, else (a pipe) read to its end.
  ///
  /// A file that shrinks while it is mapped ends the process when the lost part is touched, as with every mapped file.
  public init(file path: String) throws(FileError) {
    let descriptor = openToRead(path)
    guard descriptor >= 0 else { throw FileError(number: errno) }
    let file = FileBytes(descriptor: descriptor)
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw FileError(number: errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError(number: EISDIR) }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      self = try PaddedBytes(descriptor: descriptor)
      return
    }
    try self.init(mapping: file.openedAgain(path), count: Int(status.st_size))
  }

  /// Reads standard input to its end.
  public static func standardInput() throws(FileError) -> PaddedBytes { try PaddedBytes(descriptor: STDIN_FILENO) }

  private init(descriptor: Int32) throws(FileError) {
    var builder = PaddedBytesBuilder()
    let room = 1 << 20
    var block = [UInt8](repeating: 0, count: room)
    while true {
      let got = unsafe read(descriptor, &block, room)
      if got < 0 {
        if errno == EINTR { continue }
        throw FileError(number: errno)
      }
      if got == 0 { break }
      builder.append(block.span.extracting(0..<got))
    }
    self = builder.freeze()
  }

  /// Lays the file over an anonymous mapping that is a page longer: the page behind the file's last reads as zeros.
  private init(mapping file: FileBytes, count: Int) throws(FileError) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let length = (count + page - 1) / page * page + page
    let reserved = unsafe mmap(nil, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let reserved = unsafe reserved, unsafe reserved != MAP_FAILED else { throw FileError(number: errno) }
    let mapped = unsafe mmap(reserved, count, PROT_READ, MAP_PRIVATE | MAP_FIXED, file.descriptor, 0)
    guard unsafe mapped != MAP_FAILED else {
      let number = errno
      unsafe munmap(reserved, length)
      throw FileError(number: number)
    }
    let bits = UInt(bitPattern: reserved)
    // Sound: the mapping is ours until the storage's last vector is gone, and is never written.
    let storage = unsafe VectorStorage(adopting: UnsafeRawBufferPointer(start: reserved, count: length)) {
      unsafe _ = munmap(UnsafeMutableRawPointer(bitPattern: bits)!, length)
    }
    self.init(unchecked: unsafe Vector(adopting: storage, count: count), file: file)
  }
}
