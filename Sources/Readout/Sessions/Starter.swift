import ReadoutEngine
import ReadoutReport
import ReadoutVectors

/// Files to start from: they run as they are.
public enum Starter {
  /// Writes `analyses/NAME.lua` and gives its path.
  /// - Throws: `ReadoutError` where the file is there already, or the name is none.
  public static func writeAnalysis(_ name: String) throws(ReadoutError) -> String {
    try write(
      """
      -- \(name): what does this analysis answer?
      --
      --   readout run analyses/\(name).lua --out reports

      -- A dataset is a folder or a file: local data = open "datasets/opcon". This one is made of Lua rows.
      local data = dataset {
        statements = {
          { date = "2025-01-15", country = "KOR", text = "We may take over command in 2030." },
          { date = "2025-02-03", country = "USA", text = "The conditions must be met." },
          { date = "2025-02-20", country = "KOR", text = "Command will be transferred." },
        },
      }

      local by_country = data.statements
        :where   "date >= '2025-01-01'"
        :by      "country"
        :measure "statements = count(), words = mean(words(text))"
        :sort    "-statements, country"

      by_country:csv "\(name).csv"
      print(by_country)

      """, to: "analyses", name)
  }

  /// Writes `plugins/NAME.lua` and gives its path.
  /// - Throws: `ReadoutError` where the file is there already, or the name is none, or that of a built-in function.
  public static func writePlugin(_ name: String) throws(ReadoutError) -> String {
    guard FunctionRegistry.builtIn[name] == nil else {
      throw ReadoutError(
        .request, "a built-in function has this name", value: name,
        hint: "take another name: a metric of this one could not be called")
    }
    return try write(
      """
      -- \(name): a value for each row. Call it in a query: mean(\(name)(text)).
      --
      --   readout check \(name)      runs the examples below
      --   readout metrics \(name)    shows what users see

      return {
        name = "\(name)",
        summary = "Share of sentences that end in an exclamation mark, from 0 to 1.",
        params = { { "text", "text" } },
        returns = "number",

        -- A null argument makes the result null without a call. The function may only look at its arguments.
        each = function(text)
          local sentences, exclamations = 0, 0
          for mark in text:gmatch "[.!?]+" do
            sentences = sentences + 1
            if mark:find("!", 1, true) then exclamations = exclamations + 1 end
          end
          if sentences == 0 then return nil end
          return exclamations / sentences
        end,

        examples = {
          { args = { "Now! Or never." }, gives = 0.5 },
          { args = { "no mark" }, gives = nil },
        },
      }

      """, to: "plugins", name)
  }

  private static func write(_ text: String, to folder: String, _ name: String) throws(ReadoutError) -> String {
    let isName = name.utf8.enumerated().allSatisfy { index, byte in
      (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || (index > 0 && (0x30...0x39).contains(byte))
        || (folder == "analyses" && byte == 0x2D)
    }
    guard isName, !name.isEmpty else {
      throw ReadoutError(.request, "not a name", value: name, hint: "letters, digits and _, beginning with a letter")
    }
    let path = "\(folder)/\(name).lua"
    guard Files.kind(path) == nil else {
      throw ReadoutError(
        .request, "this file is there already", value: path, hint: "take another name, or move it away")
    }
    do { try Files.makeFolder(folder) } catch { throw ReadoutError(writing: error) }
    var file = try AtomicFile(path)
    try file.write(Array(text.utf8).span)
    try file.commit()
    return path
  }
}
