import ReadoutVectors

/// One number for the bytes of many strings in their order (FNV-1a).
enum StringHashing {
  static func fold(_ strings: StringVector) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for i in 0..<strings.count {
      strings.withBytes(i) { bytes in
        for at in bytes.indices { hash = (hash ^ UInt32(bytes[at])) &* 16_777_619 }
      }
    }
    return hash
  }
}
