import ReadoutEngine

/// What a trial of a fold's merge law came to: whether merging folds of parts gives what one fold of all rows gives.
enum MergeLaw: Sendable, Equatable {
  /// There is no `merge`.
  case absent
  /// No sample got through `update` and `finalize`; the first error.
  case untried(ReadoutError?)
  case broken(Counterexample)
  /// No sample breaks it. Where rows in reverse give something else, how: partial states are merged in row order, so such a
  /// fold may run in parallel all the same.
  case holds(reversal: Reversal?)

  /// Parts whose merge gives something else than their rows in one go.
  struct Counterexample: Sendable, Equatable {
    var parts: [[[Scalar]]]
    var nesting: MergeTrial.Nesting
    /// What one fold of all rows gives.
    var whole: Scalar
    var merged: Result<Scalar, ReadoutError>
  }

  /// Rows whose order matters.
  struct Reversal: Sendable, Equatable {
    var rows: [[Scalar]]
    var forwards: Scalar
    var backwards: Scalar
  }

  /// Whether partial states may be merged.
  var canMerge: Bool { if case .holds = self { true } else { false } }

  /// Why the fold runs in row order; nil where it runs in parallel.
  var reason: String? {
    switch self {
    case .absent: "it has no merge"
    case .untried(let error):
      "merge could not be tried\(error.map { ": \($0.place.step.map { "\($0): " } ?? "")\($0.message)" } ?? "")"
    case .broken(let counterexample): counterexample.description
    case .holds: nil
    }
  }
}

extension MergeLaw.Counterexample: CustomStringConvertible {
  /// `merge of [(1)] with [(2)] gives 1, not 3`.
  var description: String {
    let texts = parts.map { "[\(Self.text($0))]" }
    let merge =
      switch nesting {
      case .left: "merge of \(texts.joined(separator: " with "))"
      case .right: "merge of \(texts[0]) with the merge of \(texts.dropFirst().joined(separator: " with "))"
      }
    switch merged {
    case .success(let value): return "\(merge) gives \(Self.text(value)), not \(Self.text(whole))"
    case .failure(let error): return "\(merge) fails, where one fold gives \(Self.text(whole)): \(error.message)"
    }
  }

  static func text(_ rows: [[Scalar]]) -> String {
    rows.map { "(\($0.map { text($0) }.joined(separator: ", ")))" }.joined(separator: ", ")
  }

  /// The value as a user would write it, long ones cut.
  static func text(_ value: Scalar) -> String {
    let text = Expression(.literal(value)).description
    return text.count > 60 ? text.prefix(59) + "…" : text
  }
}

extension MergeLaw.Reversal: CustomStringConvertible {
  /// `(1), (2) gives 2, in reverse 1`.
  var description: String {
    let text = { (value: Scalar) in MergeLaw.Counterexample.text(value) }
    return "\(MergeLaw.Counterexample.text(rows)) gives \(text(forwards)), in reverse \(text(backwards))"
  }
}
