@_exported public import struct ReadoutEngine.Asof
// What a program sees with `import Readout`, by name: the modules behind it have more, under names as common as `Argument`
// and `Calendar`.
@_exported public import enum ReadoutEngine.DataType
@_exported public import struct ReadoutEngine.EventPairing
@_exported public import class ReadoutEngine.ExecutionControl
@_exported public import struct ReadoutEngine.ExecutionOptions
@_exported public import class ReadoutEngine.InputFiles
@_exported public import struct ReadoutEngine.Join
@_exported public import struct ReadoutEngine.Query
@_exported public import struct ReadoutEngine.ReadoutError
@_exported public import enum ReadoutEngine.Scalar
@_exported public import struct ReadoutEngine.Study
@_exported public import struct ReadoutEngine.Table
@_exported public import struct ReadoutEngine.TimeDistance
@_exported public import struct ReadoutIngest.FileLayout
@_exported public import struct ReadoutIngest.LoadedTable
@_exported public import struct ReadoutIngest.ReadingOptions
@_exported public import enum ReadoutIngest.RecordFormat
@_exported public import enum ReadoutIngest.TextEncoding
@_exported public import protocol ReadoutReport.ByteSink
@_exported public import struct ReadoutReport.Report
@_exported public import enum ReadoutReport.ReportFormat
@_exported public import struct ReadoutReport.ReportOptions
