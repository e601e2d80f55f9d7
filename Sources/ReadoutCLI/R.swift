import ArgumentParser
@main struct R: ParsableCommand {}
