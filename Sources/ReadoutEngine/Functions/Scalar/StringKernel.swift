import ReadoutVectors
import Synchronization

/// Kernels over one string argument, run once per distinct string where the strings are coded.
enum StringKernel {
  /// What is computed for a run of strings: a value for each, its own nulls included.
  typealias Body = @Sendable (_ strings: StringVector, _ rows: Evaluation) throws(ReadoutError) -> Values

  /// A strict kernel whose only argument that varies is argument `index`.
  ///
  /// For a dictionary that is no longer than the batch the body is called for the dictionary's strings, once for all
  /// batches and workers; else for the rows' strings. If it fails on the dictionary it is called for the rows after
  /// all, so that an entry that no row uses cannot fail the query, and the error names the row.
  static func kernel(
    _ type: DataType, over index: Int = 0, canFail: Bool = false, costly: Bool = false, _ body: @escaping Body
  ) -> ScalarKernel {
    let known = DistinctResults()
    return ScalarKernel(type, canFail: canFail, costly: costly) { (arguments, rows) throws(ReadoutError) in
      if case .coded(let codes, let dictionary) = arguments[index].payload, dictionary.count > 0,
        let results = known.results(of: dictionary, type: type, rows: rows, body)
      {
        return results.gather(codes)
      }
      return try body(arguments[index].strings, rows)
    }
  }

  /// Strings built row by row; `append` writes the bytes of row `i`.
  static func strings(
    count: Int, for rows: Evaluation, _ append: (_ row: Int, _ out: inout StringVectorBuilder) -> Void
  ) throws(ReadoutError) -> StringVector {
    var builder = StringVectorBuilder()
    var looked = 0
    for row in 0..<count {
      append(row, &builder)
      if builder.byteCount - looked > ScalarKernel.usualBytesBetweenLooks {
        looked = builder.byteCount
        try rows.worker.control?.checkpoint()
      }
      if !builder.hasRoom(for: 0) {
        throw ReadoutError(.data, "the strings of one batch pass 4 GiB", hint: "make shorter strings")
      }
      if MemoryAccount.isOverLimit { throw .memory(MemoryAccount.bytesInUse) }
      builder.endString()
    }
    return builder.freeze()
  }
}

/// The results of one kernel for the dictionary it saw last; shared by all workers, so that all give the same
/// dictionary.
private final class DistinctResults: Sendable {
  private struct Known {
    var dictionary: StringDictionary
    /// nil where the body failed.
    var results: Values?
  }
  private let known = Mutex<Known?>(nil)

  func results(
    of dictionary: StringDictionary, type: DataType, rows: Evaluation, _ body: StringKernel.Body
  ) -> Values? {
    known.withLock { known in
      if let known, known.dictionary === dictionary { return known.results }
      guard dictionary.count <= rows.count else { return nil }
      let strings = dictionary.strings
      let evaluation = Evaluation(worker: rows.worker, count: strings.count)
      let results = try? StringSlices.call(
        { (arguments, rows) throws(ReadoutError) in try body(arguments[0].strings, rows) }, [Values(strings: strings)],
        evaluation, type: type, bytes: ScalarKernel.usualBytesBetweenLooks)
      known = Known(dictionary: dictionary, results: results?.interned)
      return known?.results
    }
  }
}

extension Values {
  /// Strings as codes into a dictionary of their own; other values as they are.
  var interned: Values {
    guard type.isString, case .strings(let strings) = payload else { return self }
    var interner = StringInterner()
    var codes = MutableVector<UInt32>(capacity: count)
    for i in 0..<count {
      codes.append(interner.intern(strings.bytes, Int(strings.starts[i])..<Int(strings.ends[i])))
    }
    return Values(
      type: type, payload: .coded(codes.freeze(), StringDictionary(interner.freeze())), validity: validity, count: count
    )
  }
}
