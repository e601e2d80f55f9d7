import ReadoutEngine

/// How a metric runs: as a column program, or in the VM, and then why.
struct MetricLifting: Sendable {
  let function: LiftedFunction?
  let fold: LiftedFold?
  let refusal: Refusal?

  /// Lifts a metric's functions, which stand in a state that nobody else uses meanwhile.
  init(_ definition: MetricDefinition, _ functions: MetricFunctions, isRunning: Bool) {
    guard functions.state.limits.lifts else {
      self.init(interpreted: nil)
      return
    }
    do throws(Refusal) {
      if let each = functions.functions["each"] {
        let lifter = Lifter(functions.state, isRunning: isRunning)
        self.init(function: try LiftedFunction(each, of: definition, lifter), fold: nil, refusal: nil)
      } else {
        let fold = try LiftedFold(definition, functions, isRunning: isRunning)
        self.init(function: nil, fold: fold, refusal: nil)
      }
    } catch {
      self.init(interpreted: error)
    }
  }

  /// Lifts a function of the row, given to `where` or `derive`; its result is of the type that is declared, or of its own.
  init(_ rows: RowFunction, columns: [String], types: [DataType], result: DataType?, in state: LuaState) {
    guard state.limits.lifts else {
      self.init(interpreted: nil)
      return
    }
    do throws(Refusal) {
      let lifter = Lifter(state, isRunning: true)
      let held = try lifter.held(rows.function, at: nil)
      let row = RecordObject(isState: false)
      for (index, (name, type)) in zip(columns, types).enumerated() {
        let variable = lifter.newVariable()
        row.fields[Array(name.utf8)] = variable
        lifter.memory[variable] = lifter.parameter(index, type, mayBeNil: true)
      }
      let names = columns.map { "row.\($0)" }
      let function = try LiftedFunction(held, [lifter.value(.object(row))], names, result, lifter)
      self.init(function: function, fold: nil, refusal: nil)
    } catch {
      self.init(interpreted: error)
    }
  }

  private init(function: LiftedFunction?, fold: LiftedFold?, refusal: Refusal?) {
    self.function = function
    self.fold = fold
    self.refusal = refusal
  }

  init(interpreted refusal: Refusal?) { self.init(function: nil, fold: nil, refusal: refusal) }

  /// For `explain`.
  var note: String {
    if let function { return "lifted: \(function.text)" }
    if let fold { return "lifted: \(fold.finalize.text)" }
    return "interpreted\(refusal.map { ": \($0.description)" } ?? "")"
  }
}

extension FunctionRegistry.Entry {
  /// How a metric in Lua runs: `lifted: …`, or `interpreted: …` and why; nil for any other function.
  public var lifting: String? {
    switch self {
    case .scalar(let function):
      (function as? LuaScalarMetric).map { $0.home.lifting(of: $0.index, $0.definition).note }
    case .aggregate(let function):
      (function as? LuaFoldMetric).map { $0.home.lifting(of: $0.index, $0.definition).note }
    }
  }
}
