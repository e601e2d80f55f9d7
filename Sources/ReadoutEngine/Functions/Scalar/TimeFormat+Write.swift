import ReadoutVectors

extension TimeFormat {
  /// Adds the time of `day` (days since 1970-01-01) and `microsecond` (of the day) to the string that `endString`
  /// ends.
  func write(day: Int64, microsecond: Int64, to out: inout StringVectorBuilder) {
    let date = Calendar.date(ofDay: day)
    for piece in pieces {
      switch piece {
      case .text(let bytes): out.append(bytesOf: bytes.span)
      case .directive(let directive): write(directive, day, date, microsecond / 1_000_000, microsecond, to: &out)
      }
    }
  }

  private func write(
    _ directive: Directive, _ day: Int64, _ date: Calendar.Day, _ second: Int64, _ microsecond: Int64,
    to out: inout StringVectorBuilder
  ) {
    switch directive {
    case .year: write(date.year, 4, to: &out)
    case .yearOfCentury: write(Calendar.floorModulo(date.year, 100), 2, to: &out)
    case .month: write(date.month, 2, to: &out)
    case .monthName: write(Self.months[Int(date.month) - 1].utf8, to: &out)
    case .monthAbbreviation: write(Self.months[Int(date.month) - 1].utf8.prefix(3), to: &out)
    case .day: write(date.day, 2, to: &out)
    case .blankPaddedDay:
      if date.day < 10 { out.append(byte: 0x20) }
      write(date.day, 1, to: &out)
    case .dayOfYear: write(day &- Calendar.day(of: .init(year: date.year, month: 1, day: 1)) &+ 1, 3, to: &out)
    case .weekdayName: write(Self.weekdays[Int(Calendar.weekday(ofDay: day)) - 1].utf8, to: &out)
    case .weekdayAbbreviation: write(Self.weekdays[Int(Calendar.weekday(ofDay: day)) - 1].utf8.prefix(3), to: &out)
    case .weekday: write(Calendar.weekday(ofDay: day), 1, to: &out)
    case .week: write(Calendar.week(ofDay: day), 2, to: &out)
    // The year of the week's Thursday.
    case .weekYear: write(Calendar.date(ofDay: day &- Calendar.weekday(ofDay: day) &+ 4).year, 4, to: &out)
    case .quarter: write((date.month &+ 2) / 3, 1, to: &out)
    case .hour: write(second / 3600, 2, to: &out)
    case .minute: write(second / 60 % 60, 2, to: &out)
    case .second: write(second % 60, 2, to: &out)
    case .microsecond: write(microsecond % 1_000_000, 6, to: &out)
    }
  }

  private func write(_ value: Int64, _ width: Int, to out: inout StringVectorBuilder) {
    if value < 0 { out.append(byte: 0x2D) }
    out.append(textOf: value.magnitude, width: width)
  }

  private func write(_ bytes: some Sequence<UInt8>, to out: inout StringVectorBuilder) {
    for byte in bytes { out.append(byte: byte) }
  }
}
