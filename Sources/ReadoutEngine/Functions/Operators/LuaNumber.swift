/// Lua 5.4's arithmetic on its two kinds of number, and how they compare.
///
/// After `lvm.c` of Lua 5.4: integers wrap around 64 bits, `//` and `%` round towards minus infinity, and an integer
/// is compared with a float as a mathematical value, never through rounding.
enum LuaNumber {
  /// `a // b`; 0 where `b` is 0, which the caller reports.
  @inline(__always)
  static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
    if b == 0 { return 0 }
    if b == -1 { return 0 &- a }
    let quotient = a / b
    return (a ^ b) < 0 && quotient &* b != a ? quotient &- 1 : quotient
  }

  /// `a % b`, with the sign of `b`; 0 where `b` is 0, which the caller reports.
  @inline(__always)
  static func modulo(_ a: Int64, _ b: Int64) -> Int64 {
    if b == 0 || b == -1 { return 0 }
    let remainder = a % b
    return remainder != 0 && (remainder ^ b) < 0 ? remainder &+ b : remainder
  }

  @inline(__always)
  static func floorDivide(_ a: Double, _ b: Double) -> Double { (a / b).rounded(.down) }

  @inline(__always)
  static func modulo(_ a: Double, _ b: Double) -> Double {
    let remainder = a.truncatingRemainder(dividingBy: b)
    return (remainder > 0 && b < 0) || (remainder < 0 && b > 0) ? remainder + b : remainder
  }

  /// `a << by`: logical, zeros coming in; a negative `by` shifts to the right, 64 and more leave nothing.
  @inline(__always)
  static func shiftLeft(_ a: Int64, _ by: Int64) -> Int64 {
    let bits = UInt64(bitPattern: a)
    if by <= -64 || by >= 64 { return 0 }
    return Int64(bitPattern: by >= 0 ? bits &<< UInt64(by) : bits &>> UInt64(-by))
  }

  /// The integer of the same value; nil where there is none.
  @inline(__always)
  static func integer(_ value: Double) -> Int64? {
    guard value >= -0x1p63, value < 0x1p63 else { return nil }
    let whole = Int64(value)
    return Double(whole) == value ? whole : nil
  }

  // Rounding to a double keeps order, so only where the rounded integer equals the float must the two be looked at
  // exactly.

  @inline(__always)
  static func equal(_ a: Int64, _ b: Double) -> Bool {
    Double(a) == b && b < 0x1p63 && Int64(b) == a
  }

  @inline(__always)
  static func less(_ a: Int64, _ b: Double) -> Bool {
    let rounded = Double(a)
    return rounded < b || (rounded == b && (b >= 0x1p63 || a < Int64(b)))
  }

  @inline(__always)
  static func lessOrEqual(_ a: Int64, _ b: Double) -> Bool {
    let rounded = Double(a)
    return rounded < b || (rounded == b && (b >= 0x1p63 || a <= Int64(b)))
  }

  @inline(__always)
  static func greater(_ a: Int64, _ b: Double) -> Bool {
    let rounded = Double(a)
    return rounded > b || (rounded == b && b < 0x1p63 && a > Int64(b))
  }

  @inline(__always)
  static func greaterOrEqual(_ a: Int64, _ b: Double) -> Bool {
    let rounded = Double(a)
    return rounded > b || (rounded == b && b < 0x1p63 && a >= Int64(b))
  }
}
