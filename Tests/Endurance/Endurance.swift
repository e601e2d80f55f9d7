import Readout
import ReadoutVectors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `endurance queries|loads ROUNDS FOLDER`: asks the same again and again, in a process of its own, whose memory is then its own affair.
///
/// The folder has `t.csv` and `plugins`. A tenth of the rounds warms up; then it prints by how many bytes the process has grown.
@main
enum Endurance {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let rounds = Int(arguments[2]), let kind = Kind(rawValue: arguments[1]) else {
      print("endurance queries|loads ROUNDS FOLDER")
      Exit.now(1)
    }
    let folder = arguments[3]
    let session = Session(plugins: ["\(folder)/plugins"])
    let query = try session.open("\(folder)/t.csv")["t"]
    let expected = try answer(query)
    var before = 0
    for round in 0..<rounds + rounds / 10 {
      if round == rounds / 10 { before = residentBytes }
      let found =
        switch kind {
        case .queries: try answer(query)
        case .loads: try answer(Session(plugins: ["\(folder)/plugins"]).open("\(folder)/t.csv")["t"])
        }
      precondition(found == expected, "round \(round) gave another answer")
    }
    print(residentBytes - before)
  }

  private enum Kind: String {
    /// The same query, of one table and one set of plugins.
    case queries
    /// A new session each time: the plugins are found, loaded and checked, the table is read.
    case loads
  }

  private static func answer(_ query: Query) throws -> String {
    try query.where("i % 3 ~= 0").by("g")
      .measure(
        "n = count(), m = mean(half(x)), l = sum(letters(s)), d = distinct(s), p = spread(x), t = sum(mentions(s, 'text'))"
      )
      .sort("-n").collect(threads: 2).text(as: .csv)
  }

  /// Bytes of memory that the process has.
  private static var residentBytes: Int {
    #if os(Linux)
      let bytes = (try? Files.contents("/proc/self/statm")) ?? []
      let pages = String(decoding: bytes, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) }
      return (pages ?? 0) * sysconf(Int32(_SC_PAGESIZE))
    #else
      var usage = rusage()
      // Sound: `getrusage` fills one `rusage`. It tells the most memory so far, in bytes, which grows where the process does.
      unsafe getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
}
