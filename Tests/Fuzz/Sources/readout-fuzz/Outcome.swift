import ReadoutEngine

/// What a reader made of some bytes; two ways to read the same bytes have to give equal ones.
enum Outcome<Value: Equatable>: Equatable {
  case value(Value)
  case failure(String)

  /// An error that blames Readout itself is a finding.
  init(_ body: () throws(ReadoutError) -> Value) {
    do throws(ReadoutError) {
      self = .value(try body())
    } catch {
      if error.blame == .bug { broken("an error that is a bug", error.description) }
      self = .failure(error.description)
    }
  }
}

/// Runs a reader for its findings alone.
func reads(_ body: () throws(ReadoutError) -> Void) {
  do throws(ReadoutError) {
    try body()
  } catch {
    if error.blame == .bug { broken("an error that is a bug", error.description) }
  }
}
