import ReadoutEngine
import ReadoutVectors

@testable import ReadoutLua

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder for one test, gone with it.
final class TestFolder {
  let path: String

  init() {
    var template = Array("/tmp/readout-lua-XXXXXX".utf8CString)
    path = unsafe template.withUnsafeMutableBufferPointer { unsafe String(cString: mkdtemp($0.baseAddress!)) }
  }

  @discardableResult
  func write(_ name: String, _ text: String) -> String {
    let file = "\(path)/\(name)"
    if let slash = name.lastIndex(of: "/") { unsafe mkdir("\(path)/\(name[..<slash])", 0o755) }
    let stream = unsafe fopen(file, "w")!
    unsafe fputs(text, stream)
    unsafe fclose(stream)
    return file
  }

  deinit { unsafe system("rm -rf '\(path)'") }
}

/// A plugin written for a test, and batches run through it as the engine does.
struct TestPlugin {
  let folder: TestFolder
  let plugin: Plugin

  init(_ source: String, modules: [String: String] = [:], limits: LuaLimits = LuaLimits()) throws(ReadoutError) {
    folder = TestFolder()
    for (name, text) in modules { folder.write(name, text) }
    plugin = try Plugin(file: folder.write("test.lua", source), limits: limits, text: FixedText())
  }

  /// The same file once more, with other limits.
  init(sharing other: TestPlugin, limits: LuaLimits) throws(ReadoutError) {
    folder = other.folder
    plugin = try Plugin(file: other.plugin.file, limits: limits, text: FixedText())
  }

  /// The same file with nothing lifted.
  var interpreted: TestPlugin {
    get throws(ReadoutError) { try TestPlugin(sharing: self, limits: LuaLimits(lifts: false)) }
  }

  /// Why the first metric is not lifted; nil where it is.
  var refusal: String? { plugin.lifting(of: 0, plugin.metrics[0]).refusal?.construct }

  /// One metric with a function `each`.
  static func each(
    _ function: String, params: String, returns: String, extra: String = "", limits: LuaLimits = LuaLimits()
  ) throws(ReadoutError) -> TestPlugin {
    try TestPlugin(
      "return {\n  name = 'm', params = { \(params) }, returns = '\(returns)', \(extra)\n  each = \(function),\n}",
      limits: limits)
  }

  func evaluate(
    _ arguments: [Values], worker: Worker = Worker(index: 0), firstRow: Int = 0, metric index: Int = 0
  ) throws(ReadoutError) -> Values {
    guard case .scalar(let metric) = plugin.functions[index] else { throw .bug("not a scalar") }
    let kernel = try metric.bind(arguments.map { Argument(type: $0.type) })
    let count = arguments.first?.count ?? 1
    var validity: Bitmap?
    if kernel.isStrict {
      for values in arguments {
        if case .null = values.payload { return Values(type: kernel.type, payload: .null, count: count) }
        validity = Bitmap.both(validity, values.validity)
      }
    }
    let result = try kernel.body(
      arguments, Evaluation(worker: worker, count: count, validity: validity, firstRow: firstRow))
    return Values(
      type: result.type, payload: result.payload, validity: Bitmap.both(result.validity, validity), count: count)
  }

  func fold(
    _ arguments: [Values], groups: [UInt32], parts: Int = 1, metric index: Int = 0
  ) throws(ReadoutError) -> Values {
    guard case .aggregate(let metric) = plugin.functions[index] else { throw .bug("not an aggregate") }
    let kernel = try metric.bind(arguments.map { Argument(type: $0.type) })
    let count = Int(groups.max() ?? 0) + 1
    var whole: (any Accumulator)?
    for part in 0..<parts {
      let worker = Worker(index: part)
      let range = groups.count * part / parts..<groups.count * (part + 1) / parts
      let accumulator = try kernel.makeAccumulator(worker)
      try accumulator.resize(to: count)
      try accumulator.update(
        arguments.map { $0[range] }, groups: Vector(groups)[range],
        rows: Evaluation(worker: worker, count: range.count, firstRow: range.lowerBound))
      if let whole { try whole.merge(accumulator, groups: Vector(0..<UInt32(count))) } else { whole = accumulator }
    }
    return try whole!.finalize(count: count)
  }
}

extension Values {
  var scalars: [Scalar] { (0..<count).map { self[$0] } }

  init(_ scalars: [Scalar], _ type: DataType) { self.init(scalars, type: type) }

  /// Strings as codes into a dictionary.
  init(coded strings: [String?]) {
    var interner = StringInterner()
    var codes: [UInt32] = []
    for string in strings { codes.append(string.map { interner.intern($0) } ?? 0) }
    let validity = strings.contains { $0 == nil } ? Bitmap(count: strings.count) { strings[$0] != nil } : nil
    self.init(
      type: .string, payload: .coded(Vector(codes), StringDictionary(interner.freeze())), validity: validity,
      count: strings.count)
  }
}
