import ReadoutEngine

/// The steps over text: concordances, terms, frequencies, keyness, collocations, tf-idf and near-duplicates.
extension QueryObject {
  static let textSteps: [String: Method] = [
    "kwic": { (analysis, query, call) throws(ReadoutError) in
      let options = try StepOptions(call, 2, of: "kwic", known: ["width", "column", "text"], in: analysis)
      guard let terms = try terms(call[1], options), !terms.isEmpty else {
        throw ReadoutError(
          .request, "kwic takes a term, or a list of terms", value: call[1].typeName, place: options.place,
          hint: "q:kwic(\"OPCON\", { width = 5 })")
      }
      let (column, width) = (try options.string("column"), try options.integer("width", in: 0...1000) ?? 5)
      let keepsText = try options.boolean("text") ?? false
      return try query.adding(options) { role in
        KwicStep(terms: terms, column: TextColumn(column, role: role), width: width, keepsText: keepsText)
      }
    },
    "terms": { (analysis, query, call) throws(ReadoutError) in
      let isNamed = if case .table(let items, let fields) = call[1] { items.isEmpty && !fields.isEmpty } else { false }
      let options = try StepOptions(
        call, isNamed ? 1 : 2, of: "terms", known: isNamed ? ["lexicon", "column"] : ["column"], in: analysis)
      let source: TermsStep.Source
      if isNamed, let lexicon = try options.string("lexicon") {
        source = .lexicon(lexicon)
      } else if !isNamed, let terms = try terms(call[1], options), !terms.isEmpty {
        source = .terms(terms)
      } else {
        throw ReadoutError(
          .request, "terms takes terms, or a lexicon", value: isNamed ? nil : call[1].typeName, place: options.place,
          hint: "q:terms \"OPCON, 'troop levels'\", or q:terms{ lexicon = \"name\" }")
      }
      let column = try options.string("column")
      return try query.adding(options) { role in TermsStep(source, column: TextColumn(column, role: role)) }
    },
    "frequencies": { (analysis, query, call) throws(ReadoutError) in
      let options = try StepOptions(
        call, 1, of: "frequencies", known: ["by", "words", "top", "minimum", "stop", "stem", "column"], in: analysis)
      let (column, by) = (try options.string("column"), try options.list(of: "by"))
      let (words, top) = (try options.integer("words", in: 1...3) ?? 1, try options.integer("top") ?? 20)
      let (minimum, stop) = (try options.integer("minimum") ?? 1, try options.stopWords(analysis))
      let stem = try options.stemming()
      return try query.adding(options) { role in
        FrequenciesStep(
          column: TextColumn(column, role: role), by: by, words: words, top: top, minimum: minimum, stop: stop,
          stem: stem)
      }
    },
    "keyness": { (analysis, query, call) throws(ReadoutError) in
      let options = try StepOptions(
        call, 1, of: "keyness",
        known: ["target", "reference", "measure", "correction", "top", "minimum", "stop", "stem", "column"],
        in: analysis)
      guard let target = try options.condition("target") else {
        throw ReadoutError(
          .request, "keyness takes a target", place: options.place, hint: "q:keyness{ target = \"country == 'PRK'\" }")
      }
      let (column, reference) = (try options.string("column"), try options.condition("reference"))
      let measure = try options.choice("measure", of: KeynessStep.Measure.self) ?? .logLikelihood
      let correction =
        try options.choice(
          "correction", ["none": ContingencyTable.Correction.none, "yates": .yates, "williams": .williams])
        ?? .yates
      let (top, minimum) = (try options.integer("top"), try options.integer("minimum") ?? 1)
      let (stop, stem) = (try options.stopWords(analysis), try options.stemming())
      return try query.adding(options) { role in
        KeynessStep(
          column: TextColumn(column, role: role), target: target, reference: reference, measure: measure,
          correction: correction, top: top, minimum: minimum, stop: stop, stem: stem)
      }
    },
    "collocations": { (analysis, query, call) throws(ReadoutError) in
      let options = try StepOptions(
        call, 1, of: "collocations", known: ["words", "measure", "minimum", "by", "top", "stop", "stem", "column"],
        in: analysis)
      let (column, by) = (try options.string("column"), try options.list(of: "by"))
      let words = try options.integer("words", in: 2...3) ?? 2
      let measure = try options.choice("measure", of: CollocationsStep.Measure.self) ?? .logLikelihood
      let (minimum, top) = (try options.integer("minimum", in: 1...Int.max) ?? 5, try options.integer("top"))
      let (stop, stem) = (try options.stopWords(analysis), try options.stemming())
      return try query.adding(options) { role in
        CollocationsStep(
          column: TextColumn(column, role: role), by: by, words: words, measure: measure, minimum: minimum, top: top,
          stop: stop, stem: stem)
      }
    },
    "tfidf": { (analysis, query, call) throws(ReadoutError) in
      let options = try StepOptions(
        call, 1, of: "tfidf", known: ["by", "measure", "top", "stop", "stem", "column"], in: analysis)
      let (column, by) = (try options.string("column"), try options.list(of: "by"))
      let measure = try options.choice("measure", of: TfidfStep.Measure.self) ?? .quanteda
      let (top, stop) = (try options.integer("top"), try options.stopWords(analysis))
      let stem = try options.stemming()
      return try query.adding(options) { role in
        TfidfStep(column: TextColumn(column, role: role), by: by, measure: measure, top: top, stop: stop, stem: stem)
      }
    },
    "similar": { (analysis, query, call) throws(ReadoutError) in
      let options = try StepOptions(
        call, 1, of: "similar", known: ["threshold", "words", "pairs", "id", "column"], in: analysis)
      let (column, id) = (try options.string("column"), try options.string("id"))
      let threshold = try options.number("threshold", in: 0.1...1) ?? 0.8
      let (words, pairs) = (try options.integer("words", in: 1...100) ?? 3, try options.boolean("pairs") ?? false)
      if id != nil, !pairs {
        throw ReadoutError(
          .request, "id names the rows of pairs", place: options.place, hint: "pairs = true, or leave id out")
      }
      return try query.adding(options) { role in
        SimilarStep(
          column: TextColumn(column, role: role), threshold: threshold, words: words, givesPairs: pairs, id: id)
      }
    },
  ]

  /// The query with a step that takes the column with the role `text` where no other is named.
  private func adding(
    _ options: StepOptions, _ make: @escaping (_ role: String?) -> any TableStep
  ) throws(ReadoutError) -> [LuaValue] {
    let place = options.place
    return [
      .object(
        try changing { query in query.adding(.table(make(query.roles["text"])), place: place) })
    ]
  }

  /// Terms as a list, or as one text that parts them by commas; nil for anything else.
  private static func terms(_ value: LuaValue, _ options: StepOptions) throws(ReadoutError) -> [String]? {
    if let text = value.text {
      do throws(ReadoutError) { return try WrittenTerms.terms(in: text) } catch {
        throw error.at(file: options.place.file, line: options.place.line, step: options.step)
      }
    }
    guard case .table(let items, let fields) = value, fields.isEmpty else { return nil }
    let texts = items.compactMap(\.text)
    return texts.count == items.count ? texts : nil
  }
}
