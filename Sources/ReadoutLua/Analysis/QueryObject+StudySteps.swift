import ReadoutEngine

/// The event study.
extension QueryObject {
  static let studySteps: [String: Method] = [
    "study": { (analysis, query, call) throws(ReadoutError) in
      let other = try other(call, "study", in: analysis)
      let options = try StepOptions(call, 2, of: "study", known: studyOptions, in: analysis)
      guard let measure = try options.list("measure", ExpressionParser.list) else {
        throw ReadoutError(
          .request, "study wants to know what to measure", place: options.place,
          hint: "measure = \"tone = mean(tone), n = count()\"")
      }
      let grouping = try options.studyGrouping()
      let pairing = try options.eventPairing(usually: .inner)
      var study = Study.Settings()
      study.before = try options.length("before") ?? study.before
      study.after = try options.length("after") ?? study.after
      study.gap = try options.length("gap") ?? study.gap
      study.every = try options.length("every") ?? study.every
      study.block = try options.integer("block", in: 1...1_000_000)
      study.resamples = try options.integer("resamples", in: 1...1_000_000) ?? study.resamples
      study.seed = UInt64(try options.integer("seed") ?? 1)
      if let level = try options.number("level") {
        guard level > 0, level < 1 else { throw options.wrong("level", "between 0 and 1, such as 0.95") }
        study.level = level
      }
      let (settings, path) = (study, try options.boolean("path") ?? false)
      return try query.pairing(with: other, options.place) { (left) throws(ReadoutError) in
        Study(pairing(left, try other.query()), measure: measure, grouping: grouping, path: path, settings: settings)
      }
    }
  ]

  private static let studyOptions = [
    "on", "before", "after", "measure", "by", "overall", "path", "gap", "every", "block", "resamples", "level", "seed",
    "date",
  ]
}

extension StepOptions {
  /// Which events a row of a study is about.
  fileprivate func studyGrouping() throws(ReadoutError) -> Study.Grouping {
    let overall = try boolean("overall") ?? false
    guard let by = try list("by", ExpressionParser.list) else { return overall ? .overall : .event }
    if overall {
      throw ReadoutError(
        .request, "study takes either by or overall", value: by.text, place: place,
        hint: "overall is one row for all events, by one for those of each kind")
    }
    return .by(by)
  }
}
