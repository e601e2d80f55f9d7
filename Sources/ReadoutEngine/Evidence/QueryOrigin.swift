/// The query whose answer became the source of another one, row for row: so that evidence goes back past it.
public final class QueryOrigin: Sendable {
  public let query: Query

  public init(_ query: Query) { self.query = query }
}
