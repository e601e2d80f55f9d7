import CLuaBridge

/// Values flattened in pre-order, as the bridge takes and gives them.
struct FlatValues {
  private(set) var values: [bridge_value] = []
  private(set) var bytes: [UInt8] = []
  /// How many values there are, tables counting as one.
  private(set) var count = 0

  init() {}

  init(_ list: [LuaValue], host: LuaHost) {
    for value in list {
      append(value, host)
      count += 1
    }
  }

  private mutating func append(_ value: LuaValue, _ host: LuaHost) {
    switch value {
    case .null: add(BRIDGE_NIL)
    case .boolean(let value): add(BRIDGE_BOOLEAN, payload: value ? 1 : 0)
    case .integer(let value): add(BRIDGE_INTEGER, payload: value)
    case .number(let value): add(BRIDGE_NUMBER, payload: Int64(bitPattern: value.bitPattern))
    case .string(let string):
      add(BRIDGE_STRING, count: string.count, payload: Int64(bytes.count))
      bytes += string
    case .table(let items, let fields):
      add(BRIDGE_TABLE, count: items.count, fields: fields.count)
      for item in items { append(item, host) }
      for field in fields {
        append(field.key, host)
        append(field.value, host)
      }
    case .reference(let reference): add(BRIDGE_FUNCTION, payload: Int64(reference.number))
    case .object(let object):
      add(BRIDGE_OBJECT, fields: Int(type(of: object).classNumber), payload: host.keep(object))
    case .host(let function): add(BRIDGE_HOST, payload: Int64(function))
    }
  }

  private mutating func add(
    _ kind: Int, count: Int = 0, fields: Int = 0, payload: Int64 = 0
  ) {
    values.append(
      bridge_value(kind: UInt32(kind), fields: UInt32(fields), count: UInt64(count), payload: payload))
  }

  /// Calls `body` with the memory of the values, valid inside only.
  func withBridge<R>(_ body: (bridge_values) -> R) -> R {
    unsafe values.withUnsafeBufferPointer { values in
      unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe body(
          bridge_values(
            values: values.baseAddress, count: values.count, bytes: bytes.baseAddress, byte_count: bytes.count))
      }
    }
  }
}

extension LuaHost {
  /// Copies flattened values out of the bridge's memory.
  func values(_ flat: bridge_values, count: Int) -> [LuaValue] {
    // Sound: the bridge filled both runs, and nothing calls it while they are read.
    let values = unsafe UnsafeBufferPointer(start: flat.values, count: flat.count)
    let bytes = unsafe UnsafeBufferPointer(start: flat.bytes, count: flat.byte_count)
    var at = 0
    return (0..<count).map { _ in unsafe value(values, bytes, &at) }
  }

  private func value(
    _ values: UnsafeBufferPointer<bridge_value>, _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int
  ) -> LuaValue {
    let value = unsafe values[at]
    at += 1
    switch Int(value.kind) {
    case BRIDGE_BOOLEAN: return .boolean(value.payload != 0)
    case BRIDGE_INTEGER: return .integer(value.payload)
    case BRIDGE_NUMBER: return .number(Double(bitPattern: UInt64(bitPattern: value.payload)))
    case BRIDGE_STRING:
      let start = Int(value.payload)
      return unsafe .string(Array(bytes[start..<start + Int(value.count)]))
    case BRIDGE_TABLE:
      var items: [LuaValue] = []
      for _ in 0..<Int(value.count) { items.append(unsafe self.value(values, bytes, &at)) }
      var fields: [(key: LuaValue, value: LuaValue)] = []
      for _ in 0..<Int(value.fields) {
        let key = unsafe self.value(values, bytes, &at)
        fields.append((key, unsafe self.value(values, bytes, &at)))
      }
      // Lua has them in an order that changes from run to run.
      fields.sort { $0.key.isBefore($1.key) }
      return .table(items: items, fields: fields)
    case BRIDGE_FUNCTION: return .reference(LuaReference(Int32(value.payload), of: self))
    case BRIDGE_OBJECT: return object(value.payload).map { .object($0) } ?? .null
    default: return .null
    }
  }
}
