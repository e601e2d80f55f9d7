import Foundation
import Testing
import Transcripts

/// A plugin or analysis that means harm, and what has to come of it. Its first lines are comments that tell what it tries, and
/// then
///
/// ```
/// -- exit: 3                    the exit status
/// -- says: stopped at …         a part of standard error
/// -- prints: 1,                 a part of standard output
/// -- query: measure             the metric is called in measure; `list`: for a list; else for each row
/// -- memory: 48                 megabytes of --memory
/// ```
struct HostileFile: Sendable, CustomTestStringConvertible {
  enum Kind: String, CaseIterable { case plugins, analyses }

  var kind: Kind
  var name: String
  var exit: Int32 = -1
  var says = ""
  var prints = ""
  var query = ""
  var memory: Int?

  var testDescription: String { "\(kind.rawValue)/\(name)" }
  var url: URL { Self.folder(kind).appending(path: "\(name).lua") }

  static func folder(_ kind: Kind) -> URL { Repository.root.appending(path: "Tests/Hostile/\(kind.rawValue)") }

  static let all: [HostileFile] = Kind.allCases.flatMap { kind in
    ((try? FileManager.default.contentsOfDirectory(atPath: folder(kind).path)) ?? [])
      .filter { $0.hasSuffix(".lua") }.sorted().map { HostileFile(kind, String($0.dropLast(4))) }
  }

  private init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
    let text = String(decoding: (try? Data(contentsOf: url)) ?? Data(), as: UTF8.self)
    for line in text.split(separator: "\n").prefix(while: { $0.hasPrefix("--") }) {
      let parts = line.dropFirst(3).split(separator: ": ", maxSplits: 1)
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "exit": exit = Int32(parts[1]) ?? -1
      case "says": says = String(parts[1])
      case "prints": prints = String(parts[1])
      case "query": query = String(parts[1])
      case "memory": memory = Int(parts[1])
      default: break
      }
    }
  }

  /// What it may take: little where it goes on for ever, more where something else has to come of it on a busy machine.
  var timeLimit: Duration {
    if exit == 0 { return .seconds(10) * Workspace.slowness }
    return says.isEmpty || says.contains("time") ? .milliseconds(400) : .seconds(8) * Workspace.slowness
  }

  /// The steps that call a plugin's metric over the table `data/t`: an option of `readout query` and its text.
  var steps: [(option: String, text: String)] {
    switch query {
    case "measure": [("measure", "v = \(name)(n)")]
    case "list": [("derive", "l = split(text, ' ')"), ("derive", "v = \(name)(l)")]
    default: [("derive", "v = \(name)(n)")]
    }
  }
}

/// The folder that hostile files run in: data to read, and links that lead out of it.
func hostileWorkspace() throws -> Workspace {
  let workspace = try Workspace()
  try workspace.write("n,text\n1,a b\n2,c\n3,d e f\n", to: "data/t.csv")
  try workspace.write(
    "return { tables = { t = { file = \"../../../../../etc/passwd\" } } }\n", to: "described/dataset.lua")
  try workspace.write("while true do end\n", to: "endless/dataset.lua")
  try workspace.write("", to: "out/.keep")
  let links = [
    ("link", "/etc"), ("data/link.csv", "/etc/passwd"), ("out/link", "/etc"), ("outside.lua", "/etc/hostname"),
  ]
  for (name, target) in links {
    try FileManager.default.createSymbolicLink(
      atPath: workspace.folder.appending(path: name).path, withDestinationPath: target)
  }
  return workspace
}
