/// What the text of a step's option holds, and the text itself, in which the ranges of its expressions count.
public struct OptionText<Content: Sendable>: Sendable {
  public let option: String
  public let text: String
  public let content: Content

  public init(_ option: String, _ text: String, _ content: Content) {
    self.option = option
    self.text = text
    self.content = content
  }

  /// Runs `body`; an error with a range is placed in the text.
  func placing<Result>(_ body: (Content) throws(ReadoutError) -> Result) throws(ReadoutError) -> Result {
    do throws(ReadoutError) { return try body(content) } catch {
      let position = error.range.map { ", \(ReadoutError.position(ofByte: $0.lowerBound, in: text))" } ?? ""
      throw error.at(detail: option + position)
    }
  }
}
