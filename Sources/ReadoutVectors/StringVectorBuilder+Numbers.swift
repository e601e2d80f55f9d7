#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension StringVectorBuilder {
  /// Adds an integer in decimal to the string that `endString` ends.
  public mutating func append(textOf value: Int64) {
    if value < 0 { append(byte: 0x2D) }
    append(textOf: value.magnitude, width: 1)
  }

  /// Adds decimal digits, with zeros before them up to `width`.
  public mutating func append(textOf value: UInt64, width: Int) {
    var divisor: UInt64 = 1
    var digits = 1
    while digits < 20, value / divisor >= 10 || digits < width {
      divisor &*= 10
      digits &+= 1
    }
    var rest = value
    while divisor > 0 {
      append(byte: 0x30 &+ UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  /// Adds a float as Lua's `tostring` writes it: C's `%.14g`, with `.0` where that looks like an integer.
  public mutating func append(luaTextOf value: Double) {
    // Sound: `vsnprintf` writes at most the 40 bytes it is given; `%.14g` needs no more than 22.
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { buffer in
      let length = unsafe withVaList([value]) { unsafe Int(vsnprintf(buffer.baseAddress!, 40, "%.14g", $0)) }
      var looksWhole = true
      for i in 0..<length {
        let byte = unsafe UInt8(bitPattern: buffer[i])
        append(byte: byte)
        if byte != 0x2D, byte &- 0x30 > 9 { looksWhole = false }
      }
      if looksWhole {
        append(byte: 0x2E)
        append(byte: 0x30)
      }
    }
  }
}
