import ReadoutVectors

/// Conversions that lose nothing and are made silently: integer to number, string to text, date to timestamp.
enum Widening {
  static func kernel(to type: DataType) -> ScalarKernel {
    ScalarKernel(type) { arguments, _ in convert(arguments[0], to: type) }
  }

  static func convert(_ values: Values, to type: DataType) -> Values {
    if values.type == type { return values }
    switch type {
    case .number: return Values(numbers: values.numbers, validity: values.validity)
    case .timestamp:
      return Values(
        integers: values.integers.map { $0 &* Calendar.microsecondsPerDay }, type: .timestamp, validity: values.validity
      )
    default: return values.retyped(type)
    }
  }
}
