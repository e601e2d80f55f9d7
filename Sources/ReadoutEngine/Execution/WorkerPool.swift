import ReadoutVectors
import Synchronization

/// Runs numbered pieces of work on a fixed number of threads.
public enum WorkerPool {
  /// Calls `body(worker, piece)` for every piece of `0..<pieces`, each once, on `threads` threads, this one among them.
  ///
  /// Pieces are handed out in ascending order. After the first error no new piece is begun; of the errors that were met the
  /// one of the lowest piece is thrown, so that the same data give the same error.
  public static func run(
    threads: Int, pieces: Int, _ body: @escaping @Sendable (_ worker: Int, _ piece: Int) throws(ReadoutError) -> Void
  ) throws(ReadoutError) {
    let queue = Queue()
    let work: @Sendable (Int) -> Void = { worker in
      while let piece = queue.next(of: pieces) {
        do throws(ReadoutError) { try body(worker, piece) } catch { queue.fail(piece, error) }
      }
    }
    WorkerThreads.run(min(threads, pieces), work)
    if let error = queue.firstError { throw error }
  }

  /// Hands out piece numbers and keeps the error of the lowest piece.
  private final class Queue: Sendable {
    private let given = Atomic<Int>(0)
    private let failed = Atomic<Bool>(false)
    private let error = Mutex<(piece: Int, error: ReadoutError)?>(nil)

    func next(of pieces: Int) -> Int? {
      if failed.load(ordering: .relaxed) { return nil }
      let piece = given.add(1, ordering: .relaxed).oldValue
      return piece < pieces ? piece : nil
    }

    func fail(_ piece: Int, _ new: ReadoutError) {
      error.withLock { known in
        if let known, known.piece <= piece { return }
        known = (piece, new)
      }
      failed.store(true, ordering: .relaxed)
    }

    var firstError: ReadoutError? { error.withLock { $0?.error } }
  }
}
