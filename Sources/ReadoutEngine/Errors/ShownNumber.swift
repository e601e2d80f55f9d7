/// Whole numbers as messages and tables say them.
public enum ShownNumber {
  /// `1,234,567`.
  public static func grouped(_ number: Int) -> String {
    var text = ""
    for (place, digit) in String(number).reversed().enumerated() {
      if place > 0, place % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }

  /// `1 row`, `1200 rows`.
  public static func counted(_ number: Int, _ noun: String) -> String { "\(number) \(plural(noun, number))" }

  /// `row` or `rows`.
  public static func plural(_ noun: String, _ number: Int) -> String { number == 1 ? noun : noun + "s" }

  /// `0A`: a byte in two hexadecimal digits.
  public static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }

  /// `1.5 MB`, in powers of 1000.
  public static func bytes(_ count: Int) -> String {
    for (limit, unit) in [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")] where Double(count) >= limit {
      return "\((Double(count) / limit * 10).rounded() / 10) \(unit)"
    }
    return counted(count, "byte")
  }
}
