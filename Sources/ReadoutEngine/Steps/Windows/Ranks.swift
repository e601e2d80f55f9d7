import ReadoutVectors

/// `rank dense_rank row_number`: where a row stands in its partition, from 1.
enum Ranks {
  static let rank = BuiltInWindow(
    "rank", result: "integer",
    "Gives the place of the row in the order of the partition; rows that sort alike share the first of their places."
  ) { _, _ in
    kernel { partition, peers, out in
      for peer in peers { out.append(repeating: Int64(peer.lowerBound - partition.lowerBound + 1), count: peer.count) }
    }
  }

  static let denseRank = BuiltInWindow(
    "dense_rank", result: "integer",
    "Gives the place of the row in the order of the partition; rows that sort alike share one, and none is left out."
  ) { _, _ in
    kernel { _, peers, out in
      for (place, peer) in peers.enumerated() { out.append(repeating: Int64(place + 1), count: peer.count) }
    }
  }

  static let rowNumber = BuiltInWindow(
    "row_number", result: "integer",
    "Numbers the rows of the partition in its order; rows that sort alike are numbered as they stand in the table."
  ) { _, _ in
    WindowKernel(type: .integer) { _, rows in
      var out = MutableVector<Int64>(capacity: rows.count)
      for partition in rows.partitions { for place in 0..<partition.count { out.append(Int64(place + 1)) } }
      return Values(integers: out.freeze())
    }
  }

  /// `peers` are the runs of rows of a partition that sort alike.
  private static func kernel(
    _ body:
      @escaping @Sendable (
        _ partition: Range<Int>, _ peers: [Range<Int>], _ out: inout MutableVector<Int64>
      ) -> Void
  ) -> WindowKernel {
    WindowKernel(type: .integer) { _, rows in
      var out = MutableVector<Int64>(capacity: rows.count)
      let starts = rows.partitioned.peerStarts()
      var run = 0
      for partition in rows.partitions {
        var peers: [Range<Int>] = []
        while run + 1 < starts.count, starts[run] < partition.upperBound {
          peers.append(starts[run]..<starts[run + 1])
          run += 1
        }
        body(partition, peers, &out)
      }
      return Values(integers: out.freeze())
    }
  }
}
