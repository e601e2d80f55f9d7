/// The level of an interval: an optional last argument, 0.95 where it is left out.
enum IntervalLevel {
  static let parameter = Parameter("level", [.number], .optional, constant: true)

  static func of(_ arguments: [Argument], at index: Int, _ name: String) throws(ReadoutError) -> Double {
    guard index < arguments.count else { return 0.95 }
    guard case .number(let level)? = arguments[index].constant, level > 0, level < 1 else {
      throw ReadoutError(
        .request, "\(name): a level lies between 0 and 1", value: arguments[index].constant?.text, hint: "such as 0.95",
        range: arguments[index].range)
    }
    return level
  }
}
