import ReadoutEngine
import ReadoutVectors

/// From parsed JSON columns to the table: dates in other formats, texts, records left out, rejects and notes.
struct JSONFinish {
  let plan: JSONPlan
  let loaded: LoadedJSON

  func table() throws(ReadoutError) -> LoadedTable {
    var columns = loaded.columns
    var notes = plan.sources.flatMap(\.notes)
    for (number, name) in loaded.names.enumerated() {
      switch plan.column(name).given {
      case nil where columns[number].type == .string:
        let place = { plan.place(ofRow: $0, column: name) }
        let refinement = StringRefinement(
          column: columns[number], name: name, place: place, json: loaded.kinds[number])
        columns[number] = try refinement.refined()
        let type = columns[number].type
        let note =
          loaded.tallies[number]?.note(column: name, type: type, place: place)
          ?? (type == .string ? refinement.note(isMixed: loaded.isMixed[number]) : nil)
        if let note { notes.append(note) }
      case .text: columns[number] = StringValues(columns[number]).asBytes(type: .text)
      default: break
      }
    }
    if let name = loaded.nested.first, loaded.rowCount == 1, case .elements(let elements) = plan.layouts[0],
      elements.isSequence
    {
      notes.append(
        "\(plan.sources[0].name): the document is one object, and one row; path = \"\(name)\" reads the array in it")
    }
    // Nothing of a record that is no JSON can be kept, so it is left out under `null`, too.
    let skipped = Set(loaded.faults.filter { $0.column == nil || plan.options.onError == .skip }.map(\.row))
      .union(loaded.blankRows)
    if !skipped.isEmpty {
      let kept = Vector((0..<UInt32(loaded.rowCount)).filter { !skipped.contains(Int($0)) })
      for number in columns.indices { columns[number] = try columns[number].keeping(kept) }
    }
    let fields = zip(loaded.names, columns).map { Table.Field($0, $1.type) }
    return LoadedTable(
      table: Table(fields: fields, columns: columns, rowCount: loaded.rowCount - skipped.count),
      rejects: loaded.faults.map { $0.reject(plan) }, notes: notes,
      places: ReadRows(plan.sources, plan.layouts, skipped: skipped.sorted()))
  }
}
