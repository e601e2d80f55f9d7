import ReadoutEngine
import Testing

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("tnoe", "did you mean tone?"), ("TONE", "did you mean tone?"), ("tones", "did you mean tone?"),
    ("country", "columns: tone, n"), ("", "columns: tone, n"),
    // What was written is no news.
    ("tone", "columns: tone, n"),
  ])
  func hints(name: String, hint: String) {
    #expect(Suggestion.hint(for: name, among: ["tone", "n"], kind: "columns") == hint)
  }
}
