// Runs this project's kernels on arrays that another program wrote, one command a line, and answers
// with the seconds that each run took, so that both programs can take turns on the same arrays.

import Foundation

var bench = Bench()
while let line = readLine(strippingNewline: true) {
  let answer: String
  do { answer = try bench.answer(line.split(separator: " ").map(String.init)) } catch {
    answer = "error: \(error)"
  }
  // Unbuffered: whoever asks waits for the answer.
  FileHandle.standardOutput.write(Data((answer + "\n").utf8))
}
