/// Why a function is not lifted: the construct, and where it stands.
struct Refusal: Error, Hashable {
  var file: String
  var line: Int
  /// What stands there, to follow the line: `a while loop`, `calls string.gsub`.
  var construct: String

  /// `plugins/hedging.lua:25: a for … in loop`
  var description: String { "\(file):\(line): \(construct)" }
}
