/// Ascending integers in runs one behind the other, with a grid laid over each: a search looks its cell up and ends among
/// the few elements there.
public struct SortedRuns: Sendable {
  /// All runs; run `r` is `elements[starts[r]..<starts[r + 1]]`.
  public let elements: Vector<Int64>
  public let starts: Vector<UInt32>
  /// By run and cell the place of the first element of that cell or a later one; one more at the end.
  private let cells: Vector<UInt32>
  private let cellsPerRun: UInt64
  private let smallest: Int64
  /// A cell is 2^`shift` wide.
  private let shift: UInt64

  /// - Parameter mostCells: How many cells to lay at most, beyond one a run.
  public init(_ elements: Vector<Int64>, starts: Vector<UInt32>, mostCells: Int) {
    let runs = starts.count - 1
    var (smallest, largest) = (Int64.max, Int64.min)
    for element in elements {
      smallest = element < smallest ? element : smallest
      largest = element > largest ? element : largest
    }
    let width = elements.isEmpty ? 0 : UInt64(bitPattern: largest &- smallest)
    let wanted = UInt64(max(1, mostCells / max(1, runs)))
    var shift: UInt64 = 0
    while width >> shift >= wanted, shift < 63 { shift += 1 }
    let cellsPerRun = width >> shift + 1
    var cells = MutableVector<UInt32>(capacity: runs * Int(cellsPerRun) + 1)
    for run in 0..<runs {
      var place = Int(starts[run])
      let end = Int(starts[run + 1])
      for cell in 0..<cellsPerRun {
        while place < end, UInt64(bitPattern: elements[place] &- smallest) >> shift < cell { place += 1 }
        cells.append(UInt32(truncatingIfNeeded: place))
      }
    }
    cells.append(UInt32(truncatingIfNeeded: elements.count))
    self.elements = elements
    self.starts = starts
    self.cells = cells.freeze()
    self.cellsPerRun = cellsPerRun
    self.smallest = elements.isEmpty ? 0 : smallest
    self.shift = shift
  }

  /// For each target the place in its run of the first element that is not below it, or the run's end.
  public func firstNotBelow(_ targets: Vector<Int64>, runs: Vector<UInt32>) -> Vector<UInt32> {
    places(targets, runs) { $0 < $1 }
  }

  /// For each target the place in its run of the first element above it, or the run's end.
  public func firstAbove(_ targets: Vector<Int64>, runs: Vector<UInt32>) -> Vector<UInt32> {
    places(targets, runs) { $0 <= $1 }
  }

  @inline(__always)
  private func places(
    _ targets: Vector<Int64>, _ runs: Vector<UInt32>, _ isBefore: (_ element: Int64, _ target: Int64) -> Bool
  ) -> Vector<UInt32> {
    precondition(targets.count == runs.count, "vectors of different lengths")
    precondition(runs.allBelow(starts.count - 1), "run out of range")
    let element = unsafe elements.base
    let cell = unsafe cells.base
    let target = unsafe targets.base
    let run = unsafe runs.base
    let last = cellsPerRun - 1
    return Vector(count: targets.count) { row in
      // Sound: the run was checked and the cell is clamped to the run's; the places in the cells are those of elements.
      let wanted = unsafe target[row]
      let distance = wanted > smallest ? UInt64(bitPattern: wanted &- smallest) >> shift : 0
      let at = unsafe Int(UInt64(run[row]) &* cellsPerRun &+ (distance < last ? distance : last))
      var low = unsafe Int(cell[at])
      var size = unsafe Int(cell[at &+ 1]) &- low
      while size > 0 {
        let half = size >> 1
        let isEarly = unsafe isBefore(element[low &+ half], wanted)
        low = isEarly ? low &+ half &+ 1 : low
        size = isEarly ? size &- half &- 1 : half
      }
      return UInt32(truncatingIfNeeded: low)
    }
  }
}
