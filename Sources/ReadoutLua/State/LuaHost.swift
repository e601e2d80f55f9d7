import CLuaBridge
import ReadoutEngine

/// What a Lua state can call and hold of Swift: host functions by number, objects, text functions.
///
/// The bridge's callbacks come here. They run inside a Lua call, on its thread.
@safe final class LuaHost {
  typealias Function = (HostCall) throws(ReadoutError) -> [LuaValue]

  let released = ReleasedReferences()
  private var functions: [Function] = []
  private var objects: [Int64: any LuaObject] = [:]
  private var nextObject: Int64 = 1
  let text: PreparedText
  /// The open state; set once, right after opening.
  var bridge: OpaquePointer?

  /// Who is to blame for what scripts of this state do.
  let blame: ReadoutError.Blame

  init(text: any TextFunctions, blame: ReadoutError.Blame) {
    self.text = PreparedText(text)
    self.blame = blame
  }

  /// Makes a Swift function callable from scripts.
  func add(_ function: @escaping Function) -> LuaValue {
    functions.append(function)
    return .host(Int32(functions.count - 1))
  }

  func keep(_ object: any LuaObject) -> Int64 {
    defer { nextObject += 1 }
    objects[nextObject] = object
    return nextObject
  }

  /// Lets go of every object that scripts hold. A query with a function of rows holds the state that holds the query: whoever
  /// is done with a state breaks the circle.
  func releaseObjects() { objects.removeAll() }

  func object(_ number: Int64) -> (any LuaObject)? { objects[number] }

  /// The callbacks; the context is the host, which outlives its state.
  static var callbacks: bridge_host {
    unsafe bridge_host(
      call: { context, function, call in
        let host = unsafe Unmanaged<LuaHost>.fromOpaque(context!).takeUnretainedValue()
        return unsafe host.call(Int(function), call!.pointee)
      },
      release: { context, object in
        let host = unsafe Unmanaged<LuaHost>.fromOpaque(context!).takeUnretainedValue()
        host.objects[object] = nil
      },
      text: { context, function, strings, lengths, count, result in
        let host = unsafe Unmanaged<LuaHost>.fromOpaque(context!).takeUnretainedValue()
        let arguments = unsafe HostStrings(
          starts: UnsafeBufferPointer(start: strings, count: Int(count)),
          lengths: UnsafeBufferPointer(start: lengths, count: Int(count)))
        do throws(ReadoutError) {
          let value = try host.text.evaluate(Int(function), arguments)
          unsafe result!.pointee = value
          return 0
        } catch {
          return host.give(error)
        }
      },
      weigh: { context, text, length, terms, lengths, weights, count, result in
        let host = unsafe Unmanaged<LuaHost>.fromOpaque(context!).takeUnretainedValue()
        let entries = unsafe HostStrings(
          starts: UnsafeBufferPointer(start: terms, count: Int(count)),
          lengths: UnsafeBufferPointer(start: lengths, count: Int(count)))
        do throws(ReadoutError) {
          // Sound: Lua keeps the text, the table and its terms alive while the call runs.
          let value = try unsafe host.text.weigh(
            Span(_unsafeStart: text!, count: length), entries,
            Span(_unsafeElements: UnsafeBufferPointer(start: weights, count: Int(count))))
          unsafe result!.pointee = value
          return 0
        } catch {
          return host.give(error)
        }
      },
      pieces: { context, function, text, length, room in
        let host = unsafe Unmanaged<LuaHost>.fromOpaque(context!).takeUnretainedValue()
        // Sound: Lua keeps the text alive while the call runs.
        return unsafe host.text.pieces(Int(function), Span(_unsafeStart: text!, count: length), room: room)
      })
  }

  private func call(_ function: Int, _ call: bridge_call) -> Int32 {
    let arguments = unsafe values(call.arguments, count: call.argument_count)
    let file = unsafe call.source.map { unsafe String(cString: $0 + 1) }
    let line = unsafe file == nil ? nil : Int(call.line)
    do throws(ReadoutError) {
      return give(try functions[function](HostCall(arguments: arguments, file: file, line: line)))
    } catch {
      return give(error)
    }
  }

  private func give(_ results: [LuaValue]) -> Int32 {
    let flat = FlatValues(results, host: self)
    let given = unsafe flat.withBridge { values in unsafe bridge_give(bridge, values, flat.count) }
    return given ? Int32(flat.count) : give(ReadoutError(.request, "not enough memory"))
  }

  private func give(_ error: ReadoutError) -> Int32 {
    let flat = FlatValues([LuaValue(error)], host: self)
    _ = unsafe flat.withBridge { values in unsafe bridge_give(bridge, values, 1) }
    return -1
  }
}

/// A call of a host function: its arguments, and the script's line that called.
struct HostCall {
  var arguments: [LuaValue]
  var file: String?
  var line: Int?

  /// Argument `index`, counted from 0; `.null` where it was left out.
  subscript(index: Int) -> LuaValue { index < arguments.count ? arguments[index] : .null }

  var place: ReadoutError.Place { ReadoutError.Place(file: file, line: line) }
}
