import CVectors

/// What a lane holds: 64 bits, or a byte where truth values stand in columns.
public enum LaneType: Sendable, Hashable {
  case integer, number
  /// All bits, or none.
  case truth
  /// 1 or 0.
  case byte
}

/// An operation of a lane program: what it reads and gives. They mean what Lua 5.4's do, made total: where Lua raises an error the
/// result is any value.
public struct LaneOperation: Sendable, Hashable {
  let code: UInt16
  public let operands: [LaneType]
  public let result: LaneType

  private init(_ code: some BinaryInteger, _ operands: [LaneType], _ result: LaneType) {
    self.code = UInt16(code)
    self.operands = operands
    self.result = result
  }

  public static func == (a: LaneOperation, b: LaneOperation) -> Bool { a.code == b.code && a.result == b.result }
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }

  public static let negateInteger = LaneOperation(READOUT_LANE_negate_i, [.integer], .integer)
  public static let negateNumber = LaneOperation(READOUT_LANE_negate_f, [.number], .number)
  public static let bitNot = LaneOperation(READOUT_LANE_bit_not, [.integer], .integer)
  public static let absoluteInteger = LaneOperation(READOUT_LANE_absolute_i, [.integer], .integer)
  public static let absoluteNumber = LaneOperation(READOUT_LANE_absolute_f, [.number], .number)
  public static let floatOf = LaneOperation(READOUT_LANE_float_of, [.integer], .number)
  public static let integerOf = LaneOperation(READOUT_LANE_integer_of, [.number], .integer)
  public static let isWhole = LaneOperation(READOUT_LANE_is_whole, [.number], .truth)
  public static let isInRange = LaneOperation(READOUT_LANE_is_in_range, [.number], .truth)
  public static let floorNumber = LaneOperation(READOUT_LANE_floor_f, [.number], .number)
  public static let ceilNumber = LaneOperation(READOUT_LANE_ceil_f, [.number], .number)
  public static let sqrtNumber = LaneOperation(READOUT_LANE_sqrt_f, [.number], .number)
  public static let expNumber = LaneOperation(READOUT_LANE_exp_f, [.number], .number)
  public static let logNumber = LaneOperation(READOUT_LANE_log_f, [.number], .number)
  public static let log2Number = LaneOperation(READOUT_LANE_log2_f, [.number], .number)
  public static let log10Number = LaneOperation(READOUT_LANE_log10_f, [.number], .number)
  public static let sinNumber = LaneOperation(READOUT_LANE_sin_f, [.number], .number)
  public static let cosNumber = LaneOperation(READOUT_LANE_cos_f, [.number], .number)
  public static let tanNumber = LaneOperation(READOUT_LANE_tan_f, [.number], .number)
  public static let asinNumber = LaneOperation(READOUT_LANE_asin_f, [.number], .number)
  public static let acosNumber = LaneOperation(READOUT_LANE_acos_f, [.number], .number)
  public static let notTruth = LaneOperation(READOUT_LANE_not_m, [.truth], .truth)
  public static let maskOf = LaneOperation(READOUT_LANE_mask_of, [.byte], .truth)
  public static let byteOf = LaneOperation(READOUT_LANE_byte_of, [.truth], .byte)
  public static let addInteger = LaneOperation(READOUT_LANE_add_i, [.integer, .integer], .integer)
  public static let subtractInteger = LaneOperation(READOUT_LANE_subtract_i, [.integer, .integer], .integer)
  public static let multiplyInteger = LaneOperation(READOUT_LANE_multiply_i, [.integer, .integer], .integer)
  public static let floorDivideInteger = LaneOperation(READOUT_LANE_floor_divide_i, [.integer, .integer], .integer)
  public static let moduloInteger = LaneOperation(READOUT_LANE_modulo_i, [.integer, .integer], .integer)
  public static let remainderInteger = LaneOperation(READOUT_LANE_remainder_i, [.integer, .integer], .integer)
  public static let addNumber = LaneOperation(READOUT_LANE_add_f, [.number, .number], .number)
  public static let subtractNumber = LaneOperation(READOUT_LANE_subtract_f, [.number, .number], .number)
  public static let multiplyNumber = LaneOperation(READOUT_LANE_multiply_f, [.number, .number], .number)
  public static let divideNumber = LaneOperation(READOUT_LANE_divide_f, [.number, .number], .number)
  public static let powerNumber = LaneOperation(READOUT_LANE_power_f, [.number, .number], .number)
  public static let floorDivideNumber = LaneOperation(READOUT_LANE_floor_divide_f, [.number, .number], .number)
  public static let moduloNumber = LaneOperation(READOUT_LANE_modulo_f, [.number, .number], .number)
  public static let remainderNumber = LaneOperation(READOUT_LANE_remainder_f, [.number, .number], .number)
  public static let atan2Number = LaneOperation(READOUT_LANE_atan2_f, [.number, .number], .number)
  public static let bitAnd = LaneOperation(READOUT_LANE_bit_and, [.integer, .integer], .integer)
  public static let bitOr = LaneOperation(READOUT_LANE_bit_or, [.integer, .integer], .integer)
  public static let bitXor = LaneOperation(READOUT_LANE_bit_xor, [.integer, .integer], .integer)
  public static let shiftLeft = LaneOperation(READOUT_LANE_shift_left, [.integer, .integer], .integer)
  public static let shiftRight = LaneOperation(READOUT_LANE_shift_right, [.integer, .integer], .integer)
  public static let equalInteger = LaneOperation(READOUT_LANE_equal_i, [.integer, .integer], .truth)
  public static let lessInteger = LaneOperation(READOUT_LANE_less_i, [.integer, .integer], .truth)
  public static let lessEqualInteger = LaneOperation(READOUT_LANE_less_equal_i, [.integer, .integer], .truth)
  public static let belowInteger = LaneOperation(READOUT_LANE_below_i, [.integer, .integer], .truth)
  public static let equalNumber = LaneOperation(READOUT_LANE_equal_f, [.number, .number], .truth)
  public static let lessNumber = LaneOperation(READOUT_LANE_less_f, [.number, .number], .truth)
  public static let lessEqualNumber = LaneOperation(READOUT_LANE_less_equal_f, [.number, .number], .truth)
  public static let equalIntegerNumber = LaneOperation(READOUT_LANE_equal_if, [.integer, .number], .truth)
  public static let lessIntegerNumber = LaneOperation(READOUT_LANE_less_if, [.integer, .number], .truth)
  public static let lessEqualIntegerNumber = LaneOperation(READOUT_LANE_less_equal_if, [.integer, .number], .truth)
  public static let lessNumberInteger = LaneOperation(READOUT_LANE_less_fi, [.number, .integer], .truth)
  public static let lessEqualNumberInteger = LaneOperation(READOUT_LANE_less_equal_fi, [.number, .integer], .truth)
  public static let andTruth = LaneOperation(READOUT_LANE_and_m, [.truth, .truth], .truth)
  public static let orTruth = LaneOperation(READOUT_LANE_or_m, [.truth, .truth], .truth)
  public static let equalTruth = LaneOperation(READOUT_LANE_equal_m, [.truth, .truth], .truth)

  /// The second operand where the first is true, else the third.
  public static func select(_ type: LaneType) -> LaneOperation {
    LaneOperation(READOUT_LANE_select, [.truth, type, type], type)
  }

  static let any = LaneOperation(READOUT_LANE_any, [.truth], .truth)
  static let copy = LaneOperation(READOUT_LANE_copy, [.integer], .integer)

  /// The result for one lane.
  public func callAsFunction(_ operands: [UInt64]) -> UInt64 {
    var slots = operands + [UInt64](repeating: 0, count: 4 - operands.count)
    let instruction = readout_lane_instruction(operation: code, result: 3, a: 0, b: 1, c: 2)
    // Sound: the instruction names slots 0 to 3, and there are four.
    _ = unsafe withUnsafePointer(to: instruction) { instruction in
      unsafe slots.withUnsafeMutableBufferPointer { unsafe readout_lane_run(instruction, 1, $0.baseAddress!) }
    }
    return slots[3]
  }
}
