import ReadoutVectors

/// A function of a row as straight-line code over columns: what a user's function in Lua becomes where its meaning can be kept.
///
/// Runs of numeric operations are lane programs, which go block by block through the cache; operations over strings run a column at a
/// time. Nothing branches: where the function takes one way or another, both are computed and the results selected. What only some
/// rows may do is watched: where one of them would, the program says so and computes nothing.
public struct ColumnProgram: Sendable {
  enum Step: Sendable {
    case lanes(LaneProgram, inputs: [Int], outputs: [Int])
    case column(Int)
  }

  public let nodes: [ProgramNode]
  public let results: [Int]
  public let watched: [Int]
  let steps: [Step]

  /// The program that computes `results` of the values that `builder` has, and watches `watched`, or all that is to be watched.
  public init(_ builder: ProgramBuilder, results: [Int], watched: [Int]? = nil) {
    var plan = ProgramPlan(builder, results: results, watched: watched ?? builder.watched)
    steps = plan.steps()
    nodes = plan.nodes
    self.results = results
    self.watched = watched ?? builder.watched
  }
}

/// Cuts a program into steps: values are computed in stages, numeric ones and others by turns.
private struct ProgramPlan {
  private(set) var nodes: [ProgramNode]
  private let results: [Int]
  private let watched: [Int]
  /// The stage in which a value is computed; -1 for arguments and constants, nil for values that nobody needs.
  private var stages: [Int?]

  init(_ builder: ProgramBuilder, results: [Int], watched: [Int]) {
    nodes = builder.nodes
    self.results = results
    self.watched = watched
    stages = Array(repeating: nil, count: nodes.count)
  }

  mutating func steps() -> [ColumnProgram.Step] {
    var waiting = results + watched
    var needed = Array(repeating: false, count: nodes.count)
    while let index = waiting.popLast() {
      if needed[index] { continue }
      needed[index] = true
      waiting += nodes[index].operands
    }
    for index in nodes.indices where needed[index] { stages[index] = stage(of: index) }
    // Watched values are looked at in the first numeric stage that has them, so that later ones may still be spared.
    let last = stages.compactMap(\.self).max() ?? -1
    let watchedStages = watched.map { watchStage(of: $0) }
    let end = max(last, watchedStages.max() ?? -1)
    var steps: [ColumnProgram.Step] = []
    for stage in stride(from: 0, through: end, by: 1) {
      let own = nodes.indices.filter { stages[$0] == stage }
      if stage % 2 == 1 {
        steps += own.map { .column($0) }
      } else {
        let looked = zip(watched, watchedStages).filter { $0.1 == stage }.map(\.0)
        if !own.isEmpty || !looked.isEmpty { steps.append(lanes(own, watching: looked, stage: stage)) }
      }
    }
    return steps
  }

  /// Even stages are numeric, odd ones are not.
  private func stage(of index: Int) -> Int {
    switch nodes[index].operation {
    case .lane:
      let latest = nodes[index].operands.map { stages[$0]! }.max()!
      return latest < 0 ? 0 : latest % 2 == 0 ? latest : latest + 1
    case .column, .loop, .part:
      let latest = nodes[index].operands.map { stages[$0]! }.max() ?? -1
      return latest < 0 ? 1 : latest % 2 == 1 ? latest : latest + 1
    default: return -1
    }
  }

  private func watchStage(of index: Int) -> Int {
    let stage = stages[index]!
    return stage < 0 ? 0 : stage % 2 == 0 ? stage : stage + 1
  }

  private func lanes(_ own: [Int], watching: [Int], stage: Int) -> ColumnProgram.Step {
    var builder = LaneProgramBuilder()
    var values: [Int: Int] = [:]
    var inputs: [Int] = []
    func value(_ index: Int) -> Int {
      if let known = values[index] { return known }
      let made: Int
      if let bits = constantBits(index) {
        made = builder.constant(bits)
      } else {
        inputs.append(index)
        made = builder.input(nodes[index].type.lane)
      }
      values[index] = made
      return made
    }
    for index in own {
      guard case .lane(let operation) = nodes[index].operation else { continue }
      values[index] = builder.apply(operation, nodes[index].operands.map { value($0) })
    }
    if !watching.isEmpty {
      inputs.append(ColumnProgram.counted)
      let counted = builder.input(.truth)
      for index in watching { builder.watch(builder.apply(.andTruth, [value(index), counted])) }
    }
    var outputs: [Int] = []
    for index in own where isRead(index, after: stage) {
      builder.output(values[index]!, nodes[index].type.lane)
      outputs.append(index)
    }
    return .lanes(builder.program(), inputs: inputs, outputs: outputs)
  }

  private func isRead(_ index: Int, after stage: Int) -> Bool {
    if results.contains(index) { return true }
    if zip(watched, watched.map { watchStage(of: $0) }).contains(where: { $0 == index && $1 > stage }) { return true }
    return nodes.indices.contains { other in
      (stages[other] ?? -1) > stage && nodes[other].operands.contains(index)
    }
  }

  private func constantBits(_ index: Int) -> UInt64? {
    switch nodes[index].operation {
    case .integer(let value): UInt64(bitPattern: value)
    case .number(let bits): bits
    case .truth(let value): value ? .max : 0
    default: nil
    }
  }
}

extension ColumnProgram {
  /// Stands for the rows that count among a lane program's inputs.
  static let counted = -1
}
