import ReadoutEngine

/// A loop over words that is being run: what leaves it.
struct WordLoop {
  /// The variable that says whether the loop was left.
  let isLeft: Int
  /// The variable that says whether that was by `return`, and those of what it returns.
  let isReturned: Int
  let results: [Int]
  var returns: [(path: Int, memory: [Int: SymbolicValue])] = []
}

/// Loops over the words of a text: `for word in string.gmatch(text, "%a+")` , `for number, word in each_token(text)`, and
/// `for place, word in ipairs(tokens(text))`.
///
/// A round is run once, on a word that is not known yet, in a program of its own. What its statements leave in variables from outside is
/// carried to the next round.
extension Lifter {
  /// Values that a `return` inside of such a loop may give.
  private static let mostResults = 3
  /// A round is run several times to be found out, and a loop in it as often each time.
  private static let deepestLoop = 2

  /// What a loop goes over.
  private struct Source {
    var name: String
    var text: SymbolicValue
    var tokens: TokenLoop.Tokens
    /// What the loop's variables are, by their place.
    var variables: [Variable]
    /// Whether numbers will do for the text.
    var takesNumbers: Bool
    /// Whether the whole text is cut before the first round.
    var isCut: Bool

    enum Variable { case word, number, first, last, position }
  }

  /// `return`: out of the function, or out of the loop over words that it stands in.
  func leave(with values: [SymbolicValue], _ range: Range<Int>) throws(Refusal) {
    spendCopy()
    if let loop = frames[frames.count - 1].loops.last {
      guard values.count <= loop.results.count else { throw refusal("a return of many values from a loop", range) }
      for (place, variable) in loop.results.enumerated() {
        memory[variable] = place < values.count ? values[place] : nothing
      }
      memory[loop.isReturned] = value(.truth(builder.truth(true)))
      frames[frames.count - 1].loops[frames[frames.count - 1].loops.count - 1].returns.append((path, memory))
    } else {
      frames[frames.count - 1].returns.append((path, values, memory))
    }
    path = builder.truth(false)
  }

  func runWords(
    _ names: [Syntax.Name], _ values: [Syntax.Expression], _ block: Syntax.Block, _ scope: Scope, _ range: Range<Int>
  ) throws(Refusal) {
    guard values.count == 1, let source = try source(values[0], scope) else {
      throw refusal("a loop over \(Self.shown(values.first))", range)
    }
    guard let text = string(source) else { throw refusal("a loop over the words of no text", range) }
    if source.isCut { watchLength(text) }
    let loop = WordLoop(
      isLeft: newVariable(), isReturned: newVariable(), results: (0..<Self.mostResults).map { _ in newVariable() })
    memory[loop.isLeft] = value(.truth(builder.truth(false)))
    memory[loop.isReturned] = value(.truth(builder.truth(false)))
    for variable in loop.results { memory[variable] = nothing }
    var rounds = WordRounds(outside: (builder, path, memory), shift: [])
    let body = { (lifter: Lifter) throws(Refusal) in
      try lifter.runRound(names, source.variables, block, scope, loop)
    }
    guard loopDepth < Self.deepestLoop else { throw refusal("loops over words nested too deeply", range) }
    loopDepth += 1
    // Kinds are added until a round leaves those that it found.
    while try rounds.run(self, range, body) {}
    rounds.shift = TokenLoop.shiftable(builder, slots: rounds.slots, first: rounds.firstSlot)
    _ = try rounds.run(self, range, body)
    let made = rounds.loop(builder, name: source.name, tokens: source.tokens)
    (builder, path, memory) = rounds.outside
    loopDepth -= 1
    guard let made else { throw refusal("a loop that carries a string in other ways than from word to word", range) }
    let operands = [text] + rounds.rowInputs + rounds.initial(self)
    let node = builder.apply(made, operands, wanted: wanted)
    for (variable, value) in rounds.carried(builder: &builder, loop: node) { memory[variable] = value }
    // What a round watches must be seen also where nobody looks at what the loop leaves.
    if made.isWatching { watch(builder.part(made.slotCount, of: node, .truth)) }
    let isReturned = truth(of: memory[loop.isReturned] ?? nothing)
    if builder.constantTruth(isReturned) != false {
      let results = loop.results.map { memory[$0] ?? nothing }
      try fork(isReturned) { () throws(Refusal) in
        try self.leave(with: results, range)
      } else: {
      }
    }
    for variable in [loop.isLeft, loop.isReturned] + loop.results { memory[variable] = nil }
  }

  /// One round: the statements, for rows that have not left the loop.
  private func runRound(
    _ names: [Syntax.Name], _ variables: [Source.Variable], _ block: Syntax.Block, _ scope: Scope, _ loop: WordLoop
  ) throws(Refusal) {
    var inner = scope
    for (place, name) in names.enumerated() {
      var own = nothing
      if place < variables.count {
        switch variables[place] {
        case .word: own = value(.string(builder.parameter(TokenLoop.word, .string)))
        case .number: own = value(.integer(builder.parameter(TokenLoop.number, .integer)))
        case .first: own = value(.integer(builder.parameter(TokenLoop.first, .integer)))
        case .last: own = value(.integer(builder.parameter(TokenLoop.last, .integer)))
        case .position: own = value(.integer(builder.parameter(TokenLoop.position, .integer)))
        }
      }
      inner = declare(name.text, own, in: inner)
    }
    let frame = frames.count - 1
    let isLeft = truth(of: memory[loop.isLeft] ?? nothing)
    try fork(builder.not(isLeft)) { () throws(Refusal) in
      self.frames[frame].breaks.append([])
      self.frames[frame].loops.append(loop)
      try self.run(block, inner)
      let left = self.frames[frame].breaks.removeLast() + self.frames[frame].loops.removeLast().returns
      for way in left.reversed() {
        var own = way.memory
        own[loop.isLeft] = self.value(.truth(self.builder.truth(true)))
        if self.builder.constantTruth(self.path) != false {
          self.mergeMemory(way.path, own, self.memory)
        } else {
          self.memory = own
        }
        self.path = self.builder.or(self.path, way.path)
      }
    } else: {
    }
  }

  // MARK: What it goes over

  /// Nil for a loop over anything but words.
  private func source(_ iterator: Syntax.Expression, _ scope: Scope) throws(Refusal) -> Source? {
    switch iterator.node {
    case .call(let callee, let arguments):
      guard case .object(let object) = try evaluate(callee, scope).single, let function = object as? LibraryFunction
      else {
        return nil
      }
      let given = try evaluateAll(arguments, scope)
      switch function.name {
      case "string.gmatch" where given.count == 2: return matches(of: given[1], in: given[0])
      case "each_token" where !given.isEmpty:
        let functions = state.host.text.functions
        return Source(
          name: "each_token", text: given[0],
          tokens: { text, body in functions.forEachToken(in: text, body) },
          variables: [.number, .word, .first, .last], takesNumbers: false, isCut: true)
      case "ipairs" where !given.isEmpty:
        guard case .object(let object) = given[0].single, let list = object as? TextPieceList else { return nil }
        return pieces(of: list)
      default: return nil
      }
    case .method(let receiver, let name, let arguments):
      let own = try evaluate(receiver, scope)
      let given = try evaluateAll(arguments, scope)
      guard name.text == "gmatch", given.count == 1,
        !own.alternatives.contains(where: { $0.content.luaType == "table" })
      else { return nil }
      var source = matches(of: given[0], in: own)
      source?.takesNumbers = false
      return source
    default: return nil
    }
  }

  private func pieces(of list: TextPieceList) -> Source {
    let functions = state.host.text.functions
    let tokens: TokenLoop.Tokens =
      switch list.kindOfPieces {
      case .tokens: { text, body in functions.forEachToken(in: text, body) }
      case .sentences:
        { text, body in for range in functions.sentences(in: text) { body(range, text.extracting(range)) } }
      }
    return Source(
      name: "\(list.kindOfPieces)", text: value(.string(list.text)), tokens: tokens, variables: [.position, .word],
      takesNumbers: false, isCut: true)
  }

  private func matches(of pattern: SymbolicValue, in text: SymbolicValue) -> Source? {
    guard case .string(let value) = pattern.single, let bytes = builder.constantString(value),
      let pattern = BytePattern(bytes, canAnchor: false)
    else { return nil }
    return Source(
      name: "string.gmatch", text: text,
      tokens: { text, body in pattern.forEach(in: text) { body($0, text.extracting($0)) } },
      variables: [.word], takesNumbers: true, isCut: false)
  }

  /// The text as a string; rows where it is none are watched. Nil where no row has one.
  private func string(_ source: Source) -> Int? {
    var found: Int?
    var isString = builder.truth(false)
    for alternative in source.text.alternatives {
      let condition = source.text.alternatives.count == 1 ? builder.truth(true) : alternative.condition
      let own: Int? =
        switch alternative.content {
        case .string(let value): value
        case .integer, .number: source.takesNumbers ? text(alternative.content) : nil
        default: nil
        }
      guard let own else {
        watch(condition)
        continue
      }
      found = found.map { builder.select(condition, own, $0) } ?? own
      isString = builder.or(isString, condition)
    }
    path = builder.and(path, isString)
    return found
  }
}
