import ReadoutVectors

/// A function of a row's values: built in, registered from Swift, or a metric of a plugin.
public protocol ScalarFunction: Sendable {
  var signature: Signature { get }

  /// Chooses the kernel for these arguments. Their number and types were checked against the signature already.
  func bind(_ arguments: [Argument]) throws(ReadoutError) -> ScalarKernel
}

/// What is known of an argument when an expression is bound.
public struct Argument: Sendable {
  /// A literal `nil` has the type that the parameter wants.
  public var type: DataType
  /// The value where it is the same for all rows.
  public var constant: Scalar?
  /// Its bytes in the expression's text, for errors.
  public var range: Range<Int>
  /// Of a column of texts: the language by whose stems terms are compared with its words.
  var stem: Stemmer.Language?

  public init(type: DataType, constant: Scalar? = nil, range: Range<Int> = 0..<0) {
    self.type = type
    self.constant = constant
    self.range = range
  }
}

/// A bound function: one call computes a whole batch.
public struct ScalarKernel: Sendable {
  public typealias Body = @Sendable (_ arguments: [Values], _ rows: Evaluation) throws(ReadoutError) -> Values

  /// The type of the result.
  public var type: DataType
  /// Whether a null argument makes the result null. Then the caller combines the validities: the body computes every slot,
  /// must not trap on a null row's slot, and raises errors only for rows of `rows.validity`. Its own nulls go into its result.
  public var isStrict: Bool
  /// Whether equal arguments may raise an error (a conversion, an integer division by zero, a metric).
  public var canFail: Bool
  /// Whether a call is dear enough that looking up repeated arguments pays (metrics, regexes).
  public var isCostly: Bool
  /// For `explain`: how it runs, such as `interpreted: stance.lua:12 calls string.gsub`; nil for built-in kernels.
  public var note: String?
  /// Results of arguments that repeat are remembered where there are at most so many combinations; nil where they never are.
  public var mostRemembered: Int?
  /// How often it was called, where that is counted.
  public var tally: CallTally?
  /// Bytes of strings that it works through before the clock is looked at.
  var bytesBetweenLooks = Self.usualBytesBetweenLooks
  /// How it runs over a stored column, where it can do so better than over the column's values.
  public var columnKernel: (any ColumnKernel)?
  public var body: Body

  public init(
    _ type: DataType, strict: Bool = true, canFail: Bool = false, costly: Bool = false, note: String? = nil,
    _ body: @escaping Body
  ) {
    self.type = type
    self.isStrict = strict
    self.canFail = canFail
    self.isCostly = costly
    self.note = note
    self.body = body
  }
}

/// The rows that a kernel is called for, and who calls it.
public struct Evaluation {
  public let worker: Worker
  /// Rows of this call; every argument has as many values.
  public let count: Int
  /// Rows in which no argument is null; nil where all are. Null for kernels that are not strict.
  public var validity: Bitmap?
  /// Zero-based number in the table of the first row of the batch.
  public let firstRow: Int
  /// Rows of the batch, counted from `firstRow`, where only some were selected.
  public let selection: Vector<UInt32>?

  public init(worker: Worker, count: Int, validity: Bitmap? = nil, firstRow: Int = 0, selection: Vector<UInt32>? = nil)
  {
    self.worker = worker
    self.count = count
    self.validity = validity
    self.firstRow = firstRow
    self.selection = selection
  }

  /// Whether row `index` of the call counts.
  @inlinable public func isPresent(_ index: Int) -> Bool { validity?[index] ?? true }

  /// The one-based row number in the table of row `index` of the call, as errors show it.
  public func rowNumber(_ index: Int) -> Int { firstRow + (selection.map { Int($0[index]) } ?? index) + 1 }
}
