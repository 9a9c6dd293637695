// Feeds the kernel readers with damaged files until one crashes, hangs or eats memory.
//
//   FuzzKernels [TARGET…] [--seconds N] [--seed N] [--save FOLDER] [--replay FILE…]
//
// Without a target all of them run. Input number i of a seed is always the same, so that a finding
// can be made again; it is also saved, by default in Tests/Fuzz/Findings. Best built with the
// address sanitizer (make fuzz). The exit code is 1 if there was any finding.

import Foundation

do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  if let worker = options.worker {
    try Worker(options, worker).run()
  } else if !options.replay.isEmpty {
    try Replay(options).run()
  } else {
    exit(try Supervisor(options).run() == 0 ? 0 : 1)
  }
} catch {
  FileHandle.standardError.write(Data("FuzzKernels: \(error)\n".utf8))
  exit(64)
}
