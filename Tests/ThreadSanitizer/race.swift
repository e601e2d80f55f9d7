// Eight threads count, under a Mutex where the argument says `guarded`. `prepare` runs it both ways: a sanitizer that
// sees nothing reports nothing, and one that does not know Mutex reports everything.
import Foundation
import Synchronization

final class Counter: @unchecked Sendable {
  private let lock = Mutex(())
  private var count = 0

  func addGuarded() { lock.withLock { _ in count += 1 } }
  func addBare() { count += 1 }
  func read() -> Int { lock.withLock { _ in count } }
}

let counter = Counter()
let guarded = CommandLine.arguments.dropFirst() == ["guarded"]
let threads = (0..<8).map { _ in
  Thread { for _ in 0..<20_000 { guarded ? counter.addGuarded() : counter.addBare() } }
}
threads.forEach { $0.start() }
while !threads.allSatisfy(\.isFinished) { usleep(1000) }
print(counter.read())
