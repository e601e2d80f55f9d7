/// Every operator and scalar function that comes with the engine: one line each.
enum BuiltInFunctions {
  static let scalars: [any ScalarFunction] = [
    Conditional.ifElse,
    Rounding.abs, Rounding.floor, Rounding.ceil, Rounding.round,
    Exponentials.sqrt, Exponentials.exp, Exponentials.log,
    Extremes.least, Extremes.greatest,
    CaseMapping.lower, CaseMapping.upper, Slicing.trim, Slicing.length, Slicing.sub,
    Containment.startsWith, Containment.endsWith, Containment.contains, Replacement.replace,
    ListItems.split, ListItems.join, Patterns.matches, Patterns.extract,
    TimeParts.year, TimeParts.quarter, TimeParts.month, TimeParts.week, TimeParts.day, TimeParts.weekday,
    TimeParts.hour,
    Buckets.bucket, TimeText.strftime, EventCodes.cameoRoot, EventCodes.quadClass,
    TextConversion.string, NumberConversions.number.function, NumberConversions.number.tryFunction,
    NumberConversions.integer.function, NumberConversions.integer.tryFunction,
    NumberConversions.boolean.function, NumberConversions.boolean.tryFunction,
    TimeConversions.date.function, TimeConversions.date.tryFunction,
    TimeConversions.timestamp.function, TimeConversions.timestamp.tryFunction,
    Mentions.words, Mentions.mentions, Has.has, TextPieces.tokens, TextPieces.sentences, Lexicons([]).function,
  ]
  /// Under Lua's token; unary minus and bitwise not are `unary -` and `unary ~`. Not callable by name.
  static let operators: [any ScalarFunction] = [
    Arithmetic.add, Arithmetic.subtract, Arithmetic.multiply, Arithmetic.divide, Arithmetic.power, Arithmetic.negate,
    FloorDivision.floorDivide, FloorDivision.modulo,
    Bitwise.and, Bitwise.or, Bitwise.exclusiveOr, Bitwise.shiftLeft, Bitwise.shiftRight, Bitwise.not,
    Comparison.equal, Comparison.notEqual, Comparison.less, Comparison.lessOrEqual, Comparison.greater,
    Comparison.greaterOrEqual, Concatenation.concatenate, Concatenation.length, Negation.not,
  ]
}
