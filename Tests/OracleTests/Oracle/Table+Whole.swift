import ReadoutEngine
import ReadoutVectors

extension Table {
  /// All values of a column, which in tests are few; null where they could not be put in one piece, which no comparison would pass.
  func whole(_ column: Int) -> Values {
    (try? values(column)) ?? Values(type: columns[column].type, payload: .null, count: rowCount)
  }
}
