import ReadoutVectors

/// A function of a row and its neighbours in the partition: what `window` adds to the functions of expressions.
///
/// A new one is a type (or a `BuiltInWindow`) in a file of its own, and a line in `WindowFunctions`.
public protocol WindowFunction: Sendable {
  var signature: Signature { get }

  /// Chooses the kernel for these arguments. Their number and types were checked against the signature already.
  func bind(_ arguments: [Argument], sort: [WindowSort]) throws(ReadoutError) -> WindowKernel
}

/// What is known of a sort key when a window function is bound.
public struct WindowSort: Sendable {
  public let type: DataType
  public let isDescending: Bool
}

/// A bound window function: one call computes all partitions.
public struct WindowKernel: Sendable {
  public typealias Body = @Sendable (_ arguments: [Values], _ rows: WindowRows) throws(ReadoutError) -> Values

  public let type: DataType
  /// Takes the arguments in the order of the window and gives a value for each row, in the same order.
  let body: Body
}

/// The rows that a window function is called for, in the order of the window.
public struct WindowRows {
  let partitioned: PartitionedRows

  var count: Int { partitioned.order.count }
  /// Each partition's range of rows.
  var partitions: [Range<Int>] { partitioned.partitions.map { partitioned.range(of: $0) } }

  /// The error of a row: `place` counts in the order of the window.
  func error(_ message: String, at place: Int, hint: String? = nil) -> ReadoutError {
    ReadoutError(.data, message, hint: hint).about(row: Int(partitioned.order[place]) + 1)
  }
}

/// A window function of the engine: its signature, and how it chooses a kernel.
struct BuiltInWindow: WindowFunction {
  typealias Choice = @Sendable (_ arguments: [Argument], _ sort: [WindowSort]) throws(ReadoutError) -> WindowKernel

  let signature: Signature
  private let choose: Choice

  init(
    _ name: String, _ parameters: [Parameter] = [], result: String, _ summary: String, choose: @escaping Choice
  ) {
    signature = Signature(name, parameters, result: result, summary: summary)
    self.choose = choose
  }

  func bind(_ arguments: [Argument], sort: [WindowSort]) throws(ReadoutError) -> WindowKernel {
    do throws(ReadoutError) { return try choose(arguments, sort) } catch {
      var error = error
      error.range = error.range ?? arguments.last?.range
      throw error
    }
  }
}
