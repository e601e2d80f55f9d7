import ReadoutEngine

/// The syntax tree of Lua 5.4 source. Ranges count the bytes of the source.
enum Syntax {
  struct Name: Equatable {
    var text: String
    var range: Range<Int>
  }

  struct Expression {
    indirect enum Node {
      case `nil`
      case boolean(Bool)
      case integer(Int64)
      case number(Double)
      case string([UInt8])
      /// `...`
      case varargs
      case name(String)
      /// `a.b` (the key a string) and `a[b]`
      case index(Expression, Expression)
      case call(Expression, [Expression])
      /// `a:b(…)`
      case method(Expression, Name, [Expression])
      case function(Function)
      case table([Field])
      case unary(UnaryOperator, Expression)
      case binary(BinaryOperator, Expression, Expression)
      /// `(a)`: cuts several values to one.
      case parenthesized(Expression)
    }

    var node: Node
    var range: Range<Int>
    /// Nodes on the longest way down, this one included: at most `Parser.largestHeight`.
    var height = 1
  }

  /// A field of a table constructor.
  struct Field {
    enum Key {
      case none
      case name(Name)
      case expression(Expression)
    }

    var key: Key
    var value: Expression
    var range: Range<Int>
  }

  /// A function body, from `(` to `end`.
  struct Function {
    var parameters: [Name]
    var isVararg: Bool
    var body: Block
    /// From `function` (or the name's `local function`) to `end`.
    var range: Range<Int>
    /// Where `(` stands: the VM counts some functions from its line.
    var opening: Int
  }

  struct Block {
    var statements: [Statement] = []
  }

  struct Statement {
    indirect enum Node {
      case assign([Expression], [Expression])
      case local([LocalName], [Expression])
      /// `local function f … end`
      case localFunction(Name, Function)
      /// A call as a statement.
      case call(Expression)
      case `do`(Block)
      case `while`(Expression, Block)
      case `repeat`(Block, until: Expression)
      /// The conditions with their blocks, then the block of `else`.
      case `if`([(condition: Expression, block: Block)], else: Block?)
      case numericFor(Name, from: Expression, to: Expression, step: Expression?, Block)
      case genericFor([Name], [Expression], Block)
      case `return`([Expression])
      case `break`
      case goto(Name)
      case label(Name)
    }

    var node: Node
    var range: Range<Int>
  }

  /// A name that `local` declares, with its attribute `<const>` or `<close>`.
  struct LocalName {
    var name: Name
    var attribute: String?
  }
}
