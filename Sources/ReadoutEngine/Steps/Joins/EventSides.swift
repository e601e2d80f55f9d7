/// The keys and times of both sides of an event pairing, by number.
struct EventSides: Sendable {
  let keys: [BoundKeyPair]
  let leftTime: Int
  let rightTime: Int
  /// `.date` where both times are dates, else `.timestamp`.
  let scale: DataType

  var leftColumns: Set<Int> { Set(keys.map(\.left) + [leftTime]) }
  var rightColumns: Set<Int> { Set(keys.map(\.right) + [rightTime]) }
}
