/// How long the sides of a study are, in periods: `before` of them end where the event begins, `after` begin `gap` behind it.
struct StudyWindows: Sendable {
  /// The length of a period, in days or microseconds.
  let every: Int64
  let before: Int
  let gap: Int
  let after: Int
  /// How many neighbouring periods are drawn together, on either side.
  let blocks: (before: Int, after: Int)

  init(_ study: Study.Settings, scale: DataType) throws(ReadoutError) {
    let every = try TimeDistance.length(study.every, option: "every", scale: scale)
    guard every > 0 else {
      throw ReadoutError(
        .request, "every is a length of time", value: "\(study.every)", hint: "every = 1, every = '1 hour'")
    }
    func periods(_ given: TimeDistance.Given, _ option: String, least: Int64) throws(ReadoutError) -> Int {
      let length = try TimeDistance.length(given, option: option, scale: scale)
      guard length >= least * every, length % every == 0 else {
        throw ReadoutError(
          .request,
          "study: \(option) is a whole number of periods"
            + (least == 0 ? "" : ", \(least) or more"), value: "\(option) = \(given), every = \(study.every)",
          hint: "a period is what `every` says, a day where it is left out")
      }
      guard length / every <= Self.most else {
        throw ReadoutError(
          .request, "study: \(option) has too many periods", value: "\(length / every)",
          hint: "at most \(Self.most): a larger `every` makes fewer")
      }
      return Int(length / every)
    }
    self.every = every
    before = try periods(study.before, "before", least: 1)
    after = try periods(study.after, "after", least: 1)
    gap = try periods(study.gap, "gap", least: 0)
    func block(_ periods: Int) throws(ReadoutError) -> Int {
      guard let given = study.block else { return Self.roundedCubeRoot(periods) }
      guard given >= 1, given <= periods else {
        throw ReadoutError(
          .request, "study: a block has from 1 to as many periods as a side", value: "block = \(given)",
          hint: "leave it out for the cube root of the periods")
      }
      return given
    }
    blocks = (try block(before), try block(after))
  }

  /// The whole number nearest to the cube root, 1 or more.
  private static func roundedCubeRoot(_ value: Int) -> Int {
    var root = 1
    // root + 1/2 is below the cube root.
    while (2 * root + 1) * (2 * root + 1) * (2 * root + 1) < 8 * value { root += 1 }
    return root
  }

  /// More periods on a side than anyone looks at.
  private static let most: Int64 = 100_000

  /// The periods from the first before to the last after.
  var span: Int { before + gap + after }
  /// The same as a length of time.
  var length: Int64 { Int64(span) * every }

  /// The sides of a window whose event stands at the beginning of a period, and the halves of the first side: an odd
  /// period in the middle is in neither.
  func segments(at period: Int) -> [Range<Int>] {
    let half = before / 2
    return [
      period - before..<period, period + gap..<period + gap + after, period - before..<period - before + half,
      period - half..<period,
    ]
  }
}
