import ReadoutEngine
import Testing

/// Probabilities and quantiles against those of SciPy 1.17.1 (`scipy.stats.norm`, `chi2`, `scipy.special.gammainc`,
/// `gammaln`), whose values stand here as printed.
@Suite struct DistributionTests {
  static let tolerance = 5e-14

  static func isClose(_ a: Double, _ b: Double, _ tolerance: Double = tolerance) -> Bool {
    a == b || abs(a - b) <= tolerance * max(abs(a), abs(b))
  }

  @Test(arguments: [
    (-8.0, 6.22096057427174e-16, 0.9999999999999993), (-3.0, 0.0013498980316300933, 0.9986501019683699),
    (-1.96, 0.024997895148220435, 0.9750021048517795), (-0.5, 0.3085375387259869, 0.6914624612740131),
    (0.0, 0.5, 0.5), (0.1, 0.539827837277029, 0.460172162722971), (1.0, 0.8413447460685429, 0.15865525393145707),
    (2.5758293035489004, 0.995, 0.005000000000000004), (6.0, 0.9999999990134123, 9.865876450376946e-10),
  ]) func normalProbabilities(_ z: Double, _ below: Double, _ above: Double) {
    #expect(Self.isClose(NormalDistribution.probability(below: z), below))
    #expect(Self.isClose(NormalDistribution.probability(above: z), above))
  }

  @Test(arguments: [
    (1e-300, -37.0470962993612), (1e-20, -9.262340089798409), (0.001, -3.090232306167813),
    (0.025, -1.9599639845400545), (0.2, -0.8416212335729142), (0.5, 0.0), (0.75, 0.6744897501960817),
    (0.975, 1.959963984540054), (0.9999, 3.719016485455709), (0.0, -Double.infinity), (1.0, Double.infinity),
  ]) func normalQuantiles(_ share: Double, _ z: Double) {
    // 1 - 0.9999 has lost four digits before it comes here.
    #expect(Self.isClose(NormalDistribution.quantile(share), z, 1e-12))
  }

  /// `scipy.stats.t.ppf(0.5 + level / 2, degrees)`.
  @Test(arguments: [
    (0.95, 1, 12.706204736174694), (0.95, 2, 4.302652729749462), (0.95, 9, 2.262157162798205),
    (0.8, 3, 1.637744353696209), (0.99, 29, 2.756385903670605), (0.95, 200, 1.9718962236339088),
  ]) func studentQuantiles(_ level: Double, _ degrees: Int, _ t: Double) {
    #expect(Self.isClose(StudentDistribution.twoSidedQuantile(level, degrees: degrees), t, 1e-12))
    #expect(Self.isClose(StudentDistribution.probability(within: t, degrees: degrees), level, 1e-12))
  }

  /// The 2.5 and 97.5 percentiles move out to those at Φ(-√(n/(n-1)) · t): with 10 units 0.8551, by
  /// `scipy.stats`.
  @Test func expandedPercentiles() throws {
    let values = (0...10_000).reversed().map { Double($0) }
    let ten = try #require(ExpandedPercentile.interval(of: values, units: 10, level: 0.95))
    #expect((ten.low - 85.51).magnitude < 0.01 && (ten.high - 9914.49).magnitude < 0.01, "\(ten)")
    let many = try #require(ExpandedPercentile.interval(of: values, units: 1_000_000, level: 0.95))
    #expect((many.low - 250).magnitude < 0.1 && (many.high - 9750).magnitude < 0.1, "\(many)")
    #expect(ExpandedPercentile.interval(of: values, units: 1, level: 0.95) == nil)
    #expect(ExpandedPercentile.interval(of: [], units: 5, level: 0.95) == nil)
  }

  /// Streams depend on each part of their name, and draws below a bound come out even.
  @Test func randomNumbersByPlace() {
    let first = CounterRandom(seed: 1, 2, 3, 4)
    #expect(first.bits(7) == CounterRandom(seed: 1, 2, 3, 4).bits(7))
    let others = [
      CounterRandom(seed: 2, 2, 3, 4), CounterRandom(seed: 1, 1, 3, 4), CounterRandom(seed: 1, 2, 4, 3),
      CounterRandom(seed: 1, 3, 2, 4), CounterRandom(seed: 1, 2, 3, 5),
    ]
    #expect(Set(others.map { $0.bits(7) } + [first.bits(7), first.bits(8)]).count == 7)
    var counts = [Int](repeating: 0, count: 6)
    for stream in 0..<600 {
      for index in 0..<UInt64(10) { counts[CounterRandom(seed: 9, 0, 0, UInt64(stream)).below(6, index)] += 1 }
    }
    // 6,000 draws of a die: chi-squared with 5 degrees of freedom is below 20.5 in 999 of 1,000 cases.
    let chiSquared = counts.reduce(0.0) { $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000 }
    #expect(chiSquared < 20.5, "\(counts)")
  }

  @Test(arguments: [
    (3.841458820694124, 1, 0.04999999999999989), (10.83, 1, 0.0009986863791802592), (0.5, 1, 0.47950012218695337),
    (100.0, 1, 1.5239706048320995e-23), (1.0, 2, 0.6065306597126334), (5.99, 2, 0.05003662708658629),
    (3.0, 5, 0.6999858358786276), (30.0, 10, 0.000856641210775301), (1000.0, 950, 0.12656502352653687),
    (2.5, 3, 0.4752910833430205), (0.0, 1, 1.0), (0.0, 4, 1.0),
  ]) func chiSquaredTails(_ x: Double, _ degrees: Int, _ above: Double) {
    #expect(Self.isClose(ChiSquaredDistribution.probability(above: x, degrees: degrees), above, 1e-12))
  }

  @Test(arguments: [
    (0.025, 2.0, 0.05063561596857975), (0.975, 2.0, 7.377758908227871), (0.025, 20.0, 9.590777392264867),
    (0.975, 22.0, 36.78071208403556), (0.001, 1.0, 1.5707971492624921e-06), (0.5, 4.0, 3.3566939800333224),
    (0.999, 200.0, 267.5405278227572), (0.025, 20000.0, 19609.904934520368), (0.975, 200002.0, 201243.48947948776),
    (1e-10, 6.0, 0.0016872211249694534), (0.3, 0.5, 0.010982604948550948), (0.0, 3.0, 0.0),
    (1.0, 3.0, Double.infinity),
  ]) func chiSquaredQuantiles(_ share: Double, _ degrees: Double, _ x: Double) {
    #expect(Self.isClose(ChiSquaredDistribution.quantile(share, degrees: degrees), x, 1e-11))
  }

  @Test(arguments: [
    (0.5, 0.25, 0.5204998778130466, 0.47950012218695337), (3.0, 2.5, 0.45618688411667035, 0.5438131158833297),
    (10.0, 15.0, 0.9301463393005901, 0.06985366069940986), (100.0, 80.0, 0.0171083130351331, 0.9828916869648668),
    (1000.0, 1010.0, 0.6276789447369947, 0.37232105526300524), (0.1, 1e-05, 0.3323984050405032, 0.6676015949594968),
  ]) func gammaProbabilities(_ shape: Double, _ x: Double, _ below: Double, _ above: Double) {
    #expect(Self.isClose(GammaDistribution.probability(below: x, shape: shape), below, 1e-12))
    #expect(Self.isClose(GammaDistribution.probability(above: x, shape: shape), above, 1e-12))
  }

  @Test(arguments: [
    (0.1, 2.252712651734206), (0.5, 0.5723649429247), (2.5, 0.2846828704729192), (10.0, 12.801827480081469),
    (14.9, 24.924132002217277), (100.5, 361.43554046777757), (1e6, 12815504.569147611),
  ]) func logarithmsOfGamma(_ x: Double, _ expected: Double) {
    #expect(Self.isClose(GammaDistribution.logGamma(x), expected))
  }

  @Test func quantilesAreInverses() {
    for share in [1e-12, 0.001, 0.025, 0.3, 0.5, 0.9, 0.99999] {
      for shape in [0.2, 1, 2.5, 17, 300, 1e5] {
        let x = GammaDistribution.quantile(share, shape: shape)
        #expect(Self.isClose(GammaDistribution.probability(below: x, shape: shape), share, 1e-9), "\(share), \(shape)")
      }
    }
  }

  @Test func outsideIsNotANumber() {
    #expect(NormalDistribution.quantile(-0.1).isNaN)
    #expect(GammaDistribution.quantile(1.1, shape: 2).isNaN)
    #expect(GammaDistribution.quantile(0.5, shape: 0).isNaN)
    #expect(GammaDistribution.probability(below: 1, shape: -1).isNaN)
  }
}
