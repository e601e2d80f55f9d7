/// The particles that Korean writes behind a noun without a blank.
enum KoreanParticles {
  /// Case and topic markers, postpositions, plural and the copula's commonest forms. Two or three may follow each other
  /// (`한국에서는`).
  private static let particles = [
    "은", "는", "이", "가", "을", "를", "의", "에", "에서", "에게", "에게서", "에는", "께", "께서", "한테", "로", "으로", "로서",
    "으로서", "로써", "으로써", "로부터", "으로부터", "부터", "까지", "와", "과", "랑", "이랑", "하고", "도", "만", "뿐", "조차", "마저",
    "밖에", "보다", "처럼", "같이", "만큼", "마다", "대로", "나", "이나", "라도", "이라도", "라는", "이라는", "라고", "이라고", "들",
    "이다", "인", "이며", "이고", "였다", "이었다", "입니다",
  ]

  /// A regular expression for the noun with up to three particles behind it, or none.
  static func expression(after noun: String) -> String {
    let longestFirst = particles.sorted { ($1.count, $0) < ($0.count, $1) }
    return "\\Q\(noun)\\E(?:\(longestFirst.joined(separator: "|"))){0,3}"
  }
}
