import Foundation

/// The process's resident memory as Linux counts it.
enum ProcessMemory {
  static var resident: Int { field("VmRSS:") }
  static var peak: Int { field("VmHWM:") }

  /// The peak begins anew with what is resident now.
  static func forgetPeak() { try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .ascii) }

  private static func field(_ name: String) -> Int {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
      let kilobytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
    else { return 0 }
    return kilobytes * 1024
  }
}
