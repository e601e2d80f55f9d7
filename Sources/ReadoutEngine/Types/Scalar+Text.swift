extension Scalar: CustomStringConvertible {
  /// The value as a report shows it: text as it is, ISO 8601 dates, the shortest exact number, list items joined with `;`,
  /// and `null`.
  public var description: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): value.description
    case .date(let days): Calendar.text(ofDay: days)
    case .timestamp(let microseconds): Calendar.text(ofMoment: microseconds)
    case .string(let value): value
    case .list(let items): items.joined(separator: ";")
    }
  }
}
