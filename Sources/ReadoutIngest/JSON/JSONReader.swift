import ReadoutEngine
import ReadoutVectors

/// Reads JSON Lines and JSON documents into a table.
///
/// **Grammar**: RFC 8259, strictly. A record is an object. Objects inside it are taken apart, their keys joined with dots; an array of strings, numbers
/// and booleans is a list, any other array stays what it is, as text. A key that is missing is null. A key that a record has twice is a fault of it: which
/// value is meant cannot be told.
///
/// **Columns** are all keys of all records, in the order of their first appearance.
///
/// **Types** that are not given come from every value, as in CSV: integer, number, boolean and list from JSON's own kinds, date and timestamp from strings that
/// are all one, else string or text. Values of several kinds in a column make it a string, of their text.
enum JSONReader {
  static func read(
    _ sources: [Source], _ formats: [RecordFormat], options: ReadingOptions, control: ExecutionControl,
    progress: (@Sendable (_ done: Int, _ of: Int) -> Void)?
  ) throws(ReadoutError) -> LoadedTable {
    guard !sources.isEmpty else { throw ReadoutError(.request, "no file to read") }
    let surveyor = JSONSurveyor(options: options, control: control)
    let (opened, layouts) = try surveyor.survey(sources, formats)
    let plan = try JSONPlan(sources: opened, layouts: layouts, options: options)
    let outcome: Result<LoadedTable, ReadoutError>
    do throws(ReadoutError) {
      let loaded = try JSONLoader(plan: plan, control: control, progress: progress).load()
      outcome = .success(try JSONFinish(plan: plan, loaded: loaded).table())
    } catch {
      outcome = .failure(error)
    }
    // A file that changed meanwhile explains whatever came of it, and a table of it is none.
    for source in opened { try source.refuseChanged() }
    return try outcome.get()
  }
}
