/// What can stop a run before or while it works. Every message says what, where and what to do.
public enum PipelineError: Error, Hashable, Sendable {
  /// The pipeline file is not there.
  case fileMissing(file: String)
  /// The pipeline file cannot be read.
  case fileUnreadable(file: String, reason: String)
  /// The pipeline file, or an option that changes it, is wrong in one or more places.
  case invalidFile(file: String, problems: [PipelineProblem])
  /// A `--set` option that is not `key=value`, or whose path does not fit the file.
  case invalidOption(option: String, reason: String)
  /// An entry of `frames` names nothing.
  case noFrames(pattern: String, folder: String)
  /// An entry of `kernels` names nothing.
  case noKernels(pattern: String, folder: String)
  /// No label says which body to map, or one that nothing is known of without kernels.
  case noTarget(found: String)
  /// The labels of frames name different bodies, and no pipeline file says which one to map.
  case severalTargets(targets: [String])
  /// `images` speaks of a product that is not among the frames.
  case unknownImage(productID: String, known: [String])
  /// Two of the frames are the same image.
  case sameImageTwice(productID: String)
  /// An image without a single frame or filter.
  case noFramesInImage(productID: String)
  /// The craft's place is to come from a label that does not give it.
  case noLabelPosition(productID: String, target: String)
  /// The craft's place is to come from the label, and nothing is to be fitted.
  case unfittedLabelPosition(productID: String)
  /// A product wants Jupiter's light, and no kernel tells where Jupiter is.
  case noJupiter(productID: String)
  /// Not even one image, or one picture, fits into the memory that the run may use, bytes.
  case memoryTooSmall(least: Int, limit: Int)
  /// A product that is to be written is there already.
  case outputExists(path: String)
  /// The output folder cannot be made or written.
  case outputUnwritable(path: String, reason: String)
  /// The base map of registration cannot be used.
  case badBaseMap(file: String, reason: String)
}

extension PipelineError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .fileMissing(let file):
      "there is no pipeline file '\(file)'; check the path"
    case .fileUnreadable(let file, let reason):
      "the pipeline file '\(file)' cannot be read: \(reason)"
    case .invalidFile(let file, let problems):
      problems.map { $0.message(file: file) }.joined(separator: "\n")
    case .invalidOption(let option, let reason):
      "--set \(option): \(reason)"
    case .noFrames(let pattern, let folder):
      "no frame matches '\(pattern)' (relative to '\(folder)'); "
        + "name a raw PNG, .LBL or .IMG file, a folder or a glob"
    case .noKernels(let pattern, let folder):
      "no kernel matches '\(pattern)' (relative to '\(folder)'); "
        + "name a meta-kernel, a kernel, a folder or a glob"
    case .noTarget(let found):
      "the frames do not say which body to map (TARGET_NAME: \(found)); name one of JUPITER, IO, "
        + "EUROPA, GANYMEDE and CALLISTO, for example --set target=JUPITER"
    case .severalTargets(let targets):
      "the frames show different targets (\(targets.joined(separator: ", "))); run those of each "
        + "target by themselves, or name one with --set target=\(targets.first ?? "JUPITER")"
    case .unknownImage(let productID, let known):
      "'images' speaks of '\(productID)', which is not among the frames"
        + Spelling.hint(for: productID, in: known)
    case .sameImageTwice(let productID):
      "\(productID) is among the frames twice; name it once"
    case .noFramesInImage(let productID):
      "\(productID) holds no frame; leave it out"
    case .noLabelPosition(let productID, let target):
      "the label of \(productID) gives no SPACECRAFT_ALTITUDE, SUB_SPACECRAFT_LATITUDE and "
        + "SUB_SPACECRAFT_LONGITUDE over \(target); load the SPK that covers it, or leave it out"
    case .unfittedLabelPosition(let productID):
      "\(productID) would be placed by its label, which only a fit makes a position of; say "
        + "`registration: auto`, or load the SPK that covers it"
    case .noJupiter(let productID):
      "no kernel tells where Jupiter is for \(productID), which `photometry: two-lights` needs; load "
        + "a planetary or satellite ephemeris that covers it, or make the product `lit`"
    case .memoryTooSmall(let least, let limit):
      "the run needs at least \(least >> 20) MiB of memory for one image and its largest picture, and "
        + "may use \(limit >> 20) MiB; raise --memory, make the products smaller, leave out `jpeg` or "
        + "use `colour: {mode: natural}`"
    case .outputExists(let path):
      "'\(path)' exists; add --force to replace what a run writes, or choose another folder with -o"
    case .outputUnwritable(let path, let reason):
      "cannot write to '\(path)': \(reason); choose another folder with -o"
    case .badBaseMap(let file, let reason):
      "the base map '\(file)' cannot be used: \(reason); give a simple-cylindrical PNG, JPEG or "
        + "TIFF with north up and east to the right"
    }
  }
}
