import ReadoutEngine
import ReadoutLua

/// The steps over text. Each reads the column with the role `text`, else the only one of type text; `column` names another.
extension Query {
  /// A concordance: one row for each mention of a term, with `left`, `keyword` and `right`, `width` words of context on either
  /// side, then the row's other columns, the text itself only where `keepsText` is set.
  public func kwic(
    _ terms: [String], width: Int = 5, column: String? = nil, keepsText: Bool = false,
    at place: ReadoutError.Place = .init()
  ) -> Query {
    adding(KwicStep(terms: terms, column: textColumn(column), width: width, keepsText: keepsText), at: place)
  }

  /// One row for each row and term that occurs in it: the row's columns, `term` and `mentions`.
  public func terms(
    _ terms: [String], column: String? = nil, at place: ReadoutError.Place = .init()
  ) -> Query {
    adding(TermsStep(.terms(terms), column: textColumn(column)), at: place)
  }

  /// One row for each row and term of a lexicon that occurs in it.
  public func terms(
    lexicon: String, column: String? = nil, at place: ReadoutError.Place = .init()
  ) -> Query {
    adding(TermsStep(.lexicon(lexicon), column: textColumn(column)), at: place)
  }

  /// The commonest words, or phrases of two or three words, of each group: the keys, `term`, `n`, `rows` and `rank`.
  public func frequencies(
    by keys: String? = nil, words: Int = 1, top: Int? = 20, minimum: Int = 1, stop: StopWords = .none,
    stem: Stemming = .ofColumn, column: String? = nil, at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    adding(
      FrequenciesStep(
        column: textColumn(column), by: try Self.list("by", keys, "frequencies", place), words: words, top: top,
        minimum: minimum, stop: stop, stem: stem), at: place)
  }

  /// How much more often each word occurs in the rows for which `target` is true than in those for which it is false, or for which
  /// `reference` is true: `term`, `n_target`, `n_reference`, `statistic`, `p` and `warning`.
  public func keyness(
    target: String, reference: String? = nil, measure: KeynessStep.Measure = .logLikelihood,
    correction: ContingencyTable.Correction = .yates, top: Int? = nil, minimum: Int = 1, stop: StopWords = .none,
    stem: Stemming = .ofColumn, column: String? = nil, at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    guard let target = try Self.condition("target", target, "keyness", place) else { throw .bug("a target is missing") }
    return adding(
      KeynessStep(
        column: textColumn(column), target: target,
        reference: try Self.condition("reference", reference, "keyness", place), measure: measure,
        correction: correction, top: top, minimum: minimum, stop: stop, stem: stem), at: place)
  }

  /// Phrases whose words stand together more often than chance explains: the keys, `term`, `n` and `statistic`.
  public func collocations(
    words: Int = 2, measure: CollocationsStep.Measure = .logLikelihood, minimum: Int = 5, by keys: String? = nil,
    top: Int? = nil, stop: StopWords = .none, stem: Stemming = .ofColumn, column: String? = nil,
    at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    adding(
      CollocationsStep(
        column: textColumn(column), by: try Self.list("by", keys, "collocations", place), words: words,
        measure: measure, minimum: minimum, top: top, stop: stop, stem: stem), at: place)
  }

  /// The words that mark each document, a document being the rows of a group or one row: the keys (or `row`), `term`, `n`, `tf`,
  /// `df` and `tfidf`.
  public func tfidf(
    by keys: String? = nil, measure: TfidfStep.Measure = .quanteda, top: Int? = nil, stop: StopWords = .none,
    stem: Stemming = .ofColumn, column: String? = nil, at place: ReadoutError.Place = .init()
  ) throws(ReadoutError) -> Query {
    adding(
      TfidfStep(
        column: textColumn(column), by: try Self.list("by", keys, "tfidf", place), measure: measure, top: top,
        stop: stop, stem: stem
      ), at: place)
  }

  /// The rows with a `cluster` number that near-duplicate texts share.
  public func similar(
    threshold: Double = 0.8, words: Int = 3, column: String? = nil, at place: ReadoutError.Place = .init()
  ) -> Query {
    adding(SimilarStep(column: textColumn(column), threshold: threshold, words: words), at: place)
  }

  /// The pairs of near-duplicate texts: `row` and `other`, counted from 1, or the values of the column `id`, and `similarity`.
  public func similarPairs(
    threshold: Double = 0.8, words: Int = 3, id: String? = nil, column: String? = nil,
    at place: ReadoutError.Place = .init()
  ) -> Query {
    adding(
      SimilarStep(column: textColumn(column), threshold: threshold, words: words, givesPairs: true, id: id), at: place)
  }

  private func textColumn(_ given: String?) -> TextColumn { TextColumn(given, role: roles["text"]) }

  private func adding(_ step: some TableStep, at place: ReadoutError.Place) -> Query {
    adding(.table(step), place: place)
  }

  private static func list(
    _ option: String, _ text: String?, _ step: String, _ place: ReadoutError.Place
  ) throws(ReadoutError) -> OptionExpressions? {
    try parsing(option, text, step, place, ExpressionParser.list)
  }

  private static func condition(
    _ option: String, _ text: String?, _ step: String, _ place: ReadoutError.Place
  ) throws(ReadoutError) -> OptionExpressions? {
    try parsing(option, text, step, place) { (text) throws(ReadoutError) in
      [ListItem(name: option, try ExpressionParser.expression(text))]
    }
  }

  private static func parsing(
    _ option: String, _ text: String?, _ step: String, _ place: ReadoutError.Place,
    _ parse: (String) throws(ReadoutError) -> [ListItem]
  ) throws(ReadoutError) -> OptionExpressions? {
    guard let text else { return nil }
    do throws(ReadoutError) { return OptionExpressions(option, text, try parse(text)) } catch {
      let position = error.range.map { "\(option), \(ReadoutError.position(ofByte: $0.lowerBound, in: text))" }
      throw error.at(
        file: place.file, line: place.line, column: place.column, step: place.step ?? step, detail: position ?? option)
    }
  }
}
