import Readout
import ReadoutEngine

extension Harness {
  /// Expressions, lists and sort keys over a small table of every type: parsed, bound, planned and run.
  static let expression = Harness("expression", "expressions and lists, bound and run") { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    let query = Query(sample, named: "sample")
    let options = ExecutionOptions(threads: 1, control: ExecutionControl(timeLimit: .seconds(5)))
    reads { () throws(ReadoutError) in _ = try query.where(text).collect(options) }
    reads { () throws(ReadoutError) in _ = try query.derive("x = \(text)\n").collect(options) }
    reads { () throws(ReadoutError) in _ = try query.by("s").measure(text).collect(options) }
    reads { () throws(ReadoutError) in _ = try query.by(text).measure("n = count()").collect(options) }
    reads { () throws(ReadoutError) in _ = try query.sort(text).collect(options) }
  }

  private static let sample: Table = {
    do {
      return try Table(columns: [
        "i": [1, nil, -3, .integer(.max), .integer(.min), 0],
        "n": [0.5, -0.0, nil, .number(.infinity), .number(.nan), 1e300],
        "b": [true, nil, false, true, false, true],
        "s": ["KOR", nil, "", "naïve 한국어", "KOR", "a,b\n\"c\""],
        "d": [.date(0), .date(20_396), nil, .date(-719_528), .date(2_932_896), .date(1)],
        "t": [.timestamp(0), .timestamp(1_762_248_600_123_456), nil, .timestamp(-1), .timestamp(60_000_000), nil],
        "l": [.list(["a", "b"]), nil, .list([]), .list(["a"]), .list(["x,y", "\"q\""]), .list(["b"])],
      ])
    } catch {
      fatalError("\(error)")
    }
  }()
}
