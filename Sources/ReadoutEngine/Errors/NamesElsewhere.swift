/// What the functions and constants of other tools are called here: SQL, pandas, Polars, dplyr and spreadsheets.
enum NamesElsewhere {
  static let functions = [
    "average": "mean", "avg": "mean", "std": "stddev", "stdev": "stddev", "sd": "stddev", "var": "variance",
    "nunique": "distinct", "n_distinct": "distinct", "n_unique": "distinct", "count_distinct": "distinct", "n": "count",
    "len": "length", "nchar": "length", "strlen": "length", "substr": "sub", "substring": "sub", "date_trunc": "bucket",
    "percentile": "quantile", "ifelse": "if_", "if_else": "if_", "iff": "if_", "ln": "log", "dayofweek": "weekday",
    "regexp_matches": "matches", "regexp_extract": "extract", "string_split": "split", "strip": "trim",
  ]

  private static let constants = [
    "null": "nil", "none": "nil", "na": "nil", "undefined": "nil", "true": "true", "false": "false",
  ]

  /// `here it is written nil`, for a constant that was taken for a column; nil for names that no other tool has.
  static func hint(forColumn name: String) -> String? {
    constants[name.lowercased()].map { "here it is written \($0)" }
  }

  /// `here it is called mean`; nil for names that no other tool has.
  static func hint(forFunction name: String) -> String? {
    functions[name.lowercased()].map { "here it is called \($0)" }
  }
}
