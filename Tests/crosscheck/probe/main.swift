// Answers questions about kernels, one JSON object a line, so that another program can compare the
// answers with CSPICE's. `{"op": "state", ...}` in, `{"value": [...]}` or `{"error": "..."}` out.

import Foundation

var desk = Desk()
while let line = readLine(strippingNewline: true) {
  guard !line.isEmpty else { continue }
  // Unbuffered: whoever asks waits for the answer.
  FileHandle.standardOutput.write(Data((desk.answer(line) + "\n").utf8))
}
