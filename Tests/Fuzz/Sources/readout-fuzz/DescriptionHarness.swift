import ReadoutEngine
import ReadoutLua

@testable import Readout

extension Harness {
  /// A `dataset.lua`: run, and turned into a description.
  static let description = Harness("description", "dataset descriptions") { bytes in
    reads { () throws(ReadoutError) in
      let limits = LuaLimits(memory: 16 << 20, time: .milliseconds(500))
      let data = try DescriptionFile.parse(String(decoding: bytes, as: UTF8.self), named: "dataset.lua", limits: limits)
      _ = try DatasetDescription(data, file: "dataset.lua", formats: FormatFolders(beside: []))
    }
  }
}
