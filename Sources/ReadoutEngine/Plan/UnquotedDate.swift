/// A date without quotes, which is a difference of integers: `2024-01-31`.
enum UnquotedDate {
  /// What to write in place of a number that is compared with a time.
  static func hint(for number: Expression) -> String {
    if let text = text(of: number) { return "write the date in quotes: '\(text)'" }
    return "a date is written in quotes, such as '2025-10-01'"
  }

  /// The date that was meant; nil where there is none of that year, month and day.
  private static func text(of number: Expression) -> String? {
    guard case .binary(.subtract, let left, let right) = number.node,
      case .binary(.subtract, let first, let second) = left.node, case .literal(.integer(let year)) = first.node,
      case .literal(.integer(let month)) = second.node, case .literal(.integer(let day)) = right.node,
      (1000...9999).contains(year), (1...12).contains(month), day >= 1, day <= Calendar.daysInMonth(month, of: year)
    else { return nil }
    return Calendar.text(ofDay: Calendar.day(of: Calendar.Day(year: year, month: month, day: day)))
  }
}
