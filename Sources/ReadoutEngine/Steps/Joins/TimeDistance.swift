import ReadoutVectors

/// A length of time on the scale of two columns: days where both hold dates, else microseconds.
public struct TimeDistance: Sendable {
  /// As the user gave it: a number of days, or a text such as `12 hours`.
  public enum Given: Sendable, Equatable {
    case days(Double)
    case text(String)
  }

  /// The type on whose scale times are compared.
  static func scale(_ left: DataType, _ right: DataType) -> DataType {
    left == .date && right == .date ? .date : .timestamp
  }

  /// `given` in days or microseconds.
  static func length(_ given: Given, option: String, scale: DataType) throws(ReadoutError) -> Int64 {
    switch given {
    case .days(let days):
      let length = scale == .date ? days : (days * Double(Calendar.microsecondsPerDay)).rounded()
      guard length.magnitude < 0x1p62 else {
        throw ReadoutError(.request, "\(option) is too long", value: "\(days)", hint: "give a number of days")
      }
      guard let whole = Int64(exactly: length) else {
        throw ReadoutError(
          .request, "\(option) is a whole number of days between dates", value: "\(days)",
          hint: "make timestamps of both, timestamp(date), to compare hours")
      }
      return whole
    case .text(let text):
      switch BucketWidth(text)?.step {
      case .microseconds(let count) where scale == .timestamp: return count
      case .microseconds:
        throw ReadoutError(
          .request, "\(option): a date has no hours", value: text,
          hint: "give days, or compare timestamps: timestamp(date)")
      case .days(let count): return scale == .date ? count : count &* Calendar.microsecondsPerDay
      case .weeks(let count): return (scale == .date ? count : count &* Calendar.microsecondsPerDay) &* 7
      case .months:
        throw ReadoutError(
          .request, "\(option): months and years differ in length", value: text, hint: "give days: '30 days'")
      case nil:
        throw ReadoutError(
          .request, "\(option) is no length of time", value: text, hint: "7, '7 days', '2 weeks' or '12 hours'")
      }
    }
  }

  /// Times on a scale.
  static func times(_ values: Values, scale: DataType) -> Vector<Int64> {
    scale == .date ? values.integers : TimeValues.moments(values).integers
  }

  /// The type of an offset: whole days between dates, else days with a fraction.
  static func offsetType(_ left: DataType, _ right: DataType) -> DataType {
    scale(left, right) == .date ? .integer : .number
  }

  /// Days from one time to another, null where either is.
  static func days(from: Values, to: Values) -> Values {
    let scale = scale(from.type, to.type)
    var validity = Bitmap.both(from.validity, to.validity)
    for values in [from, to] { if case .null = values.payload { validity = Bitmap(repeating: false, count: to.count) } }
    let lengths = times(to, scale: scale).zip(times(from, scale: scale)) { $0 &- $1 }
    if scale == .date { return Values(integers: lengths, validity: validity) }
    let day = Double(Calendar.microsecondsPerDay)
    return Values(numbers: lengths.map { Double($0) / day }, validity: validity)
  }
}

extension TimeDistance.Given: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral {
  public init(integerLiteral days: Int) { self = .days(Double(days)) }
  public init(floatLiteral days: Double) { self = .days(days) }
  public init(stringLiteral text: String) { self = .text(text) }
}
