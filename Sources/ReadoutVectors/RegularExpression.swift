import CPCRE2

/// A compiled regular expression of PCRE2, over UTF-8, with `\w`, `\d` and `\b` as Unicode has them.
///
/// Shared by threads; each matches with a `Matcher` of its own.
@safe
public final class RegularExpression: @unchecked Sendable {
  // Sound: the code is never written after `init`, and PCRE2 allows matching with one code from many threads.
  fileprivate let code: OpaquePointer
  public let pattern: String
  /// Capture groups, the whole match not counted.
  public let groupCount: Int

  /// What is wrong with a pattern, and where: the offset counts bytes of the pattern.
  public struct SyntaxError: Error, Sendable {
    public let message: String
    public let offset: Int
  }

  /// What stopped a match.
  public enum Failure: Error, Sendable {
    /// The steps or the memory that one match may take.
    case limit
    /// A code of PCRE2 that should not come up.
    case code(Int)
  }

  /// Compiles, to machine code where the platform allows.
  ///
  /// - Parameters:
  ///   - isWhole: Whether a match must be the whole string.
  ///   - ignoresCase: As `(?i)` before the pattern would say.
  public init(_ pattern: String, isWhole: Bool = false, ignoresCase: Bool = false) throws(SyntaxError) {
    var number: Int32 = 0
    var offset = 0
    // MATCH_INVALID_UTF: bytes that are no UTF-8 match nothing, instead of being undefined behaviour.
    var options = PCRE2_UTF | PCRE2_UCP | UInt32(PCRE2_MATCH_INVALID_UTF) | PCRE2_NEVER_BACKSLASH_C
    if isWhole { options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED }
    if ignoresCase { options |= PCRE2_CASELESS }
    // One byte more than the pattern, so that an empty one has an address too.
    let bytes = Array(pattern.utf8) + [0]
    let code = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe pcre2_compile_8(buffer.baseAddress!, buffer.count - 1, options, &number, &offset, nil)
    }
    guard let code = unsafe code else { throw SyntaxError(message: Self.message(of: number), offset: offset) }
    // Where there is no JIT the interpreter matches; the result says no more than that.
    _ = unsafe pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
    var groups: UInt32 = 0
    _ = unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
    unsafe self.code = code
    self.pattern = pattern
    self.groupCount = Int(groups)
  }

  deinit { unsafe pcre2_code_free_8(code) }

  private static func message(of number: Int32) -> String {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      let length = unsafe pcre2_get_error_message_8(number, buffer.baseAddress, 256)
      return unsafe String(decoding: buffer[0..<max(0, Int(length))], as: UTF8.self)
    }
  }
}

extension RegularExpression {
  /// One thread's working memory for matching.
  @safe
  public final class Matcher {
    /// Steps of backtracking that one match may take: some tenths of a second at worst.
    public static let matchLimit: UInt32 = 5_000_000

    private let expression: RegularExpression
    private let data: OpaquePointer
    private let context: OpaquePointer
    private let stack: OpaquePointer?

    public init(_ expression: RegularExpression, steps: UInt32 = matchLimit) {
      self.expression = expression
      // Sound: PCRE2 gives null only where memory is out, which stops the program here.
      unsafe data = pcre2_match_data_create_from_pattern_8(expression.code, nil)!
      unsafe context = pcre2_match_context_create_8(nil)!
      unsafe stack = pcre2_jit_stack_create_8(32 << 10, 1 << 20, nil)
      unsafe pcre2_set_match_limit_8(context, steps)
      unsafe pcre2_set_heap_limit_8(context, 64 << 10)  // KiB
      if let stack = unsafe stack { unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
    }

    deinit {
      unsafe pcre2_match_data_free_8(data)
      unsafe pcre2_match_context_free_8(context)
      unsafe pcre2_jit_stack_free_8(stack)
    }

    /// Whether the expression matches anywhere in string `index`.
    public func matches(_ strings: StringVector, _ index: Int) throws(Failure) -> Bool {
      let range = Int(strings.starts[index])..<Int(strings.ends[index])
      precondition(range.upperBound <= strings.bytes.count, "string out of its block")
      // Sound: checked just above.
      let result = unsafe strings.bytes.withUnsafeBufferPointer { bytes in
        unsafe pcre2_match_8(
          expression.code, bytes.baseAddress! + range.lowerBound, range.count, 0, 0, data, context)
      }
      if result >= 0 { return true }
      switch result {
      case PCRE2_ERROR_NOMATCH, PCRE2_ERROR_PARTIAL: return false
      case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_JIT_STACKLIMIT:
        throw .limit
      default: throw .code(Int(result))
      }
    }

    /// Bytes of group `number` in the last match, counted from the string's start; nil where the group took no part.
    public func group(_ number: Int) -> Range<Int>? {
      precondition(number <= expression.groupCount, "no such group")
      // Sound: the vector holds a pair for each group and the whole match.
      let pairs = unsafe pcre2_get_ovector_pointer_8(data)!
      let (start, end) = unsafe (pairs[2 * number], pairs[2 * number + 1])
      // PCRE2_UNSET is all ones, -1. A \K in a lookahead can put the start behind the end.
      return start < 0 || start > end ? nil : start..<end
    }
  }
}
