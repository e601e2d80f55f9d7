import ReadoutEngine

/// One question without a script, as the options of `readout query` ask it.
///
/// The steps run in the order in which they stand here. A list given twice is one longer list; of several conditions all must
/// be true.
public struct QueryRequest: Sendable, Equatable {
  /// `DATASET/TABLE`, a file, a pattern, or `-`.
  public var dataset: String
  /// How the file is read, as in `dataset.lua`.
  public var reading: String?
  public var `where`: [String] = []
  public var derive: [String] = []
  public var by: [String] = []
  public var measure: [String] = []
  public var select: [String] = []
  public var sort: [String] = []
  public var limit: Int?

  public init(_ dataset: String) { self.dataset = dataset }

  /// The table with the steps. Errors are placed at the options.
  func adding(to table: Query) throws(ReadoutError) -> Query {
    var query = table
    for condition in `where` { query = try query.where(condition, at: .init(step: "--where")) }
    let list = { (items: [String]) in items.joined(separator: ", ") }
    if !derive.isEmpty { query = try query.derive(list(derive), at: .init(step: "--derive")) }
    if !by.isEmpty { query = try query.by(list(by), at: .init(step: "--by")) }
    if !measure.isEmpty { query = try query.measure(list(measure), at: .init(step: "--measure")) }
    if !select.isEmpty { query = try query.select(list(select), at: .init(step: "--select")) }
    if !sort.isEmpty { query = try query.sort(list(sort), at: .init(step: "--sort")) }
    if let limit { query = try query.limit(limit, at: .init(step: "--limit")) }
    return query
  }
}

extension Session {
  /// The query that is asked for. With `access`, its files have to lie where an analysis may read.
  public func query(_ request: QueryRequest, access: FileAccess? = nil) throws(ReadoutError) -> Query {
    let location = try DatasetLocation(request.dataset)
    if let access, location.dataset != "-" {
      try access.check(location.dataset, shown: request.dataset)
      try access.check(Path.join(location.dataset, "dataset.lua"), shown: request.dataset)
    }
    let dataset = try open(
      location.dataset, reading: self.options(request.reading, of: location.dataset), access: access)
    return try request.adding(to: location.query(in: dataset))
  }
}

/// Steps that are not asked for are left out.
extension QueryRequest: Codable {
  private enum CodingKeys: String, CodingKey {
    case dataset, reading, `where`, derive, by, measure, select, sort, limit
  }

  private static var lists: [(CodingKeys, WritableKeyPath<QueryRequest, [String]>)] {
    [
      (.where, \.where), (.derive, \.derive), (.by, \.by), (.measure, \.measure), (.select, \.select),
      (.sort, \.sort),
    ]
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(try fields.decode(String.self, forKey: .dataset))
    reading = try fields.decodeIfPresent(String.self, forKey: .reading)
    limit = try fields.decodeIfPresent(Int.self, forKey: .limit)
    for (key, path) in Self.lists { self[keyPath: path] = try fields.decodeIfPresent([String].self, forKey: key) ?? [] }
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(dataset, forKey: .dataset)
    try fields.encodeIfPresent(reading, forKey: .reading)
    try fields.encodeIfPresent(limit, forKey: .limit)
    for (key, path) in Self.lists where !self[keyPath: path].isEmpty {
      try fields.encode(self[keyPath: path], forKey: key)
    }
  }
}
