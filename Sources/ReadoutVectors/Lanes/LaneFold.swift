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
  /// One more than a group's place in the batch; all 0 between batches.
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

  // MARK: Rows

  /// Takes the rows of a batch, row `i` into group `groups[i]`; `present` are those that count. Gives true, and changes nothing, where a
  /// watched value was true in any of them.
  public mutating func update(_ inputs: [LaneInput], groups: Vector<UInt32>, present: Bitmap?) -> Bool {
    precondition(inputs.count == columns, "another number of columns")
    for input in inputs { precondition(input.count == nil || input.count == groups.count, "columns of other lengths") }
    precondition(groups.allBelow(isSeen.count), "group out of range")
    let order = BatchOrder(groups: groups, present: present, places: &places)
    var work = FoldWork(
      program: program, columns: columns, order: order,
      states: slots.map { slot in order.groups.map { slot[Int($0)] } })
    if work.run(inputs, fewestLanes: Self.fewestLanes) { return true }
    for (place, group) in order.groups.enumerated() {
      for slot in slots.indices { slots[slot][Int(group)] = work.states[slot][place] }
      isSeen[Int(group)] = 1
    }
    return false
  }
}

/// A batch's rows by group, the groups of many rows first.
private struct BatchOrder {
  /// The group of each place.
  var groups: [UInt32] = []
  /// Where a place's rows begin, and how many there are.
  var starts: [UInt32] = []
  var counts: [UInt32] = []
  /// Row numbers, those of a place together and ascending.
  var rows: [UInt32] = []

  init(groups all: Vector<UInt32>, present: Bitmap?, places: inout [UInt32]) {
    var found: [UInt32] = []
    var sizes: [UInt32] = []
    var placeOf = [UInt32](repeating: .max, count: all.count)
    for row in 0..<all.count where present?[row] ?? true {
      let group = Int(all[row])
      var place = places[group]
      if place == 0 {
        found.append(UInt32(group))
        sizes.append(0)
        place = UInt32(found.count)
        places[group] = place
      }
      sizes[Int(place) - 1] &+= 1
      placeOf[row] = place - 1
    }
    for group in found { places[Int(group)] = 0 }
    // Places by descending size: a counting sort.
    let largest = Int(sizes.max() ?? 0)
    var next = [Int](repeating: 0, count: largest + 2)
    for size in sizes { next[largest - Int(size) + 1] += 1 }
    for i in 1..<next.count { next[i] += next[i - 1] }
    var rank = [UInt32](repeating: 0, count: found.count)
    groups = [UInt32](repeating: 0, count: found.count)
    counts = groups
    starts = groups
    for (place, size) in sizes.enumerated() {
      let own = next[largest - Int(size)]
      next[largest - Int(size)] += 1
      rank[place] = UInt32(own)
      groups[own] = found[place]
      counts[own] = size
    }
    var total: UInt32 = 0
    for place in starts.indices {
      starts[place] = total
      total += counts[place]
    }
    var filled = starts
    rows = [UInt32](repeating: 0, count: Int(total))
    for row in 0..<all.count where placeOf[row] != .max {
      let own = Int(rank[Int(placeOf[row])])
      rows[Int(filled[own])] = UInt32(row)
      filled[own] &+= 1
    }
  }
}

/// One batch on its way through a fold: the states of its groups, in the order of their places.
private struct FoldWork {
  let program: LaneProgram
  let columns: Int
  let order: BatchOrder
  /// By slot and place.
  var states: [[UInt64]]

  /// True where a watched value was true.
  mutating func run(_ inputs: [LaneInput], fewestLanes: Int) -> Bool {
    var active = order.groups.count
    var round: UInt32 = 0
    var found = false
    let block = LaneProgram.block
    let roles = program.roles
    let scratch = MutableVector<UInt64>(uninitializedCount: roles.count * block)
    var rows = [UInt32](repeating: 0, count: block)
    // Sound: a register is `block` words of scratch, or the states of the lanes of the block; no block passes `active`, which no array
    // of states is shorter than, and row numbers lie inside the columns: both were checked on the way in.
    unsafe withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: roles.count) { registers in
      for (register, role) in roles.enumerated() {
        let start = unsafe scratch.base + register * block
        unsafe registers[register] = UnsafeMutableRawPointer(start)
        switch role {
        case .constant(let bits): unsafe start.update(repeating: bits, count: block)
        case .input(let number) where number < columns:
          guard case .constant(let bits) = inputs[number] else { break }
          if program.inputs[number] == .byte {
            unsafe UnsafeMutableRawPointer(start).initializeMemory(as: UInt8.self, repeating: UInt8(bits), count: block)
          } else {
            unsafe start.update(repeating: bits, count: block)
          }
        default: break
        }
      }
      while true {
        while active > 0, order.counts[active - 1] <= round { active -= 1 }
        if active < fewestLanes { break }
        var first = 0
        while first < active {
          let length = min(block, active - first)
          for lane in 0..<length { rows[lane] = order.rows[Int(order.starts[first + lane] &+ round)] }
          unsafe load(inputs, rows, first, length, registers)
          found =
            unsafe readout_lanes_run(
              program.instructions, program.instructions.count, registers.baseAddress!, length) != 0 || found
          unsafe store(first, length, registers)
          first += length
        }
        round += 1
      }
    }
    for place in 0..<active { found = finish(place, from: round, inputs) || found }
    return found
  }

  /// Fills the registers of a block's columns and states.
  @unsafe private func load(
    _ inputs: [LaneInput], _ rows: [UInt32], _ first: Int, _ length: Int,
    _ registers: UnsafeMutableBufferPointer<UnsafeMutableRawPointer?>
  ) {
    for (register, role) in program.roles.enumerated() {
      guard case .input(let number) = role else { continue }
      let target = unsafe registers[register]!
      if number >= columns {
        unsafe states[number - columns].withUnsafeBytes { bytes in
          unsafe target.copyMemory(from: bytes.baseAddress! + first * 8, byteCount: length * 8)
        }
      } else if let source = unsafe inputs[number].start {
        unsafe rows.withUnsafeBufferPointer { rows in
          if program.inputs[number] == .byte {
            unsafe readout_gather1(
              source.assumingMemoryBound(to: UInt8.self), rows.baseAddress!, length,
              target.assumingMemoryBound(to: UInt8.self))
          } else {
            unsafe readout_gather8(
              source.assumingMemoryBound(to: UInt64.self), rows.baseAddress!, length,
              target.assumingMemoryBound(to: UInt64.self))
          }
        }
      }
    }
  }

  @unsafe private mutating func store(
    _ first: Int, _ length: Int, _ registers: UnsafeMutableBufferPointer<UnsafeMutableRawPointer?>
  ) {
    for (register, role) in program.roles.enumerated() {
      guard case .output(let slot) = role else { continue }
      let source = unsafe registers[register]!
      unsafe states[slot].withUnsafeMutableBytes { bytes in
        unsafe (bytes.baseAddress! + first * 8).copyMemory(from: source, byteCount: length * 8)
      }
    }
  }

  /// The rest of a group's rows, one by one.
  private mutating func finish(_ place: Int, from round: UInt32, _ inputs: [LaneInput]) -> Bool {
    let roles = program.roles
    var slots = [UInt64](repeating: 0, count: roles.count)
    var loads: [(register: Int, input: Int)] = []
    var moves: [(from: Int, to: Int)] = []
    var outputs = [Int](repeating: 0, count: program.outputs.count)
    for (register, role) in roles.enumerated() {
      switch role {
      case .constant(let bits): slots[register] = bits
      case .output(let slot): outputs[slot] = register
      case .input(let number) where number >= columns: slots[register] = states[number - columns][place]
      case .input(let number):
        if case .constant(let bits) = inputs[number] {
          slots[register] = bits
        } else {
          loads.append((register, number))
        }
      case .scratch: break
      }
    }
    for (register, role) in roles.enumerated() {
      if case .input(let number) = role, number >= columns { moves.append((outputs[number - columns], register)) }
    }
    var found = false
    let start = Int(order.starts[place])
    // Sound: the instructions name registers of the program only, each of which has its slot.
    unsafe slots.withUnsafeMutableBufferPointer { slots in
      for index in Int(round)..<Int(order.counts[place]) {
        let row = Int(order.rows[start + index])
        for (register, input) in loads { unsafe slots[register] = inputs[input].bits(row) }
        found =
          unsafe readout_lane_run(program.instructions, program.instructions.count, slots.baseAddress!) != 0 || found
        for (from, to) in moves { unsafe slots[to] = slots[from] }
      }
    }
    if Int(round) < Int(order.counts[place]) {
      for (slot, register) in outputs.enumerated() { states[slot][place] = slots[register] }
    }
    return found
  }
}

extension LaneInput {
  /// The bits of a row; a truth value is 1 or 0.
  @inline(__always) fileprivate func bits(_ row: Int) -> UInt64 {
    switch self {
    case .integers(let vector): UInt64(bitPattern: vector[row])
    case .numbers(let vector): vector[row].bitPattern
    case .bytes(let vector): UInt64(vector[row])
    case .constant(let bits): bits
    }
  }
}
