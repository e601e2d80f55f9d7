import ReadoutEngine
import ReadoutVectors

/// JSON columns as they were parsed, before strings are looked at again and records are left out.
struct LoadedJSON {
  var names: [String]
  var columns: [Column]
  /// The kinds of values of each column.
  var kinds: [JSONKinds]
  /// How many of each, where there are several and none of them was asked for.
  var tallies: [JSONTally?]
  /// Whether a column's values looked like more than plain strings.
  var isMixed: [Bool]
  var rowCount: Int
  /// In the order of the rows.
  var faults: [JSONRecordFault]
  /// Rows that stand for lines of blanks.
  var blankRows: [Int]
  /// Columns that hold arrays of objects, or of arrays, as text.
  var nested: [String]
}

/// Parses all chunks on several threads, as `ParallelLoader` does; columns are found on the way.
struct JSONLoader {
  let plan: JSONPlan
  let control: ExecutionControl
  let progress: (@Sendable (_ done: Int, _ of: Int) -> Void)?

  func load() throws(ReadoutError) -> LoadedJSON {
    let chunkRows = ChunkSize(options: plan.options).rows(
      records: plan.layouts.reduce(0) { $0 + $1.recordCount }, bytes: plan.sources.reduce(0) { $0 + $1.bytes.count })
    let chunks = ChunkPlan.chunks(of: plan.sources, layouts: plan.layouts, chunkRows: chunkRows, plan.options)
    let columns = JSONColumns(plan, sampled: JSONSampler.hypotheses(plan, chunks))
    var interners: [Int: StringVector] = [:]
    var parsed = try pass(chunks, Array(chunks.indices), columns, nil, { _ in .first }, &interners)
    let names = try names(of: parsed, columns)
    try plan.check(columns: names)
    let types = names.map { columns.hypothesis($0).finalType }

    // Chunks whose columns must be parsed again, now that the types are certain. Where a column has values of several kinds, which is
    // rare, they are counted on the way, in the other chunks too.
    let mixed = names.filter { columns.isMixed($0) }
    let redo = zip(names, types).filter { name, type in parsed.contains { !$0.isUsable(name, as: type) } }
    if !redo.isEmpty || !mixed.isEmpty {
      let again = Set(
        chunks.indices.filter { number in redo.contains { !parsed[number].isUsable($0.0, as: $0.1) } })
      let numbers = mixed.isEmpty ? again.sorted() : Array(chunks.indices)
      let second = try pass(
        chunks, numbers, columns, Set(redo.map(\.0) + mixed), { again.contains($0) ? .again : .counting }, &interners)
      for (number, chunk) in zip(numbers, second) where again.contains(number) {
        for (name, type) in redo where !parsed[number].isUsable(name, as: type) {
          parsed[number].columns[name] = chunk.columns[name]
        }
      }
    }
    let faults = parsed.flatMap(\.faults).sorted(by: JSONRecordFault.precedes)
    let blankRows = parsed.flatMap(\.blankRows)
    let all = (0..<columns.internerCount).map { interners[$0] ?? StringVector([]) }
    let rows = chunks.reduce(0) { $0 + $1.rows }
    let parts = names.map { name in
      parsed.indices.map { parsed[$0].columns.removeValue(forKey: name) ?? .nulls(chunks[$0].rows) }
    }
    let assembled = try ColumnAssembly(
      names: names, types: types, interners: all, rows: rows, threads: plan.options.threads, control: control
    ).columns(parts)
    return LoadedJSON(
      names: names, columns: assembled, kinds: names.map { columns.kinds($0) },
      tallies: names.map { columns.tally($0) },
      isMixed: names.map { columns.kinds($0) != .string || columns.hypothesis($0).kinds != .other }, rowCount: rows,
      faults: faults, blankRows: blankRows, nested: names.filter { columns.kinds($0).contains(.nested) })
  }

  private func pass(
    _ chunks: [ChunkPlan], _ numbers: [Int], _ columns: JSONColumns, _ wanted: Set<String>?,
    _ purpose: @escaping @Sendable (_ chunk: Int) -> JSONPass, _ interners: inout [Int: StringVector]
  ) throws(ReadoutError) -> [ParsedJSONChunk] {
    let plan = plan
    let (control, progress) = (control, wanted == nil ? progress : nil)
    let workers = (0..<max(1, min(plan.options.threads, numbers.count))).map { _ in
      JSONChunkParser(plan, columns, wanted: wanted, control: control)
    }
    let found = Gathered([ParsedJSONChunk?](repeating: nil, count: numbers.count))
    let done = Gathered(0)
    let total = plan.sources.reduce(0) { $0 + $1.bytes.count }
    try WorkerPool.run(threads: workers.count, pieces: numbers.count) { (worker, piece) throws(ReadoutError) in
      try control.check()
      let chunk = chunks[numbers[piece]]
      let parsed = try workers[worker].parse(chunk, for: purpose(numbers[piece]))
      found.update { $0[piece] = parsed }
      guard let progress else { return }
      done.update {
        $0 += chunk.stretches.reduce(0) { $0 + $1.range.count }
        progress($0, total)
      }
    }
    for worker in workers {
      for (number, strings) in worker.takeStrings() { interners[number] = strings }
    }
    return found.value.map { $0! }
  }

  /// All columns in the order of their first appearance. A key that is null where other records have an object under it is no column.
  private func names(of chunks: [ParsedJSONChunk], _ columns: JSONColumns) throws(ReadoutError) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    for chunk in chunks {
      for name in chunk.met {
        let (isNew, known) = seen.insert(name)
        if isNew { names.append(name) }
        guard known.utf8.elementsEqual(name.utf8) else {
          throw ReadoutError(
            .data, "two keys look alike, and are written in different bytes", value: name,
            place: .init(
              file: plan.sources.count == 1 ? plan.sources[0].name : nil,
              detail: "\(Self.codePoints(known)) and \(Self.codePoints(name))"),
            hint: "a column is found by its name, so write both in one form: Unicode's NFC, or NFD")
        }
      }
    }
    let parents = Set(names.flatMap { Self.parents(of: $0) })
    names.removeAll { parents.contains($0) && columns.kinds($0).isEmpty }
    guard !names.isEmpty else {
      throw ReadoutError(
        .data, "the records have no values", place: .init(file: plan.sources[0].name),
        hint: "a table needs at least one key with a value")
    }
    return names
  }

  /// `U+0065 U+0301` for a letter and its mark.
  private static func codePoints(_ name: String) -> String {
    name.unicodeScalars.map { scalar in
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }.joined(separator: " ")
  }

  /// `a` and `a.b` for `a.b.c`.
  private static func parents(of name: String) -> [String] {
    name.utf8.indices.filter { name.utf8[$0] == 0x2E }.map { String(name[..<$0]) }
  }
}

extension ParsedJSONChunk {
  /// Whether a column serves a column of type `type`, as it is or widened; one that the chunk does not have is null.
  fileprivate func isUsable(_ name: String, as type: DataType) -> Bool {
    columns[name].map { $0.isUsable(as: type) } ?? true
  }
}
