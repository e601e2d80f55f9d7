import CUnicode
import Synchronization

/// Cuts text of scripts that write no blanks between words (Chinese, Japanese, Thai …) by ICU's dictionaries.
///
/// Any thread may ask; the iterators behind it, dear to open, are kept in a pool.
@safe
public final class DictionarySegmenter: Sendable {
  public static let shared = DictionarySegmenter()

  /// Addresses of iterators that no thread uses now.
  private let idle = Mutex<[UInt]>([])

  /// The ends of the words in `text`, ascending, the last its count; one word where ICU fails.
  public func ends(of text: Span<UInt8>) -> [Int32] {
    guard text.count > 0, text.count < Int(Int32.max) else { return text.isEmpty ? [] : [Int32(clamping: text.count)] }
    let address = idle.withLock { $0.popLast() }
    // Sound: an address in the pool is an open iterator that nobody else holds; it goes back when the call is over.
    guard
      let iterator = unsafe address.flatMap({ unsafe UnsafeMutableRawPointer(bitPattern: $0) })
        ?? readout_segmenter_open()
    else { return [Int32(text.count)] }
    defer { idle.withLock { $0.append(UInt(bitPattern: iterator)) } }
    var ends = [Int32](repeating: 0, count: text.count)
    let capacity = Int32(ends.count)
    // A text has no more words than bytes.
    let count = unsafe text.withUnsafeBufferPointer { bytes in
      unsafe ends.withUnsafeMutableBufferPointer { target in
        unsafe readout_segmenter_ends(iterator, bytes.baseAddress!, Int32(bytes.count), target.baseAddress!, capacity)
      }
    }
    guard count > 0, ends[Int(count) - 1] == text.count else { return [Int32(text.count)] }
    return Array(ends[0..<Int(count)])
  }
}
