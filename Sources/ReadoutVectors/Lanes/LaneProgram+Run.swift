import CVectors

/// A column of a lane program's input.
public enum LaneInput {
  case integers(Vector<Int64>)
  case numbers(Vector<Double>)
  /// 1 or 0 a row.
  case bytes(Vector<UInt8>)
  /// The same bits in every row; a truth value is 1 or 0.
  case constant(UInt64)

  var count: Int? {
    switch self {
    case .integers(let vector): vector.count
    case .numbers(let vector): vector.count
    case .bytes(let vector): vector.count
    case .constant: nil
    }
  }
}

/// A result of a lane program.
public enum LaneOutput {
  case integers(Vector<Int64>)
  case numbers(Vector<Double>)
  case bytes(Vector<UInt8>)
}

extension LaneProgram {
  /// Computes the outputs for `count` rows, and whether a watched value was true in any of them.
  public func run(_ columns: [LaneInput], count: Int) -> (outputs: [LaneOutput], found: Bool) {
    precondition(columns.count == inputs.count, "a lane program with other inputs")
    for column in columns { precondition(column.count == nil || column.count == count, "lanes of different lengths") }
    let results = outputs.map { Memory(count: count, isBytes: $0 == .byte) }
    let lanes = min(count, Self.block)
    // A register of its own for what is not a column: scratch, and constants written out.
    let spread = roles.map { role -> Bool in
      switch role {
      case .input(let number): columns[number].count == nil
      case .constant, .scratch: true
      case .output: false
      }
    }
    let scratch = MutableVector<UInt64>(uninitializedCount: max(1, spread.count { $0 } * lanes))
    var found = false
    // Sound: a register points to `lanes` values of scratch, or into a column or result of `count` values that starts with the block;
    // the block never passes `count`. What the inputs point to is only read: no instruction's result is an input.
    unsafe withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: roles.count) { registers in
      var next = unsafe scratch.base
      for (register, role) in roles.enumerated() {
        if spread[register] {
          unsafe registers[register] = UnsafeMutableRawPointer(next)
          if let bits = constant(role, columns) { unsafe next.update(repeating: bits, count: lanes) }
          if case .input(let number) = role, inputs[number] == .byte, let bits = constant(role, columns) {
            unsafe UnsafeMutableRawPointer(next).initializeMemory(as: UInt8.self, repeating: UInt8(bits), count: lanes)
          }
          unsafe next += lanes
        } else if case .output(let number) = role {
          unsafe registers[register] = results[number].start
        } else if case .input(let number) = role {
          unsafe registers[register] = columns[number].start
        }
      }
      var start = 0
      while start < count {
        let length = min(lanes, count - start)
        found =
          unsafe readout_lanes_run(instructions, instructions.count, registers.baseAddress!, length) != 0 || found
        for (register, role) in roles.enumerated() where !spread[register] {
          let isByte =
            switch role {
            case .input(let number): inputs[number] == .byte
            case .output(let number): outputs[number] == .byte
            default: false
            }
          unsafe registers[register]! += isByte ? length : length * 8
        }
        start += length
      }
    }
    withExtendedLifetime(columns) {}
    return (zip(results, outputs).map { $0.output($1) }, found)
  }

  private func constant(_ role: Role, _ columns: [LaneInput]) -> UInt64? {
    switch role {
    case .constant(let bits): return bits
    case .input(let number):
      if case .constant(let bits) = columns[number] { return bits }
      return nil
    default: return nil
    }
  }

  /// The memory of a result.
  private struct Memory {
    let storage: VectorStorage
    let count: Int

    init(count: Int, isBytes: Bool) {
      storage = VectorStorage(byteCount: isBytes ? count : count * 8)
      self.count = count
    }

    var start: UnsafeMutableRawPointer { unsafe storage.address }

    func output(_ type: LaneType) -> LaneOutput {
      // Sound: every lane of every output has been written, and nobody writes any more.
      switch type {
      case .byte: unsafe .bytes(Vector(adopting: storage, count: count))
      case .number: unsafe .numbers(Vector(adopting: storage, count: count))
      default: unsafe .integers(Vector(adopting: storage, count: count))
      }
    }
  }
}

extension LaneInput {
  /// The column's memory, which no instruction writes.
  var start: UnsafeMutableRawPointer? {
    switch self {
    case .integers(let vector): unsafe UnsafeMutableRawPointer(mutating: vector.base)
    case .numbers(let vector): unsafe UnsafeMutableRawPointer(mutating: vector.base)
    case .bytes(let vector): unsafe UnsafeMutableRawPointer(mutating: vector.base)
    case .constant: nil
    }
  }
}
