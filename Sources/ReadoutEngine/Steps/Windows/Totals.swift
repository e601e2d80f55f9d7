import ReadoutVectors

/// `cumsum share`: a row beside the sum of its partition, so far or in all.
enum Totals {
  static let cumsum = BuiltInWindow(
    "cumsum", [Parameter("x", .numbers)], result: "the type of x",
    "Gives the sum of x from the first row of the partition to this one; nulls add nothing, and are null themselves."
  ) { arguments, _ in
    if arguments[0].type == .integer {
      return WindowKernel(type: .integer) { (values, rows) throws(ReadoutError) in
        let (integers, values) = (values[0].integers, values[0])
        var out = MutableVector<Int64>(capacity: rows.count)
        for partition in rows.partitions {
          var sum: Int64 = 0
          for place in partition {
            if !values.isNull(place) {
              let (next, overflow) = sum.addingReportingOverflow(integers[place])
              if overflow { throw rows.overflow("cumsum", at: place) }
              sum = next
            }
            out.append(sum)
          }
        }
        return Values(integers: out.freeze(), validity: values.nullCount > 0 ? values.presentRows : nil)
      }
    }
    return WindowKernel(type: .number) { values, rows in
      let (numbers, values) = (values[0].numbers, values[0])
      var out = MutableVector<Double>(capacity: rows.count)
      for partition in rows.partitions {
        var sum = CompensatedSum()
        for place in partition {
          if !values.isNull(place) { sum.add(numbers[place]) }
          out.append(sum.value)
        }
      }
      return Values(numbers: out.freeze(), validity: values.nullCount > 0 ? values.presentRows : nil)
    }
  }

  static let share = BuiltInWindow(
    "share", [Parameter("x", .numbers)], result: "number",
    "Gives x as a share of the sum of x over the partition; null where x is, or where the sum is 0."
  ) { _, _ in
    WindowKernel(type: .number) { values, rows in
      let (numbers, values) = (values[0].numbers, values[0])
      var out = MutableVector<Double>(capacity: rows.count)
      var present = MutableVector<UInt8>(capacity: rows.count)
      for partition in rows.partitions {
        var sum = CompensatedSum()
        for place in partition where !values.isNull(place) { sum.add(numbers[place]) }
        let total = sum.value
        for place in partition {
          out.append(numbers[place] / total)
          present.append(values.isNull(place) || total == 0 ? 0 : 1)
        }
      }
      return Values(numbers: out.freeze(), validity: Bitmap(bytes: present.freeze()).unlessAllSet)
    }
  }
}

/// A running sum whose error does not grow with its terms: Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation
/// endlicher Summen" (1974).
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  mutating func add(_ value: Double) {
    let next = sum + value
    if next.isFinite { lost += sum.magnitude >= value.magnitude ? (sum - next) + value : (value - next) + sum }
    sum = next
  }

  var value: Double { sum.isFinite ? sum + lost : sum }
}

extension Bitmap {
  /// The form of a validity: nil where every bit is set.
  var unlessAllSet: Bitmap? { allSet ? nil : self }
}

extension WindowRows {
  /// A sum of integers that leaves 64 bits.
  func overflow(_ name: String, at place: Int) -> ReadoutError {
    error("\(name) leaves 64 bits", at: place, hint: "sum numbers: \(name)(number(x))")
  }
}
