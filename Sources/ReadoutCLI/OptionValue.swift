import ArgumentParser
import Readout
import ReadoutEngine

/// Reads the values of options; what cannot be read is an error that says what would be accepted.
enum OptionValue {
  static func count(_ text: String) throws -> Int {
    guard let value = Int(text), value > 0 else { throw ValidationError("a number from 1 on") }
    return value
  }

  static func threads(_ text: String) throws -> Int {
    let most = ExecutionOptions.mostThreads
    guard let value = Int(text), 1...most ~= value else { throw ValidationError("a number from 1 to \(most)") }
    return value
  }

  static func limit(_ text: String) throws -> Int {
    guard let value = Int(text), value >= 0 else { throw ValidationError("a number from 0 on") }
    return value
  }

  /// `512MB`, `1.5 GiB`, `4G`, `1000000`. Units are powers of 1000 with `B`, of 1024 with `iB`.
  static func bytes(_ text: String) throws -> Int {
    let problem = ValidationError("a size such as 512MB, 4GB or 1.5GiB")
    let number = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(number.count).filter { $0 != " " }.lowercased()
    let scales: [String: Double] = [
      "": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "t": 1e12, "tb": 1e12,
      "kib": 1024, "mib": 1_048_576, "gib": 1_073_741_824, "tib": 1_099_511_627_776,
    ]
    guard let value = Double(number), let scale = scales[unit], value > 0, value * scale < 9e18 else { throw problem }
    return Int(value * scale)
  }

  /// `30s`, `500ms`, `5m`, `1h30m`; a bare number is seconds.
  static func duration(_ text: String) throws -> Duration {
    let problem = ValidationError("a duration such as 30s, 5m or 1h30m")
    let scales: [String: Double] = ["ms": 0.001, "s": 1, "": 1, "m": 60, "min": 60, "h": 3600]
    var seconds = 0.0
    var rest = text[...]
    guard !rest.isEmpty else { throw problem }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      let unit = rest.dropFirst(number.count).prefix { $0.isLetter }
      guard let value = Double(number), let scale = scales[unit.lowercased()] else { throw problem }
      seconds += value * scale
      rest = rest.dropFirst(number.count + unit.count)
    }
    guard seconds > 0, seconds < 1e9 else { throw problem }
    return .milliseconds(Int64(seconds * 1000))
  }

  static func format(_ text: String) throws -> ReportFormat {
    guard let format = ReportFormat(rawValue: text) else {
      throw ValidationError(ReportFormat.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return format
  }
}

extension OptionValue {
  /// `month=2025-01`
  static func setting(_ text: String) throws -> Setting {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw ValidationError("name=value, such as month=2025-01")
    }
    return Setting(String(text[..<equals]), String(text[text.index(after: equals)...]))
  }
}
