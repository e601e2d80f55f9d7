import Readout

extension Query {
  /// The step over text that is named, by what it cannot do without.
  func addingTextStep(_ texts: [String: String]) throws -> Query {
    if let term = texts["kwic"] { return kwic([term]) }
    if let target = texts["keyness"] { return try keyness(target: target) }
    if let keys = texts["frequencies"] { return try frequencies(by: keys) }
    if let keys = texts["tfidf"] { return try tfidf(by: keys, measure: .scikitLearn, top: 10) }
    if texts["collocations"] != nil { return try collocations(measure: .z) }
    if let threshold = texts["similar"].flatMap({ Double($0) }) { return similar(threshold: threshold) }
    return self
  }
}
