/// Terms in one text, parted by commas: `OPCON, secur*, 'troop levels'`. Quotes hold a comma together, and may be left out.
public enum WrittenTerms {
  /// - Throws: a quote that does not end, and a text without a term.
  public static func terms(in text: String) throws(ReadoutError) -> [String] {
    var terms: [String] = []
    var term = ""
    var quote: Character?
    func finished(_ term: String) -> String {
      String(term.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    for character in text {
      if let open = quote {
        if character == open { quote = nil } else { term.append(character) }
      } else if character == "\"" || (character == "'" && finished(term).isEmpty) {
        // An apostrophe inside a word is none of these: Korea's.
        quote = character
      } else if character == "," {
        terms.append(finished(term))
        term = ""
      } else {
        term.append(character)
      }
    }
    if quote != nil {
      throw ReadoutError(.request, "a quote that does not end", value: text, hint: "OPCON, 'troop levels'")
    }
    terms.append(finished(term))
    return terms.filter { !$0.isEmpty }
  }
}
