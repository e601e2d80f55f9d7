import ReadoutEngine

// Foundation has types of these names too; in these tests they are the engine's.
typealias Expression = ReadoutEngine.Expression
typealias Calendar = ReadoutEngine.Calendar
