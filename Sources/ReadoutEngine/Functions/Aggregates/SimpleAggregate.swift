/// An aggregate made of a signature and a closure that picks the kernel; its errors never name a row.
struct SimpleAggregate: AggregateFunction {
  let signature: Signature
  private let choose: @Sendable ([Argument]) throws(ReadoutError) -> AggregateKernel

  init(_ signature: Signature, _ choose: @escaping @Sendable ([Argument]) throws(ReadoutError) -> AggregateKernel) {
    self.signature = signature
    self.choose = choose
  }

  func bind(_ arguments: [Argument]) throws(ReadoutError) -> AggregateKernel {
    var kernel = try choose(arguments)
    kernel.needsRows = false
    return kernel
  }
}
