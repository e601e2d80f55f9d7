import ReadoutVectors

/// The measures over windows of a series and over resamples of one.
extension MeasuredRows {
  /// By measure the values of each window's segments, four for each of `periods`.
  /// - Parameter bySums: Whether sums of periods do, where there are any.
  func values(
    ofWindowsAt periods: [Int], in series: StudySeries, _ windows: StudyWindows, bySums: Bool, worker: Worker
  ) throws(ReadoutError) -> [Vector<Double>] {
    let segments = periods.flatMap { windows.segments(at: $0) }
    if bySums, additive != nil {
      let sums = terms.indices.map { term in
        Vector(count: segments.count) { series.sum(term, over: segments[$0]) }
      }
      return try values(ofSums: sums, count: segments.count)
    }
    var groups = try Groups(self, count: segments.count, worker: worker)
    for (group, segment) in segments.enumerated() { try groups.add(series.places(of: segment), to: group) }
    return try groups.values()
  }

  /// By measure the difference of the sides in each resample of their periods; those that are null are left out.
  ///
  /// A circular block bootstrap (Politis and Romano 1992): each side is put together from runs of neighbouring periods, the
  /// last followed by the first, until it is as long as it was.
  func resampledDifferences(
    at period: Int, in series: StudySeries, _ windows: StudyWindows, event: Int, _ study: Study.Settings, worker: Worker
  ) throws(ReadoutError) -> [[Double]] {
    let sides = windows.segments(at: period)[0...1].enumerated().map { number, range in
      CircularBlocks(
        periods: range, length: number == 0 ? windows.blocks.before : windows.blocks.after,
        stream: UInt64(number) << 32)
    }
    func random(_ resample: Int) -> CounterRandom {
      CounterRandom(
        seed: study.seed, StudyPurpose.periods.rawValue, UInt64(truncatingIfNeeded: event),
        UInt64(truncatingIfNeeded: resample))
    }
    let values: [Vector<Double>]
    if additive != nil {
      var sums: [Vector<Double>] = []
      for term in terms.indices {
        let blocks = sides.map { $0.sums { series.sum(term, over: $0..<$0 + 1) } }
        sums.append(
          Vector(count: 2 * study.resamples) { place in
            sides[place & 1].total(of: blocks[place & 1], random(place >> 1))
          })
      }
      values = try self.values(ofSums: sums, count: 2 * study.resamples)
    } else {
      var groups = try Groups(self, count: 2 * study.resamples, worker: worker)
      for resample in 0..<study.resamples {
        try worker.control?.checkResample(resample)
        for (number, side) in sides.enumerated() {
          for range in side.drawn(random(resample)) {
            try groups.add(series.places(of: range), to: 2 * resample + number)
          }
        }
      }
      values = try groups.values()
    }
    return values.map { values in
      var differences: [Double] = []
      for resample in 0..<study.resamples {
        let difference = values[2 * resample + 1] - values[2 * resample]
        if !difference.isNaN { differences.append(difference) }
      }
      return differences
    }
  }
}

/// Runs of neighbouring periods that a side is put together from.
private struct CircularBlocks {
  let periods: Range<Int>
  let length: Int
  /// Where the side's random numbers begin.
  let stream: UInt64

  /// Blocks of the full length, and what is left for a last one.
  private var full: Int { periods.count / length }
  private var rest: Int { periods.count % length }

  /// By beginning the sum of a full block, and of the last one.
  struct Sums {
    let full: Vector<Double>
    let rest: Vector<Double>
  }

  func sums(_ value: (Int) -> Double) -> Sums {
    let values = periods.map(value)
    func blocks(_ length: Int) -> Vector<Double> {
      Vector(count: values.count) { begin in
        var sum = 0.0
        for place in begin..<begin + length { sum += values[place % values.count] }
        return sum
      }
    }
    return Sums(full: blocks(length), rest: blocks(rest))
  }

  func total(of sums: Sums, _ random: CounterRandom) -> Double {
    var total = 0.0
    for block in 0..<full { total += sums.full[random.below(periods.count, stream + UInt64(block))] }
    if rest > 0 { total += sums.rest[random.below(periods.count, stream + UInt64(full))] }
    return total
  }

  /// The same blocks as ranges of periods.
  func drawn(_ random: CounterRandom) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for block in 0..<full + (rest > 0 ? 1 : 0) {
      let begin = periods.lowerBound + random.below(periods.count, stream + UInt64(block))
      let end = begin + (block < full ? length : rest)
      ranges.append(begin..<min(end, periods.upperBound))
      if end > periods.upperBound { ranges.append(periods.lowerBound..<periods.lowerBound + end - periods.upperBound) }
    }
    return ranges
  }
}
