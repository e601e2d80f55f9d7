import ReadoutVectors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `sqrt exp log`, on floats. Out of their domain they give nan or infinities, as Lua's do.
enum Exponentials {
  static let sqrt = BuiltInScalar(
    "sqrt", [Parameter("x", .numbers)], result: "number", "Gives the square root.",
    examples: [("sqrt(9)", "3.0"), ("sqrt(2) > 1.41", "true")]
  ) { _ in ScalarKernel(.number) { a, _ in Values(numbers: a[0].numbers.map { $0.squareRoot() }) } }

  static let exp = BuiltInScalar(
    "exp", [Parameter("x", .numbers)], result: "number", "Gives e to the power of x.",
    examples: [("exp(0)", "1.0"), ("round(exp(1), 3)", "2.718")]
  ) { _ in ScalarKernel(.number) { a, _ in Values(numbers: a[0].numbers.map { e(to: $0) }) } }

  static let log = BuiltInScalar(
    "log", [Parameter("x", .numbers), Parameter("base", .numbers, .optional)], result: "number",
    "Gives the logarithm to a base, the natural one where none is given.",
    examples: [("log(1)", "0.0"), ("log(1000, 10)", "3.0"), ("log(8, 2)", "3.0")]
  ) { arguments in
    arguments.count == 1
      ? ScalarKernel(.number) { a, _ in Values(numbers: a[0].numbers.map { ln($0) }) }
      : ScalarKernel(.number) { a, _ in Values(numbers: NumericKernel.numbers(a[0], a[1]) { logarithm($0, $1) }) }
  }
}

// C's functions, outside of the enumeration whose members have their names.

private func e(to x: Double) -> Double { exp(x) }
private func ln(_ x: Double) -> Double { log(x) }

/// Like Lua's `math.log`: bases 2 and 10 have functions of their own, exact for whole powers.
private func logarithm(_ x: Double, _ base: Double) -> Double {
  if base == 2 { return log2(x) }
  if base == 10 { return log10(x) }
  return log(x) / log(base)
}
