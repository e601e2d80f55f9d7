import CVectors

/// Straight-line code over lanes: a lane is a row of a batch, or a group of a fold.
///
/// Runs block by block, so that what is computed on the way stays in the first-level cache. Made by `LaneProgramBuilder`.
public struct LaneProgram: Sendable {
  /// Lanes of a block: a register takes 4 KB.
  static let block = 512

  /// What stands behind a register.
  enum Role: Sendable {
    case input(Int)
    case constant(UInt64)
    case scratch
    case output(Int)
  }

  let inputs: [LaneType]
  let outputs: [LaneType]
  let roles: [Role]
  let instructions: [readout_lane_instruction]
}

/// Makes a lane program of values that are numbered as they come; each is computed once.
public struct LaneProgramBuilder {
  private enum Node {
    case input(Int)
    case constant(UInt64)
    case operation(LaneOperation, [Int])
  }

  private var nodes: [Node] = []
  private var inputs: [LaneType] = []
  private var outputs: [(value: Int, type: LaneType)] = []

  public init() {}

  /// A column; one of truth values is given as bytes.
  public mutating func input(_ type: LaneType) -> Int {
    inputs.append(type == .truth ? .byte : type)
    nodes.append(.input(inputs.count - 1))
    return type == .truth ? apply(.maskOf, [nodes.count - 1]) : nodes.count - 1
  }

  public mutating func constant(_ bits: UInt64) -> Int {
    nodes.append(.constant(bits))
    return nodes.count - 1
  }

  public mutating func apply(_ operation: LaneOperation, _ operands: [Int]) -> Int {
    nodes.append(.operation(operation, operands))
    return nodes.count - 1
  }

  /// A slot of a fold's state, truth values as masks.
  public mutating func slot() -> Int {
    inputs.append(.integer)
    nodes.append(.input(inputs.count - 1))
    return nodes.count - 1
  }

  /// Makes `value` a slot of the state anew.
  public mutating func setSlot(_ value: Int) { outputs.append((apply(.copy, [value]), .integer)) }

  /// Notes that a run shall tell whether `value` was true in any lane.
  public mutating func watch(_ value: Int) { nodes.append(.operation(.any, [value])) }

  /// Makes `value` a result; truth values come as bytes.
  public mutating func output(_ value: Int, _ type: LaneType) {
    let result = type == .truth ? apply(.byteOf, [value]) : apply(.copy, [value])
    outputs.append((result, type == .truth ? .byte : type))
  }

  // MARK: Registers

  public consuming func program() -> LaneProgram {
    var lastUse = [Int](repeating: -1, count: nodes.count)
    for (index, node) in nodes.enumerated() {
      if case .operation(_, let operands) = node { for operand in operands { lastUse[operand] = index } }
    }
    var roles: [LaneProgram.Role] = []
    var registers = [Int](repeating: 0, count: nodes.count)
    for (number, output) in outputs.enumerated() {
      registers[output.value] = roles.count
      roles.append(.output(number))
    }
    let isOutput = Set(outputs.map(\.value))
    var free: [Int] = []
    var code: [readout_lane_instruction] = []
    for (index, node) in nodes.enumerated() {
      switch node {
      case .input(let number):
        registers[index] = roles.count
        roles.append(.input(number))
      case .constant(let bits):
        registers[index] = roles.count
        roles.append(.constant(bits))
      case .operation(let operation, let operands):
        // The result's register is taken before those of the operands are free: a result never overwrites what it is made of.
        if operation != .any, !isOutput.contains(index) {
          if let reused = free.popLast() {
            registers[index] = reused
          } else {
            registers[index] = roles.count
            roles.append(.scratch)
          }
        }
        let sources = operands.map { UInt16(registers[$0]) }
        code.append(
          readout_lane_instruction(
            operation: operation.code, result: operation == .any ? sources[0] : UInt16(registers[index]), a: sources[0],
            b: sources.count > 1 ? sources[1] : 0, c: sources.count > 2 ? sources[2] : 0))
        for operand in Set(operands) + [index]
        where lastUse[operand] == index || (operand == index && lastUse[index] < 0) {
          if operation == .any, operand == index { continue }
          if case .scratch = roles[registers[operand]], !isOutput.contains(operand) { free.append(registers[operand]) }
        }
      }
    }
    precondition(roles.count <= Int(UInt16.max), "a lane program of too many registers")
    return LaneProgram(inputs: inputs, outputs: outputs.map(\.type), roles: roles, instructions: code)
  }
}
