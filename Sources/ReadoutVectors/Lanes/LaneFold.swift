import CVectors

/// The states of a fold for all groups, and the program that takes a row into one of them.
///
/// A batch's rows are put in the order of their groups, those of a group as they came; then the groups' first rows are taken at once,
/// a lane each, then their second rows, and so on. The groups of many rows come first, so that the lanes still busy are always the
/// first ones. Few long groups left over go row by row. Each group sees its rows in their order: the result is that of a plain loop.
public struct LaneFold: ~Copyable {
  /// Fewer lanes than this go row by row.
  private static let fewestLanes = 12

  private let program: LaneProgram
  private let columns: Int
  private let empty: [UInt64]
  /// By slot, the bits of each group's state.
  private var slots: [[UInt64]]
  /// Whether a group has had a row.
  private var isSeen: [UInt8] = []
  /// What is known of a group within a batch; all 0 between batches.
  private var places: [UInt32] = []

  /// - Parameters:
  ///   - program: reads `columns` columns, then the slots of a state, and gives the state's slots anew.
  ///   - empty: the bits of the state of a group without rows.
  public init(_ program: LaneProgram, columns: Int, empty: [UInt64]) {
    precondition(program.inputs.count == columns + empty.count && program.outputs.count == empty.count, "another state")
    self.program = program
    self.columns = columns
    self.empty = empty
    slots = Array(repeating: [], count: empty.count)
  }

  public var count: Int { isSeen.count }

  public mutating func resize(to count: Int) {
    guard count > isSeen.count else { return }
    let added = count - isSeen.count
    for slot in slots.indices { slots[slot].append(contentsOf: repeatElement(empty[slot], count: added)) }
    isSeen.append(contentsOf: repeatElement(0, count: added))
    places.append(contentsOf: repeatElement(0, count: added))
  }

  // MARK: States

  /// Slot `slot` of groups `0..<count`.
  public func slot(_ slot: Int, count: Int) -> Vector<Int64> {
    Vector(slots[slot].prefix(count).map { Int64(bitPattern: $0) })
  }

  public func isSeen(_ group: Int) -> Bool { isSeen[group] != 0 }
  public func bits(_ slot: Int, _ group: Int) -> UInt64 { slots[slot][group] }

  /// Sets a group's state.
  public mutating func set(_ group: Int, _ bits: [UInt64]) {
    for slot in slots.indices { slots[slot][group] = bits[slot] }
    isSeen[group] = 1
  }

  /// Sets a slot of the first groups, one value each.
  public mutating func load(_ slot: Int, _ bits: Vector<Int64>) {
    for group in 0..<min(bits.count, count) { slots[slot][group] = UInt64(bitPattern: bits[group]) }
  }

  // MARK: Rows

  /// Takes the rows of a batch, row `i` into group `groups[i]`; `present` are those that count. Gives true, and changes nothing, where a
  /// watched value was true in any of them.
  public mutating func update(_ inputs: [LaneInput], groups: Vector<UInt32>, present: Bitmap?) -> Bool {
    precondition(inputs.count == columns, "another number of columns")
    for input in inputs { precondition(input.count == nil || input.count == groups.count, "columns of other lengths") }
    precondition(groups.allBelow(isSeen.count), "group out of range")
    var work = FoldWork(program: program, columns: columns, groups: groups, present: present, places: &places)
    work.load(slots)
    if work.run(inputs, fewestLanes: Self.fewestLanes) { return true }
    work.store(into: &slots, isSeen: &isSeen)
    return false
  }
}

/// One batch on its way through a fold: its rows in rounds, and the states of its groups by lane.
///
/// States are read from one buffer and written to the other, by turns: a lane of `n` rows ends in the buffer of the parity of `n`.
private struct FoldWork: ~Copyable {
  private let program: LaneProgram
  private let columns: Int
  private let laneCount: Int
  private let rounds: Int
  /// The group of each lane, its rows, where each round begins; and where each row of the batch stands in the rounds.
  private var lanes: MutableVector<UInt32>
  private var sizes: MutableVector<UInt32>
  private var starts: MutableVector<UInt32>
  private let positions: Vector<UInt32>
  /// By slot, two runs of a word a lane.
  private var states: MutableVector<UInt64>

  /// The groups lie inside `places`.
  init(
    program: LaneProgram, columns: Int, groups: Vector<UInt32>, present: Bitmap?, places: inout [UInt32]
  ) {
    self.program = program
    self.columns = columns
    let count = groups.count
    precondition(present == nil || present!.count == count, "a validity of another length")
    let positions = MutableVector<UInt32>(uninitializedCount: count)
    let lanes = MutableVector<UInt32>(uninitializedCount: count)
    let sizes = MutableVector<UInt32>(uninitializedCount: count)
    let starts = MutableVector<UInt32>(uninitializedCount: count + 1)
    let met = MutableVector<UInt32>(uninitializedCount: count)
    let bases = unsafe (positions.base, lanes.base, sizes.base, starts.base, met.base)
    var rounds = 0
    // Sound: every array has the room that is asked for; the groups were checked against the places.
    let laneCount = unsafe places.withUnsafeMutableBufferPointer { places in
      unsafe readout_order_rounds(
        groups.base, present?.words.base, count, places.baseAddress, bases.0, bases.1, bases.2, bases.3, bases.4,
        &rounds)
    }
    self.laneCount = laneCount
    self.lanes = lanes
    self.sizes = sizes
    self.starts = starts
    self.positions = positions.freeze()
    self.rounds = rounds
    states = MutableVector(uninitializedCount: max(1, program.outputs.count * 2 * laneCount))
  }

  private func place(_ slot: Int, _ round: Int) -> Int { (slot * 2 + (round & 1)) * laneCount }

  mutating func load(_ slots: [[UInt64]]) {
    for slot in slots.indices {
      let start = place(slot, 0)
      for lane in 0..<laneCount { states[start + lane] = slots[slot][Int(lanes[lane])] }
    }
  }

  mutating func store(into slots: inout [[UInt64]], isSeen: inout [UInt8]) {
    for slot in slots.indices {
      for lane in 0..<laneCount {
        slots[slot][Int(lanes[lane])] = states[place(slot, Int(sizes[lane])) + lane]
      }
    }
    for lane in 0..<laneCount { isSeen[Int(lanes[lane])] = 1 }
  }

  /// True where a watched value was true.
  mutating func run(_ inputs: [LaneInput], fewestLanes: Int) -> Bool {
    let ordered = inputs.map { self.ordered($0) }
    let roles = program.roles
    let block = LaneProgram.block
    let scratch = MutableVector<UInt64>(uninitializedCount: roles.count * block)
    var round = 0
    var found = false
    // Sound: a register is `block` words of scratch, or a column in the order of the rounds, or the states of the block's lanes: neither
    // is passed, since a round has no more lanes than there are, nor than rows from its beginning on.
    unsafe withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: roles.count) { registers in
      for (register, role) in roles.enumerated() {
        let start = unsafe scratch.base + register * block
        unsafe registers[register] = UnsafeMutableRawPointer(start)
        if case .constant(let bits) = role { unsafe start.update(repeating: bits, count: block) }
        guard case .input(let number) = role, number < columns, case .constant(let bits) = inputs[number] else {
          continue
        }
        unsafe start.update(
          repeating: program.inputs[number] == .byte ? bits &* 0x0101_0101_0101_0101 : bits, count: block)
      }
      while round < rounds {
        let first = Int(starts[round])
        let active = Int(starts[round + 1]) - first
        if active < fewestLanes { break }
        var lane = 0
        while lane < active {
          let length = min(block, active - lane)
          for (register, role) in roles.enumerated() {
            switch role {
            case .input(let number) where number >= columns:
              unsafe registers[register] = UnsafeMutableRawPointer(states.base + place(number - columns, round) + lane)
            case .input(let number):
              guard let start = unsafe ordered[number].start else { continue }
              unsafe registers[register] = start + (first + lane) * (program.inputs[number] == .byte ? 1 : 8)
            case .output(let slot):
              unsafe registers[register] = UnsafeMutableRawPointer(states.base + place(slot, round + 1) + lane)
            case .constant, .scratch: continue
            }
          }
          found =
            unsafe readout_lanes_run(
              program.instructions, program.instructions.count, registers.baseAddress!, length) != 0 || found
          lane += length
        }
        round += 1
      }
    }
    var left = 0
    while left < laneCount, Int(sizes[left]) > round {
      found = finish(left, from: round, ordered) || found
      left += 1
    }
    withExtendedLifetime(ordered) {}
    return found
  }

  /// Rows in the rounds.
  private var rowCount: Int { Int(starts[rounds]) }

  /// A column in the order of the rounds.
  private func ordered(_ input: LaneInput) -> LaneInput {
    switch input {
    case .constant: return input
    case .integers(let vector): return .integers(scattered(vector))
    case .numbers(let vector): return .numbers(scattered(vector))
    case .bytes(let vector):
      let out = MutableVector<UInt8>(uninitializedCount: rowCount + 1)
      // Sound: the columns are as long as the positions, as was checked; no position is past the rows in rounds, and the place behind
      // them is for the rows that are in none.
      unsafe readout_scatter1(vector.base, positions.base, positions.count, out.base)
      return .bytes(out.freeze())
    }
  }

  private func scattered<Element>(_ vector: Vector<Element>) -> Vector<Element> {
    let out = MutableVector<Element>(uninitializedCount: rowCount + 1)
    // Sound: as above; every element has eight bytes.
    unsafe readout_scatter8(
      UnsafeRawPointer(vector.base).assumingMemoryBound(to: UInt64.self), positions.base, positions.count,
      UnsafeMutableRawPointer(out.base).assumingMemoryBound(to: UInt64.self))
    return out.freeze()
  }

  /// The rest of a lane's rows, one by one.
  private mutating func finish(_ lane: Int, from round: Int, _ inputs: [LaneInput]) -> Bool {
    let roles = program.roles
    var slots = [UInt64](repeating: 0, count: max(3, roles.count))
    var loads = unsafe [readout_lane_load]()
    var moves: [UInt16] = []
    var outputs = [Int](repeating: 0, count: program.outputs.count)
    for (register, role) in roles.enumerated() { if case .output(let slot) = role { outputs[slot] = register } }
    for (register, role) in roles.enumerated() {
      switch role {
      case .constant(let bits): slots[register] = bits
      case .input(let number) where number >= columns:
        slots[register] = states[place(number - columns, round) + lane]
        moves += [UInt16(outputs[number - columns]), UInt16(register)]
      case .input(let number):
        if case .constant(let bits) = inputs[number] {
          slots[register] = bits
        } else {
          unsafe loads.append(
            readout_lane_load(
              column: inputs[number].start, slot: UInt16(register), is_byte: program.inputs[number] == .byte ? 1 : 0))
        }
      case .scratch, .output: break
      }
    }
    let end = Int(sizes[lane])
    // Sound: the instructions name registers of the program only, each of which has its slot; row starts[k] + lane lies inside the
    // columns for every round k of the lane.
    let found = unsafe readout_lane_fold(
      program.instructions, program.instructions.count, &slots, loads, loads.count, moves, moves.count / 2, starts.base,
      round, end, lane)
    for (slot, register) in outputs.enumerated() { states[place(slot, end) + lane] = slots[register] }
    return found != 0
  }
}
