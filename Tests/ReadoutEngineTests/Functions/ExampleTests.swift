import Testing

@testable import ReadoutEngine

/// The reference is made of signatures, so they must be complete, and true.
struct ExampleTests {
  static let functions = BuiltInFunctions.scalars + BuiltInFunctions.operators
  /// `if_` has no kernel: the planner runs it by rows, and the cases show it.
  static let kernels = functions.filter { $0.signature.name != Conditional.name }

  @Test(arguments: TinyEvaluator.Form.allCases)
  func examplesAreTrue(form: TinyEvaluator.Form) throws {
    let evaluator = TinyEvaluator(form)
    for function in Self.kernels {
      for example in function.signature.examples {
        let (gives, wanted) = (try evaluator.evaluate(example.expression), try evaluator.evaluate(example.gives))
        #expect(gives == wanted, "\(example.expression) gives \(gives) as \(form)")
      }
    }
  }

  @Test func signaturesAreComplete() {
    #expect(Set(Self.functions.map(\.signature.name)).count == Self.functions.count)
    for function in Self.functions {
      let signature = function.signature
      #expect(signature.examples.count >= 2, "\(signature.name)")
      #expect(signature.summary.hasSuffix("."), "\(signature.name)")
      #expect(!signature.summary.dropLast().contains(". "), "\(signature.name)")
    }
  }

  @Test(arguments: TinyEvaluator.Form.allCases)
  func aNullMakesEveryFunctionNull(form: TinyEvaluator.Form) throws {
    let evaluator = TinyEvaluator(form)
    for function in Self.kernels {
      let signature = function.signature
      let arguments = signature.parameters.filter { $0.kind != .optional }.map { _ in Scalar.null }
      #expect(try evaluator.call(signature.name, arguments) == .null, "\(signature.name)")
    }
  }

  /// What other tools call a function is none of ours, and leads to one.
  @Test func namesElsewhereLeadHere() {
    for (theirs, ours) in NamesElsewhere.functions {
      #expect(FunctionRegistry.builtIn[theirs] == nil, "\(theirs)")
      #expect(FunctionRegistry.builtIn[ours] != nil, "\(ours)")
    }
  }
}
