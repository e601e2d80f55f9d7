import ReadoutVectors

/// The values of one expression over the rows of a batch: what kernels take and give.
///
/// Dense: a filtered batch has had its rows gathered. A null row's slot in the payload holds any value; kernels compute
/// over it and never trap on it.
public struct Values: Sendable {
  public enum Payload: Sendable {
    /// `.integer` as is, `.date` as days, `.timestamp` as microseconds.
    case integers(Vector<Int64>)
    case numbers(Vector<Double>)
    /// 1 or 0.
    case booleans(Vector<UInt8>)
    case strings(StringVector)
    /// Strings as codes into a dictionary.
    case coded(Vector<UInt32>, StringDictionary)
    case lists(ListVector)
    /// One value, not null, in every row.
    case constant(Scalar)
    /// Every row is null.
    case null
  }

  public let type: DataType
  public let payload: Payload
  /// 1 = value present; absent = no nulls. Absent for `.constant` and `.null`.
  public let validity: Bitmap?
  public let count: Int

  public init(type: DataType, payload: Payload, validity: Bitmap? = nil, count: Int) {
    self.type = type
    self.payload = payload
    self.validity = validity
    self.count = count
  }

  /// `count` times the same value; a null takes its type from `type`.
  public init(repeating scalar: Scalar, type: DataType, count: Int) {
    self.init(type: type, payload: scalar.isNull ? .null : .constant(scalar), count: count)
  }

  public init(integers: Vector<Int64>, type: DataType = .integer, validity: Bitmap? = nil) {
    self.init(type: type, payload: .integers(integers), validity: validity, count: integers.count)
  }
  public init(numbers: Vector<Double>, validity: Bitmap? = nil) {
    self.init(type: .number, payload: .numbers(numbers), validity: validity, count: numbers.count)
  }
  public init(booleans: Vector<UInt8>, validity: Bitmap? = nil) {
    self.init(type: .boolean, payload: .booleans(booleans), validity: validity, count: booleans.count)
  }
  public init(strings: StringVector, type: DataType = .string, validity: Bitmap? = nil) {
    self.init(type: type, payload: .strings(strings), validity: validity, count: strings.count)
  }
}

extension Values {
  /// Whether row `index` is null.
  @inlinable public func isNull(_ index: Int) -> Bool {
    if let validity { return !validity[index] }
    if case .null = payload { return true }
    return false
  }

  /// How many rows are null.
  public var nullCount: Int {
    if case .null = payload { return count }
    return validity.map { $0.count - $0.setCount } ?? 0
  }

  /// Row `index` as a value: for results, errors and the oracle, never for a loop that must be fast.
  public subscript(index: Int) -> Scalar {
    if isNull(index) { return .null }
    switch payload {
    case .integers(let vector): return Values.scalar(of: vector[index], type: type)
    case .numbers(let vector): return .number(vector[index])
    case .booleans(let vector): return .boolean(vector[index] != 0)
    case .strings(let strings): return .string(strings[index])
    case .coded(let codes, let dictionary): return .string(dictionary[codes[index]])
    case .lists(let lists): return .list(lists[index])
    case .constant(let scalar): return scalar
    case .null: return .null
    }
  }

  static func scalar(of value: Int64, type: DataType) -> Scalar {
    switch type {
    case .date: .date(value)
    case .timestamp: .timestamp(value)
    default: .integer(value)
    }
  }

  /// The rows `rows`, in their order.
  public func gather(_ rows: Vector<UInt32>) -> Values {
    let gathered: Payload =
      switch payload {
      case .integers(let vector): .integers(vector.gather(rows))
      case .numbers(let vector): .numbers(vector.gather(rows))
      case .booleans(let vector): .booleans(vector.gather(rows))
      case .strings(let strings): .strings(strings.gather(rows))
      case .coded(let codes, let dictionary): .coded(codes.gather(rows), dictionary)
      case .lists(let lists): .lists(lists.gather(rows))
      case .constant, .null: payload
      }
    return Values(type: type, payload: gathered, validity: validity?.gather(rows), count: rows.count)
  }

  /// The same values under another type name that shares the representation (string as text, say).
  public func retyped(_ type: DataType) -> Values {
    Values(type: type, payload: payload, validity: validity, count: count)
  }

  /// Values from scalars, null among them, all of type `type`; integers are widened where numbers are wanted.
  public init(_ scalars: some Collection<Scalar>, type: DataType) {
    let present = scalars.contains { $0.isNull } ? Bitmap(bytes: Vector(scalars.map { $0.isNull ? 0 : 1 })) : nil
    let payload: Payload
    switch type {
    case .integer, .date, .timestamp:
      payload = .integers(
        Vector(
          scalars.map {
            switch $0 {
            case .integer(let value), .date(let value), .timestamp(let value): value
            default: 0
            }
          }))
    case .number:
      payload = .numbers(
        Vector(
          scalars.map {
            switch $0 {
            case .number(let value): value
            case .integer(let value): Double(value)
            default: 0
            }
          }))
    case .boolean: payload = .booleans(Vector(scalars.map { $0 == .boolean(true) ? 1 : 0 }))
    case .string, .text:
      payload = .strings(
        StringVector(
          scalars.map {
            if case .string(let value) = $0 { value } else { "" }
          }))
    case .list:
      payload = .lists(
        ListVector(
          scalars.map {
            if case .list(let value) = $0 { value } else { [] }
          }))
    }
    self.init(type: type, payload: payload, validity: present, count: scalars.count)
  }
}
