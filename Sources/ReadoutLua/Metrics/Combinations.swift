import ReadoutEngine
import ReadoutVectors

/// Arguments whose rows repeat few combinations: codes into dictionaries, booleans and constants.
///
/// A row's combination is a number below `count`: mixed radix over the arguments, a null being one more digit.
struct Combinations {
  /// More possible combinations than this are not worth a table.
  static let most = 1 << 20

  /// One digit of the number.
  struct Digit {
    let argument: Int
    let dictionary: StringDictionary?
    let size: Int
    let stride: Int
  }

  let digits: [Digit]
  let count: Int
  /// The constants, which must stay the same for results to be remembered.
  let constants: [Scalar?]

  /// Nil where an argument is neither, or there are too many combinations.
  init?(of arguments: [Values]) {
    var digits: [Digit] = []
    var stride = 1
    for (index, values) in arguments.enumerated() {
      let size: Int
      var dictionary: StringDictionary?
      switch values.payload {
      case .coded(_, let own):
        dictionary = own
        size = own.count + 1
      case .booleans: size = 3
      case .constant, .null: continue
      default: return nil
      }
      digits.append(Digit(argument: index, dictionary: dictionary, size: size, stride: stride))
      stride *= size
      if stride > Self.most { return nil }
    }
    self.digits = digits
    count = stride
    constants = arguments.map(\.constant)
  }

  /// Whether numbers of `other` mean the same.
  func isSame(as other: Combinations) -> Bool {
    count == other.count && constants == other.constants && digits.count == other.digits.count
      && zip(digits, other.digits).allSatisfy { $0.argument == $1.argument && $0.dictionary === $1.dictionary }
  }

  /// Each row's combination.
  func numbers(of arguments: [Values], count rows: Int) -> Vector<UInt32> {
    var numbers = Vector<UInt32>(repeating: 0, count: rows)
    for digit in digits {
      let values = arguments[digit.argument]
      let stride = UInt32(digit.stride)
      let null = UInt32(digit.size - 1)
      var codes: Vector<UInt32>
      switch values.payload {
      case .coded(let own, _): codes = own
      case .booleans(let bytes): codes = bytes.map { UInt32($0) }
      default: continue
      }
      if let validity = values.validity { codes = codes.zip(validity.bytes()) { $1 != 0 ? $0 : null } }
      numbers = stride == 1 ? codes : numbers.zip(codes) { $0 &+ $1 &* stride }
    }
    return numbers
  }
}
