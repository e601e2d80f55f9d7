/// `import Readout` is all that a program needs: tables, queries and errors come from the engine, reports from the writers.
@_exported public import ReadoutEngine
@_exported public import ReadoutReport
