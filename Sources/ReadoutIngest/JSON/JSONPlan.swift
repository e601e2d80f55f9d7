import ReadoutEngine
import ReadoutVectors

/// What is to be read, and what was said about its columns.
struct JSONPlan: Sendable {
  let sources: [OpenedSource]
  let layouts: [JSONLayout]
  let options: ReadingOptions
  let nulls: NullWords
  private let planned: [String: LoadPlan.PlannedColumn]

  init(sources: [OpenedSource], layouts: [JSONLayout], options: ReadingOptions) throws(ReadoutError) {
    self.sources = sources
    self.layouts = layouts
    self.options = options
    let fields = NullFields(options.nulls)
    nulls = NullWords(fields.words, quotedEmpty: fields.quotedEmpty)
    var planned: [String: LoadPlan.PlannedColumn] = [:]
    for name in Set(options.types.keys).union(options.dateFormats.keys) {
      planned[name] = try LoadPlan.PlannedColumn(name, options)
    }
    self.planned = planned
  }

  /// What is known of a column before it is read.
  func column(_ name: String) -> LoadPlan.PlannedColumn { planned[name] ?? LoadPlan.PlannedColumn(name: name) }

  /// Refuses types and formats of columns that no record has.
  func check(columns names: [String]) throws(ReadoutError) {
    for name in planned.keys.sorted() where !names.contains(name) {
      if options.layout?.typedColumns.contains(name) == true { continue }
      throw ReadoutError(
        .request, "unknown column in types or formats", value: name, place: .init(file: sources[0].name),
        hint: Suggestion.hint(for: name, among: names, kind: "columns"))
    }
  }

  /// File, line and byte of the first value of a row, as rows were before any was left out.
  func place(ofRow wanted: Int, column: String) -> ReadoutError.Place {
    var row = wanted
    var window = TextWindow()
    for (source, layout) in zip(sources, layouts) {
      if row >= layout.recordCount {
        row -= layout.recordCount
        continue
      }
      return source.place(layout.firstByte(ofRecord: row, in: source, &window), column: column)
    }
    return ReadoutError.Place()
  }
}

/// Where the records of a JSON text stand.
enum JSONLayout: RecordLayout {
  case lines(SourceLayout)
  case elements(JSONElements)

  var recordCount: Int {
    switch self {
    case .lines(let lines): lines.recordCount
    case .elements(let elements): elements.recordCount
    }
  }

  var isExact: Bool { false }

  var form: JSONIndex.Form {
    if case .lines = self { .lines } else { .elements }
  }

  func dataStart(in source: OpenedSource) -> Int {
    if case .elements(let elements) = self { elements.marks.first?.offset ?? source.bytes.count } else { 0 }
  }

  func start(ofRecord number: Int, in source: OpenedSource, _ window: inout TextWindow) -> Int {
    switch self {
    case .lines(let lines): lines.start(ofRecord: number, in: source, &window)
    case .elements(let elements): elements.start(ofRecord: number, in: source)
    }
  }

  func firstByte(ofRecord number: Int, in source: OpenedSource, _ window: inout TextWindow) -> Int {
    JSONText.value(source.bytes, behind: start(ofRecord: number, in: source, &window))
  }
}
