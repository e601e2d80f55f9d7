import ReadoutEngine
import ReadoutIngest
import ReadoutLua

/// A file that describes a named format: how its files are read, and how to tell that a file is none.
struct FormatDescription {
  private let name: String
  private let reading: ReadingOptions
  private let optional: Int
  private let required: [String]

  /// - Throws: `ReadoutError` that names the file and the key.
  init(file: String, name: String, limits: LuaLimits, inputs: InputFiles?) throws(ReadoutError) {
    let data = try DescriptionFile.read(file, limits: limits, inputs: inputs)
    let place = ReadoutError.Place(file: file)
    let fields = DescriptionFields(data, place: place)
    try fields.check(known: ["summary", "source", "optional", "required"] + ReadingOptions.keys)
    self.name = name
    reading = try ReadingOptions(data, place: place, formats: nil)
    required = try fields.list("required") ?? []
    switch data["optional"] {
    case .null: optional = 0
    case let value:
      guard let count = value.integer, count >= 0, count < reading.names?.count ?? 0 else {
        throw ReadoutError(
          .request, "optional is not a number of columns", value: value.typeName, place: place,
          hint: "it says how many of the last names a record may lack")
      }
      optional = Int(count)
    }
  }

  /// `formats` names those that files of so many columns fit.
  func options(formats: @escaping @Sendable (_ columns: Int) -> [String]) -> ReadingOptions {
    var options = reading
    options.layout = FileLayout(
      name, optionalColumns: optional, requiredColumns: required,
      typedColumns: Set(reading.types.keys).union(reading.dateFormats.keys), formats: formats)
    return options
  }

  /// Whether files of so many columns are of the format; one that names none says nothing of it.
  func fits(columns: Int) -> Bool {
    reading.names.map { ($0.count - optional...$0.count).contains(columns) } ?? false
  }
}
