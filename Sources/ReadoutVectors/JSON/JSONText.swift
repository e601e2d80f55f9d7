import CJSON

/// JSON values passed over, found and taken apart, one at a time.
public enum JSONText {
  public struct Invalid: Error {
    public let fault: JSONFault
    public let offset: Int

    public init(fault: JSONFault, offset: Int) {
      self.fault = fault
      self.offset = offset
    }
  }

  /// The first byte at or behind `at` that is no blank and no line end; the end of the text where there is none.
  public static func value(_ bytes: PaddedBytes, behind at: Int) -> Int {
    var at = at
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes.vector[at]) { at += 1 }
    return at
  }

  /// Where the value that begins at or behind `at` ends; all of it is checked.
  public static func end(_ bytes: PaddedBytes, ofValueAt at: Int) throws(Invalid) -> Int {
    precondition(at >= 0 && at <= bytes.count)
    // Sound: 64 bytes behind the text are readable.
    return try unsafe next(readout_json_skip(bytes.vector.base, at, bytes.count))
  }

  /// Where the value of a member of the object at `at` begins; nil where there is no such member.
  public static func member(_ name: String, _ bytes: PaddedBytes, at: Int) throws(Invalid) -> Int? {
    precondition(at >= 0 && at <= bytes.count)
    let name = Array(name.utf8)
    // Sound: as above; the name is not kept.
    let stop = unsafe name.withUnsafeBufferPointer {
      unsafe readout_json_member(bytes.vector.base, at, bytes.count, $0.baseAddress, $0.count)
    }
    let found = try next(stop)
    return found < bytes.count ? found : nil
  }

  private static func next(_ stop: readout_json_stop) throws(Invalid) -> Int {
    guard stop.fault == READOUT_JSON_VALID else { throw Invalid(fault: JSONFault(stop.fault), offset: stop.fault_at) }
    return stop.next
  }

  /// Calls `body` with each item of an array that was checked, as it stands there; a string freed from quotes and escapes.
  public static func forEachItem(_ array: Span<UInt8>, _ body: (_ item: Span<UInt8>, _ isString: Bool) -> Void) {
    unsafe array.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress, text.count >= 2 else { return }
      var at = 1
      var plain: [UInt8] = []
      while true {
        var end = 0
        // Sound: copies are made of nothing; `end` is inside the array. Blocks of 16 bytes are read up to 15 behind it, which are the text's.
        let start = unsafe readout_json_item(base, text.count, at, &end)
        guard start < text.count else { return }
        if unsafe base[start] == 0x22 {
          plain = unsafe [UInt8](unsafeUninitializedCapacity: end - start) { output, count in
            unsafe count = readout_json_unescape(base + start + 1, end - start - 2, output.baseAddress!)
          }
          body(plain.span, true)
        } else {
          body(unsafe Span(_unsafeStart: base + start, count: end - start), false)
        }
        at = end
      }
    }
  }
}
