/// The window functions there are.
public enum WindowFunctions {
  static let all: [any WindowFunction] = [
    Neighbours.lag, Neighbours.lead, Neighbours.change, Ranks.rank, Ranks.denseRank, Ranks.rowNumber, Totals.cumsum,
    Totals.share, Rolling.mean, Rolling.sum,
  ]

  static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.signature.name, $0) })

  /// Their signatures in alphabetical order, for help and reference.
  public static var signatures: [Signature] { all.map(\.signature).sorted { $0.name < $1.name } }
}
