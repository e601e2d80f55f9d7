/// A format of `strftime`, `date` and `timestamp`: text, and directives such as `%Y`. Names of months and days are
/// English.
struct TimeFormat: Sendable {
  enum Piece: Equatable, Sendable {
    case text([UInt8])
    case directive(Directive)
  }

  enum Directive: Character, CaseIterable, Sendable {
    case year = "Y"
    case yearOfCentury = "y"
    case month = "m"
    case monthName = "B"
    case monthAbbreviation = "b"
    case day = "d"
    case blankPaddedDay = "e"
    case dayOfYear = "j"
    case weekdayName = "A"
    case weekdayAbbreviation = "a"
    /// 1 = Monday to 7 = Sunday.
    case weekday = "u"
    /// ISO 8601 week, and the year that it belongs to.
    case week = "V"
    case weekYear = "G"
    case quarter = "q"
    case hour = "H"
    case minute = "M"
    case second = "S"
    /// Six digits.
    case microsecond = "f"

    /// Whether reading understands it; the others follow from a date and are only written.
    var canBeRead: Bool {
      switch self {
      case .weekday, .week, .weekYear, .quarter: false
      default: true
      }
    }
  }

  let pieces: [Piece]

  /// Reads a format; `reading` refuses what can only be written.
  init(_ argument: Argument, reading: Bool = false) throws(ReadoutError) {
    var pieces: [Piece] = []
    var text: [UInt8] = []
    var isDirective = false
    for character in argument.constantString ?? "" {
      if !isDirective, character == "%" {
        isDirective = true
      } else if !isDirective || character == "%" {
        text += character.utf8
        isDirective = false
      } else {
        guard let directive = Directive(rawValue: character), !reading || directive.canBeRead else {
          throw Self.unknown("%\(character)", reading: reading, argument)
        }
        if !text.isEmpty { pieces.append(.text(text)) }
        text = []
        pieces.append(.directive(directive))
        isDirective = false
      }
    }
    if isDirective { throw Self.unknown("%", reading: reading, argument) }
    if !text.isEmpty { pieces.append(.text(text)) }
    self.pieces = pieces
  }

  /// Whether it writes more than the day.
  var writesTime: Bool {
    pieces.contains {
      [.directive(.hour), .directive(.minute), .directive(.second), .directive(.microsecond)].contains($0)
    }
  }

  private static func unknown(_ directive: String, reading: Bool, _ argument: Argument) -> ReadoutError {
    let known = Directive.allCases.filter { !reading || $0.canBeRead }.map { "%\($0.rawValue)" }
    return ReadoutError(
      .request, "unknown directive in a time format", value: directive,
      hint: "known: \(known.joined(separator: " ")) %%", range: argument.range)
  }

  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
}
