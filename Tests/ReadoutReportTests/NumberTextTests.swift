import ReadoutEngine
import ReadoutReport
import ReadoutVectors
import Testing

/// The fast paths for numbers and times write what the standard library and `Calendar` write.
@Suite struct NumberTextTests {
  private func lines(_ values: [Scalar], _ type: DataType) -> [Substring] {
    Report(Table(("v", type, values))).text(as: .csv).split(separator: "\n").dropFirst().map { $0 }
  }

  @Test func doublesAreTheShortestThatReadBack() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix64(seed: seed)
    var values: [Double] = [
      0, -0.0, 1, -1, 0.1, 0.3, 1 / 3, 1e9, 1e9 - 1e-6, 999_999_999.999999, 1e-3, 0.000999, 1e16,
      .leastNonzeroMagnitude,
    ]
    for _ in 0..<20_000 {
      values.append(Double(bitPattern: random.next()))
      values.append(Double(Int64(bitPattern: random.next()) % 1_000_000_000) / 1000)
      values.append(Double(random.next() % 1_000_000_000_000_000) / 1_000_000)
      values.append(Double(random.next() % 1000) + 0.1 + 0.2)
    }
    let finite = values.filter(\.isFinite)
    let written = lines(finite.map { .number($0) }, .number)
    #expect(written.count == finite.count)
    for (value, text) in zip(finite, written) where text != value.description {
      Issue.record("\(value) written as \(text), seed \(seed)")
    }
  }

  @Test func integers() {
    var values: [Int64] = [0, -1, .min, .max]
    var power: Int64 = 1
    for _ in 0..<18 {
      power *= 10
      values += [power - 1, power, power + 1, -power]
    }
    #expect(lines(values.map { .integer($0) }, .integer).map(String.init) == values.map(String.init))
  }

  @Test func datesAndTimestamps() {
    let days: [Int64] = [0, -1, 20_396, -719_528, -719_529, 2_932_896, 2_932_897, 10_000_000]
    #expect(lines(days.map { .date($0) }, .date).map(String.init) == days.map(Calendar.text(ofDay:)))
    let moments: [Int64] = [0, -1, 1, 1000, 999_999, 1_762_248_600_123_000, -62_135_596_800_000_001]
    #expect(lines(moments.map { .timestamp($0) }, .timestamp).map(String.init) == moments.map(Calendar.text(ofMoment:)))
  }
}
