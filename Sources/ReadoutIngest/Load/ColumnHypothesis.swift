import ReadoutEngine
import ReadoutVectors
import Synchronization

/// What is believed about a column while it is parsed; it only ever widens.
final class ColumnHypothesis: Sendable {
  /// How strings are kept.
  enum StringForm: Sendable {
    case codes
    case bytes
  }

  let given: DataType?
  let pattern: DatePattern?
  private let firstForm: StringForm
  private let hasGivenUpCodes = Atomic(false)
  /// Bytes of a value in the sample, nulls counted: what room to make.
  let meanBytes: Double
  /// Whether there may be values that are no plain strings, so that a string column is worth a remark.
  let isMixed: Bool
  private let seen: Atomic<UInt8>

  init(_ column: LoadPlan.PlannedColumn, sample: ValueKinds, stringForm: StringForm, meanBytes: Double, isMixed: Bool) {
    given = column.given
    pattern = column.pattern
    firstForm = stringForm
    self.meanBytes = meanBytes
    self.isMixed = isMixed
    seen = Atomic(sample.rawValue)
  }

  /// How strings are kept from now on: as bytes once a dictionary has turned out too small for them.
  var stringForm: StringForm { hasGivenUpCodes.load(ordering: .relaxed) ? .bytes : firstForm }
  func giveUpCodes() { hasGivenUpCodes.store(true, ordering: .relaxed) }

  var kinds: ValueKinds { ValueKinds(rawValue: seen.load(ordering: .relaxed)) }
  func add(_ kinds: ValueKinds) { _ = seen.bitwiseOr(kinds.rawValue, ordering: .relaxed) }

  /// The type to parse with now; nil as long as no value has been seen, for then there is none to believe in.
  ///
  /// It may be another at every reading until all chunks are parsed.
  var type: DataType? {
    if let given { return given }
    let kinds = kinds
    return kinds.isEmpty ? nil : kinds.type
  }

  /// The column's type, once every value has been seen.
  var finalType: DataType { given ?? kinds.type }
}
