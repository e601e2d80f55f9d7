import ReadoutVectors

/// `strftime`: a date or timestamp as text.
enum TimeText {
  static let strftime = BuiltInScalar(
    "strftime", [Parameter("t", .times), Parameter("format", .strings, constant: true)], result: "string",
    "Writes a time: %Y year, %m month, %d day, %H %M %S time, %j day of the year, %q quarter, %G-%V ISO week, "
      + "%b %B %a %A names, %u weekday, %y %e short year and day, %f microseconds.",
    examples: [
      ("strftime(date('2025-11-04'), '%Y-%m')", "'2025-11'"),
      ("strftime(date('2025-11-04'), '%e %B %Y')", "' 4 November 2025'"),
      ("strftime(timestamp('2025-11-04T09:30:00Z'), '%H:%M')", "'09:30'"),
    ]
  ) { (arguments) throws(ReadoutError) in
    let format = try TimeFormat(arguments[1])
    return ScalarKernel(.string) { (a, rows) throws(ReadoutError) in
      let days = TimeValues.days(a[0])
      if !format.writesTime, let table = DayTable(days) {
        let written = try StringKernel.strings(count: table.count, for: rows) { place, out in
          format.write(day: table.day(place), microsecond: 0, to: &out)
        }
        return Values(strings: written).interned.gather(table.places)
      }
      let times = a[0].integers
      let isDate = a[0].type == .date
      return Values(
        strings: try StringKernel.strings(count: rows.count, for: rows) { row, out in
          let microsecond = isDate ? 0 : times[row] &- days[row] &* Calendar.microsecondsPerDay
          format.write(day: days[row], microsecond: microsecond, to: &out)
        })
    }
  }
}
