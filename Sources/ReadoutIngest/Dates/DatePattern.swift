import ReadoutEngine

/// A strptime pattern, read once and matched against many values.
///
/// `%Y` (four digits) `%y` (two: 69 to 99 are 19.., the rest 20..) `%m` `%d` `%e` `%j` `%H` `%I` `%M` `%S` `%f` (one to nine digits) `%p`
/// `%b` `%B` `%h` (English month names, short or long) `%a` `%A` `%z` `%F` `%T` `%D` `%R` `%%`. Numbers may be unpadded, as strptime
/// has it. A blank in the pattern stands for any number of blanks, none included. Names match whatever their case.
struct DatePattern: Sendable {
  enum Part: Sendable, Equatable {
    case literal(UInt8)
    case blanks
    case field(UInt8)
  }

  let text: String
  private(set) var parts: [Part]

  /// The form with at least one blank wherever it has blanks: a code such as `SEP123456` is no day.
  var withBlanks: DatePattern {
    var pattern = self
    pattern.parts = parts.flatMap { $0 == .blanks ? [.literal(0x20), .blanks] : [$0] }
    return pattern
  }

  init(_ text: String) throws(ReadoutError) {
    self.text = text
    var parts: [Part] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      if byte == 0x20 {
        parts.append(.blanks)
      } else if byte != 0x25 {
        parts.append(.literal(byte))
      } else {
        let letter = bytes.popFirst() ?? 0
        guard let expanded = Self.expansion(of: letter) else {
          throw ReadoutError(
            .request, "unknown part of a date format", value: "%" + (letter == 0 ? "" : String(UnicodeScalar(letter))),
            place: .init(detail: "in the format \(text)"),
            hint: "known are %Y %y %m %d %e %j %b %B %H %I %p %M %S %f %z %a %A %F %T %D %R %%")
        }
        parts += expanded
      }
    }
    self.parts = parts
    let fields = Set(parts.compactMap { if case .field(let letter) = $0 { letter } else { nil } })
    let hasYear = !fields.isDisjoint(with: Array("Yy".utf8))
    let hasMonth = !fields.isDisjoint(with: Array("mb".utf8))
    let hasDay = !fields.isDisjoint(with: Array("d".utf8))
    guard hasYear, (hasMonth && hasDay) || fields.contains(UInt8(ascii: "j")) else {
      throw ReadoutError(
        .request, "a date format needs a year, a month and a day", value: text,
        hint: "for example %d/%m/%Y or %B %e, %Y")
    }
  }

  /// Whether it has a part of the day, so that its values are timestamps.
  var hasTime: Bool {
    parts.contains { if case .field(let letter) = $0 { "HIMSfpz".utf8.contains(letter) } else { false } }
  }

  private static func expansion(of letter: UInt8) -> [Part]? {
    func fields(_ text: String) -> [Part] {
      text.utf8.map { ($0 | 0x20) &- 0x61 < 26 ? .field($0) : .literal($0) }
    }
    switch UnicodeScalar(letter) {
    case "Y", "y", "m", "d", "j", "H", "I", "M", "S", "f", "p", "b", "z", "a": return [.field(letter)]
    case "e": return [.blanks, .field(UInt8(ascii: "d"))]
    case "B", "h": return [.field(UInt8(ascii: "b"))]
    case "A": return [.field(UInt8(ascii: "a"))]
    case "F": return fields("Y-m-d")
    case "T": return fields("H:M:S")
    case "R": return fields("H:M")
    case "D": return fields("m/d/y")
    case "%": return [.literal(letter)]
    default: return nil
    }
  }
}
