import Synchronization

/// A Lua value kept in its state's registry for as long as this lives.
final class LuaReference: Sendable {
  let number: Int32
  private let released: ReleasedReferences

  init(_ number: Int32, of host: LuaHost) {
    self.number = number
    self.released = host.released
  }

  deinit { released.add(number) }
}

/// References that nobody needs any more. They may be dropped on any thread, so the state lets go of them at its next call.
final class ReleasedReferences: Sendable {
  private let numbers = Mutex<[Int32]>([])

  func add(_ number: Int32) { numbers.withLock { $0.append(number) } }

  func take() -> [Int32] {
    numbers.withLock { numbers in
      let taken = numbers
      numbers.removeAll()
      return taken
    }
  }
}
