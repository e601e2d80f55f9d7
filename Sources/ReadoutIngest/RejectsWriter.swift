/// The text of `rejects.csv`.
public enum RejectsWriter {
  /// RFC 4180 with the header `file,line,byte,column,value,reason,action`; LF line ends.
  public static func csv(_ rejects: [Reject]) -> String {
    var text = "file,line,byte,column,value,reason,action\n"
    for reject in rejects {
      let fields = [
        reject.file, String(reject.line), String(reject.byte), reject.column ?? "", reject.value, reject.reason,
        reject.action.rawValue,
      ]
      text += fields.map(quoted).joined(separator: ",") + "\n"
    }
    return text
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return field }
    var text = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { text += "\"\"" } else { text.unicodeScalars.append(scalar) }
    }
    return text + "\""
  }
}
