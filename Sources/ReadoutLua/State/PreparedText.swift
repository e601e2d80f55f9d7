import CLuaBridge
import ReadoutEngine
import ReadoutVectors

/// Strings that Lua lends for the length of a call.
@safe struct HostStrings {
  let starts: UnsafeBufferPointer<UnsafePointer<UInt8>?>
  let lengths: UnsafeBufferPointer<Int>

  var count: Int { unsafe starts.count }

  @_lifetime(borrow self)
  func span(_ index: Int) -> Span<UInt8> {
    // Sound: Lua keeps its arguments alive while the function runs, and the strings do not outlive the call.
    let span = unsafe Span(_unsafeStart: starts[index]!, count: lengths[index])
    return unsafe _overrideLifetime(span, borrowing: self)
  }

  func string(_ index: Int) -> String {
    unsafe String(decoding: UnsafeBufferPointer(start: starts[index], count: lengths[index]), as: UTF8.self)
  }

  /// Whether the strings from `first` on are those of `key`, written one behind the other with their lengths.
  func matches(_ key: [[UInt8]], from first: Int) -> Bool {
    guard count - first == key.count else { return false }
    for i in 0..<key.count {
      let bytes = unsafe UnsafeBufferPointer(start: starts[first + i], count: lengths[first + i])
      guard unsafe bytes.elementsEqual(key[i]) else { return false }
    }
    return true
  }

  func key(from first: Int) -> [[UInt8]] {
    (first..<count).map { unsafe Array(UnsafeBufferPointer(start: starts[$0], count: lengths[$0])) }
  }
}

/// The text functions of one state, with the terms and lexicons that its scripts used last.
final class PreparedText {
  /// Distinct sets of terms kept; a metric uses one or two.
  private static let capacity = 16

  let functions: any TextFunctions
  private var counters: [(key: [[UInt8]], counter: any TextCounter)] = []
  private var queries: [(key: [[UInt8]], counter: any TextCounter)] = []
  private var pieces = TextPieces()
  private var scorers: [(key: [[UInt8]], scorer: any TextScorer)] = []
  private var tables = PreparedTables()

  init(_ functions: any TextFunctions) { self.functions = functions }

  /// Function 0 is words, 1 mentions, 2 lexicon, 3 has, as the bridge numbers them; the text is the first string.
  func evaluate(_ function: Int, _ strings: HostStrings) throws(ReadoutError) -> Double {
    switch function {
    case 0: return Double(functions.words(in: strings.span(0)))
    case 1: return Double(try counter(strings).count(in: strings.span(0)))
    case 2: return try scorer(strings).score(of: strings.span(0))
    default: return Double(try query(strings).count(in: strings.span(0)))
    }
  }

  /// The sum of weights that a table gives: its terms in the order in which Lua lists them, and their weights.
  func weigh(
    _ text: Span<UInt8>, _ terms: HostStrings, _ weights: Span<Double>
  ) throws(ReadoutError) -> Double {
    try tables.scorer(terms, weights, functions).score(of: text)
  }

  /// Function 4 is tokens, 5 sentences. What it gives is valid until the next call, and takes at most `room` bytes.
  @unsafe func pieces(_ function: Int, _ text: Span<UInt8>, room: Int) -> bridge_pieces {
    pieces = TextPieces()
    var gathered = TextPieces(room: room)
    if function == 4 {
      functions.forEachToken(in: text) { gathered.append($0, $1) }
    } else {
      for range in functions.sentences(in: text) { gathered.append(range, text.extracting(range)) }
    }
    pieces = gathered
    return unsafe pieces.bridge
  }

  /// Terms and queries are written by people. Preparing one takes many times its own memory, which no state is charged for.
  static let longest = 16 << 10

  /// Refuses terms or a query that are too long.
  private static func check(_ strings: HostStrings, _ what: String) throws(ReadoutError) {
    let bytes = (1..<strings.count).reduce(0) { $0 + (unsafe strings.lengths[$1]) }
    guard bytes <= longest else {
      throw ReadoutError(.request, "\(what) of \(bytes) bytes", hint: "at most \(longest)")
    }
  }

  private func query(_ strings: HostStrings) throws(ReadoutError) -> any TextCounter {
    for known in queries where strings.matches(known.key, from: 1) { return known.counter }
    try Self.check(strings, "a query")
    let made = try functions.query(strings.string(1))
    if queries.count == Self.capacity { queries.removeFirst() }
    queries.append((strings.key(from: 1), made))
    return made
  }

  private func counter(_ strings: HostStrings) throws(ReadoutError) -> any TextCounter {
    for known in counters where strings.matches(known.key, from: 1) { return known.counter }
    try Self.check(strings, "terms")
    let made = try functions.mentions(of: (1..<strings.count).map(strings.string))
    if counters.count == Self.capacity { counters.removeFirst() }
    counters.append((strings.key(from: 1), made))
    return made
  }

  private func scorer(_ strings: HostStrings) throws(ReadoutError) -> any TextScorer {
    for known in scorers where strings.matches(known.key, from: 1) { return known.scorer }
    try Self.check(strings, "a lexicon's name")
    let made = try functions.lexicon(named: strings.string(1), category: strings.count > 2 ? strings.string(2) : nil)
    if scorers.count == Self.capacity { scorers.removeFirst() }
    scorers.append((strings.key(from: 1), made))
    return made
  }
}
