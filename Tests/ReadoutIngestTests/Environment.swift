import Foundation

/// The variables the tests were started with.
let environment = ProcessInfo.processInfo.environment
