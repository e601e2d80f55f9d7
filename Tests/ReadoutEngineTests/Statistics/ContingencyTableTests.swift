import ReadoutEngine
import Testing

/// Statistics of two-by-two tables and intervals against published numbers.
@Suite struct ContingencyTableTests {
  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
    DistributionTests.isClose(a, b, tolerance)
  }

  /// The words `b` of quanteda.textstats's own test: `b×7 a×3` against `a×7 b×2`, whose chi-squared it compares with R's
  /// `chisq.test`, with and without Yates's correction, and writes down with Williams's: 4.017626.
  @Test func chiSquaredIsQuantedas() {
    let table = ContingencyTable(a: 7, b: 2, c: 3, d: 7)
    #expect(isClose(table.chiSquared(.none), 4.337160493827161))
    #expect(isClose(table.chiSquared(.yates), 2.632438271604939))
    #expect(isClose(table.chiSquared(.williams), 4.017626, 1e-6))
    let other = ContingencyTable(a: 3, b: 7, c: 7, d: 2)
    #expect(isClose(other.chiSquared(.none), -4.337160493827161), "signed by what is more frequent")
  }

  /// G² as `scipy.stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")` gives it.
  @Test func logLikelihoodIsTheTextbooks() {
    #expect(isClose(ContingencyTable(a: 7, b: 2, c: 3, d: 7).logLikelihood(.none), 4.534939332256226))
    #expect(isClose(ContingencyTable(a: 100, b: 9900, c: 50, d: 19950).logLikelihood(.none), 69.69191931932805))
    #expect(isClose(ContingencyTable(a: 3, b: 14, c: 2, d: 10).logLikelihood(.none), 0.004751408706340582, 1e-9))
  }

  /// Large counts stay as they are; so do differences of less than half a count, which Yates's correction would turn around.
  @Test func yatesIsForSmallCountsOnly() {
    let large = ContingencyTable(a: 100, b: 9900, c: 50, d: 19950)
    #expect(large.chiSquared(.yates) == large.chiSquared(.none))
    let near = ContingencyTable(a: 3, b: 14, c: 2, d: 10)
    #expect(near.chiSquared(.yates) == near.chiSquared(.none))
  }

  @Test func williamsNeedsCountsInEveryCell() {
    let empty = ContingencyTable(a: 4, b: 0, c: 96, d: 100)
    #expect(empty.logLikelihood(.williams) == empty.logLikelihood(.none))
    let full = ContingencyTable(a: 4, b: 1, c: 96, d: 99)
    #expect(full.logLikelihood(.williams) < full.logLikelihood(.none))
  }

  /// Ten times as frequent is log2(10); a word that the reference lacks counts half there.
  @Test func logRatioIsBinary() {
    #expect(isClose(ContingencyTable(a: 10, b: 1, c: 990, d: 999).logRatio, 3.321928094887362))
    #expect(isClose(ContingencyTable(a: 8, b: 0, c: 992, d: 1000).logRatio, 4))
    #expect(isClose(ContingencyTable(a: 0, b: 8, c: 1000, d: 992).logRatio, -4))
  }

  /// The example in quanteda.textstats's tests: `good ice` twice in `I like good ice cream. Me too! I like good ice cream.`,
  /// nine bigrams: lambda 4.317488, z 2.027787.
  @Test func interactionOfTwoWordsIsQuantedas() {
    let found = LogLinearInteraction.of([7.5, 0.5, 0.5, 2.5])
    #expect(isClose(found.lambda, 4.317488, 1e-6))
    #expect(isClose(found.z, 2.027787, 1e-6))
  }

  /// Where every cell is the product of its margins there is nothing left to explain.
  @Test func interactionOfIndependentWordsIsNothing() {
    let cells = (0..<8).map { cell in (0..<3).reduce(100.0) { cell >> $1 & 1 == 1 ? $0 * 0.2 : $0 * 0.8 } }
    #expect(abs(LogLinearInteraction.of(cells).lambda) < 1e-12)
  }

  /// R. G. Newcombe (1998), "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, table I,
  /// method 3: four digits; the digits beyond from `scipy.stats.binomtest(…).proportion_ci(method="wilson")`.
  @Test(arguments: [
    (81.0, 263.0, 0.2552885198782742, 0.36620957698280004), (15.0, 148.0, 0.06238639953073629, 0.16048724172330803),
    (0.0, 20.0, 0.0, 0.16112515805281935), (1.0, 29.0, 0.006113214292762667, 0.17175521879320282),
    (20.0, 20.0, 0.8388748419471808, 1.0),
  ]) func wilsonIntervals(_ hits: Double, _ count: Double, _ low: Double, _ high: Double) throws {
    let found = try #require(WilsonInterval.of(hits, among: count, level: 0.95))
    #expect(isClose(found.low, low) && isClose(found.high, high), "\(found)")
    #expect(WilsonInterval.of(0, among: 0, level: 0.95) == nil)
  }

  /// Garwood's table (1936) gives 3.69 for no event and 4.80 to 18.39 for ten; the digits beyond from `scipy.stats.chi2.ppf`.
  @Test(arguments: [
    (0.0, 0.0, 3.6888794541139354), (1.0, 0.025317807984289876, 5.571643390938898),
    (5.0, 1.6234863901184207, 11.66833207932267), (10.0, 4.7953886961324335, 18.39035604201778),
    (100.0, 81.36399125092314, 121.62679379242638), (1000.0, 938.9730184076952, 1063.952136016302),
  ]) func poissonIntervals(_ count: Double, _ low: Double, _ high: Double) throws {
    let found = try #require(PoissonInterval.of(count, level: 0.95))
    #expect(isClose(found.low, low, 1e-11) && isClose(found.high, high, 1e-11), "\(found)")
    #expect(PoissonInterval.of(-1, level: 0.95) == nil)
  }
}
