/// Binary search in many ascending runs at once.
extension Vector where Element == Int64 {
  /// For each target the first place in `from[i]..<to[i]`, whose elements ascend, with an element that is not below it
  /// (above it, with `beyond`); `to[i]` where there is none. O(log run) each, without branches on the elements.
  public func places(
    of targets: Vector<Int64>, from: Vector<UInt32>, to: Vector<UInt32>, beyond: Bool
  ) -> Vector<UInt32> {
    precondition(from.count == targets.count && to.count == targets.count, "vectors of different lengths")
    precondition(from.allBelow(count + 1) && to.allBelow(count + 1), "run out of range")
    let element = unsafe base
    let target = unsafe targets.base
    let (start, end) = unsafe (from.base, to.base)
    return Vector<UInt32>(count: targets.count) { row in
      // Sound: `low..<low + size` stays inside the run, which was checked against the elements.
      let wanted = unsafe target[row]
      var low = unsafe Int(start[row])
      var size = unsafe Int(end[row]) &- low
      while size > 0 {
        let half = size >> 1
        let found = unsafe element[low &+ half]
        let isBefore = beyond ? found <= wanted : found < wanted
        low = isBefore ? low &+ half &+ 1 : low
        size = isBefore ? size &- half &- 1 : half
      }
      return UInt32(truncatingIfNeeded: low)
    }
  }
}
