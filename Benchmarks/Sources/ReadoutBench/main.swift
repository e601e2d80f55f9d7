import Foundation

var server = Server()
let encoder = JSONEncoder()
while let line = readLine() {
  var reply = try encoder.encode(server.reply(to: line))
  reply.append(0x0A)
  try FileHandle.standardOutput.write(contentsOf: reply)
}
