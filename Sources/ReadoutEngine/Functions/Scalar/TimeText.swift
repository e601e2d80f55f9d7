import ReadoutVectors

/// `strftime`: a date or timestamp as text.
enum TimeText {
  static let strftime = BuiltInScalar(
    "strftime", [Parameter("t", .times), Parameter("format", .strings, constant: true)], result: "string",
    "Writes a time: %Y year, %m month, %d day, %H %M %S time, %j day of the year, %q quarter, %G-%V ISO week, "
      + "%b %B %a %A names, %u weekday, %y %e short year and day, %f microseconds.",
    examples: [
      ("strftime(date('2025-11-04'), '%Y-%m')", "'2025-11'"), ("strftime(date('2025-11-04'), '%e %B %Y')", "' 4 November 2025'"),
      ("strftime(timestamp('2025-11-04T09:30:00Z'), '%H:%M')", "'09:30'"),
    ]
  ) { (arguments) throws(ReadoutError) in
    let format = try TimeFormat(arguments[1])
    let isDate = arguments[0].type == .date
    return ScalarKernel(.string) { (a, rows) throws(ReadoutError) in
      let times = a[0].integers
      return Values(
        strings: try StringKernel.strings(count: rows.count) { row, out in
          let day = isDate ? times[row] : Calendar.day(ofMoment: times[row])
          let microsecond = isDate ? 0 : times[row] &- day &* Calendar.microsecondsPerDay
          format.write(day: day, microsecond: microsecond, to: &out)
        })
    }
  }
}
