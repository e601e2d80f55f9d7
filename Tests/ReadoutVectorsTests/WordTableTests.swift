import Testing

@testable import ReadoutVectors

/// Numbers of words, the places of numbers and the rows of words, each against a plain version.
struct WordTableTests {
  private static func word(_ random: inout SplitMix64) -> [UInt8] {
    // Lengths around those of a key and of its halves; few letters, so that words come again and share their beginnings.
    let length = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 70].randomElement(using: &random)!
    var word = Array(repeating: UInt8(ascii: "a"), count: length)
    for _ in 0..<2 {
      word[Int.random(in: 0..<length, using: &random)] = UInt8.random(in: 0x61...0x7A, using: &random)
    }
    return word
  }

  @Test(arguments: 0..<10)
  func wordsAreNumberedInTheOrderOfTheirFirstAppearance(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var table = WordTable()
    for round in 0..<2 {
      var known: [[UInt8]: UInt32] = [:]
      for _ in 0..<20 {
        let words = (0..<Int.random(in: 0...900, using: &random)).map { _ in Self.word(&random) }
        let expected = words.map { word in
          let number = known[word] ?? UInt32(known.count)
          known[word] = number
          return number
        }
        if Bool.random(using: &random) {
          #expect(words.map { table.number(of: $0.span) } == expected, "seed \(seed), round \(round)")
        } else {
          // Each word once in the other table, in the order of first appearance.
          var other = WordTable()
          let places = words.map { other.number(of: $0.span) }
          let numbers = table.numbers(of: other)
          #expect(places.map { numbers[Int($0)] } == expected, "seed \(seed), round \(round)")
        }
      }
      let words = table.words()
      #expect(words.count == known.count && table.count == known.count)
      for (word, number) in known { #expect(Array(words.vector(Int(number))) == word) }
      table.removeAll()
      #expect(table.count == 0)
    }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 127, 128, 1000])
  func ranksOfNumbers(limit: Int) {
    var random = SplitMix64(seed: UInt64(limit))
    for share in [0, 1, 3, 10] {
      var numbers = (0..<UInt32(limit)).filter { _ in Int.random(in: 0..<10, using: &random) < share }
      numbers.shuffle(using: &random)
      let ranks = NumberRanks(Vector(numbers), below: limit)
      #expect(Array(ranks.sorted) == numbers.sorted())
      let places = ranks.places(of: Vector(numbers))
      for (number, place) in zip(numbers, places) { #expect(ranks.sorted[Int(place)] == number) }
    }
  }

  @Test(arguments: 0..<20)
  func rowsOfWords(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let wordCount = Int.random(in: 1...300, using: &random)
    let rows = (0..<Int.random(in: 0...200, using: &random)).map { _ in
      (0..<Int.random(in: 0...9, using: &random)).map { _ in UInt32.random(in: 0..<UInt32(wordCount), using: &random) }
    }
    let places = Array(0..<UInt32(wordCount)).shuffled(using: &random)
    var offsets: [UInt32] = [0]
    for row in rows { offsets.append(offsets.last! + UInt32(row.count)) }
    let found = WordRows<UInt16>(Vector(rows.joined()).span, Vector(offsets), Vector(places))
    #expect(Array(found.tokens) == rows.joined().map { UInt16(places[Int($0)]) }, "seed \(seed)")
    for word in 0..<wordCount {
      let place = Int(places[word])
      let own = rows.enumerated().flatMap { row in
        row.element.filter { Int($0) == word }.map { _ in UInt16(row.offset) }
      }
      #expect(Array(found.rows[Int(found.starts[place])..<Int(found.starts[place + 1])]) == own, "seed \(seed)")
    }
  }
}
