import Testing

@testable import ReadoutEngine

/// The account of what plugins take: one for each query, shared by the queries within it.
@Suite struct PluginTimeTests {
  private final class Plugin {}

  @Test func eachQueryHasAnAccountOfItsOwn() throws {
    let options = ExecutionOptions(threads: 1, pluginTimeLimit: .seconds(2))
    let (a, b) = (Plugin(), Plugin())
    let query = try #require(options.beginningQuery().pluginTime)
    query.take(.milliseconds(1500), by: a)
    query.take(.milliseconds(1500), by: a)
    #expect(query.left(of: a) == .seconds(-1))
    #expect(query.left(of: b) == .seconds(2))
    #expect(options.beginningQuery().pluginTime?.left(of: a) == .seconds(2))
    let inner = options.beginningQuery().beginningQuery()
    #expect(inner.pluginTime?.left(of: a) == .seconds(2))
    #expect(ExecutionOptions(threads: 1, pluginTimeLimit: nil).beginningQuery().pluginTime == nil)
  }

  @Test func aQueryWithinAQuerySharesIt() {
    let outer = ExecutionOptions(threads: 1, pluginTimeLimit: .seconds(2)).beginningQuery()
    #expect(outer.beginningQuery().pluginTime === outer.pluginTime)
    #expect(Worker(index: 0, outer).pluginTime === outer.pluginTime)
  }
}
