import CVectors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension PaddedBytes {
  /// From this size on files are mapped; of smaller ones, which may be thousands, none is kept open.
  static let mappedBytes = 1 << 20

  /// The bytes of a file: mapped where it is a large regular file, else read to its end.
  ///
  /// A mapped file that somebody cuts short reads as zeros from there on; `isUnchanged` tells, and is to be asked once all is read.
  /// - Parameters:
  ///   - folders: Where the file has to lie; nil is anywhere.
  ///   - goesOn: Asked before each block of what is not mapped, and again and again while a pipe has nothing, with how many bytes of memory
  ///     come to it next. False ends the reading with `isEnded`.
  public init(
    file path: String, within folders: AllowedFolders? = nil, while goesOn: (_ memory: Int) -> Bool = { _ in true }
  ) throws(FileProblem) {
    let open = OpenFile(openToRead(path, within: folders))
    guard open.descriptor >= 0, let state = MappedFileState(open.descriptor) else { throw .last(path) }
    if state.isFolder { throw FileProblem(path: path, code: EISDIR) }
    if state.isFile, state.size >= Self.mappedBytes, let mapped = try Self.mapped(open, path, state) {
      self = mapped
    } else {
      self = try PaddedBytes(descriptor: open.descriptor, path, while: goesOn)
    }
  }

  /// Reads standard input to its end, as long as `goesOn` says.
  public static func standardInput(while goesOn: (_ memory: Int) -> Bool) throws(FileProblem) -> PaddedBytes {
    try PaddedBytes(descriptor: STDIN_FILENO, "standard input", while: goesOn)
  }

  /// Whether the file is as it was when it was opened, or longer; bytes in memory of our own do not change.
  public var isUnchanged: Bool { withExtendedLifetime(vector) { file?.isUnchanged ?? true } }

  private init(descriptor: Int32, _ path: String, while goesOn: (_ memory: Int) -> Bool) throws(FileProblem) {
    var builder = PaddedBytesBuilder()
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let memory = builder.growth(by: block.count)
      let got = readBlock(descriptor, to: &block) { goesOn(memory) }
      if got < 0 { throw .last(path) }
      if got == 0 { break }
      builder.append(block.span.extracting(0..<got))
    }
    self = builder.freeze()
  }

  /// Lays the file over an anonymous mapping that is a page longer: the page behind the file's last reads as zeros. nil where no more
  /// mappings can be guarded.
  private static func mapped(
    _ open: OpenFile, _ path: String, _ state: MappedFileState
  ) throws(FileProblem) -> PaddedBytes? {
    let count = state.size
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let length = (count + page - 1) / page * page + page
    let reserved = unsafe mmap(nil, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let reserved = unsafe reserved, unsafe reserved != MAP_FAILED else { throw .last(path) }
    let mapped = unsafe mmap(reserved, count, PROT_READ, MAP_PRIVATE | MAP_FIXED, open.descriptor, 0)
    guard unsafe mapped != MAP_FAILED else {
      let problem = FileProblem.last(path)
      unsafe munmap(reserved, length)
      throw problem
    }
    // Sound: the guard ends before the mapping does.
    let guarding = unsafe readout_guard_mapping(reserved, length)
    guard guarding >= 0 else {
      unsafe munmap(reserved, length)
      return nil
    }
    let bits = UInt(bitPattern: reserved)
    // Sound: the mapping is ours until the storage's last vector is gone, and is never written.
    let storage = unsafe VectorStorage(adopting: UnsafeRawBufferPointer(start: reserved, count: length)) {
      readout_release_mapping(guarding)
      unsafe _ = munmap(UnsafeMutableRawPointer(bitPattern: bits)!, length)
    }
    return PaddedBytes(
      unchecked: unsafe Vector(adopting: storage, count: count),
      file: FileBytes(open, path: path, state: state, guarding: guarding))
  }
}
