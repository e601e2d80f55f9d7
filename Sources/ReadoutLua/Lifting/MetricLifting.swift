import ReadoutEngine

/// How a metric runs: as a column program, or in the VM, and then why.
struct MetricLifting: Sendable {
  let function: LiftedFunction?
  let refusal: Refusal?

  /// Lifts a metric's functions, which stand in a state that nobody else uses meanwhile.
  init(_ definition: MetricDefinition, _ functions: MetricFunctions, isRunning: Bool) {
    guard functions.state.limits.lifts else {
      self.init(interpreted: nil)
      return
    }
    do throws(Refusal) {
      guard let each = functions.functions["each"] else {
        throw Refusal(file: definition.file, line: definition.line ?? 0, construct: "a fold")
      }
      let lifter = Lifter(functions.state, isRunning: isRunning)
      self.init(function: try LiftedFunction(each, of: definition, lifter), refusal: nil)
    } catch {
      self.init(interpreted: error)
    }
  }

  private init(function: LiftedFunction?, refusal: Refusal?) {
    self.function = function
    self.refusal = refusal
  }

  init(interpreted refusal: Refusal?) { self.init(function: nil, refusal: refusal) }

  /// For `explain`.
  var note: String {
    if let function { return "lifted: \(function.text)" }
    return "interpreted\(refusal.map { ": \($0.description)" } ?? "")"
  }
}
