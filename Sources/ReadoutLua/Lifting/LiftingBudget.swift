/// How much may be done to lift one metric or function. What takes more runs in the VM, where it is stopped when it must be.
final class LiftingBudget {
  /// Expressions and statements that are run, and what they merge: some hundredths of a second. Metrics take hundreds.
  static let most = 20_000

  var spent = 0
}
