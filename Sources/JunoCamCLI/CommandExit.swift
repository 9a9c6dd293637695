import ArgumentParser
import Foundation
import Gallery
import ImageFormats
import JunoCam
import PlanetaryLabels
import Pipeline
import Products
import SPICE
import Simulation
import ZipArchives

/// Exit codes by kind of failure, after BSD's sysexits.
enum CommandExit: Int32 {
  case done = 0
  case someFailed = 1
  case usage = 64
  case badData = 65
  case missingInput = 66
  case inputOutput = 74
  case interrupted = 130

  /// The code that fits an error of any of the program's parts.
  init(for error: any Error) {
    self =
      switch error {
      case is CancellationError: .interrupted
      case let error as PipelineError: Self.code(error)
      case let error as ProductsError: Self.code(error)
      case let error as GalleryError: Self.code(error)
      case let error as ImageFormatError: Self.code(error)
      case let error as JunoCamError: Self.code(error)
      case let error as ZipError: Self.code(error)
      case let error as SPICEError: Self.code(error)
      case let error as FetchError: Self.code(error)
      case let error as SimulationError: Self.code(error)
      case let error as ImageFailure: CommandExit(for: error.error)
      default: .badData
      }
  }

  /// Prints the message of an error to standard error and ends the process with its code.
  static func leave(with error: any Error) -> Never {
    if let code = error as? ExitCode { exit(code.rawValue) }
    let code = JunoCamCommand.exitCode(for: error)
    // Help, version and usage errors are ArgumentParser's own; it knows how to print them.
    if code != .failure || error is CleanExit || error is ValidationError {
      JunoCamCommand.exit(withError: error)
    }
    Terminal.error("\(error)")
    exit(CommandExit(for: error).rawValue)
  }

  private static func code(_ error: PipelineError) -> CommandExit {
    switch error {
    case .fileMissing, .noFrames, .noKernels, .noJupiter, .noLabelPosition: .missingInput
    case .invalidOption, .memoryTooSmall: .usage
    case .fileUnreadable, .outputExists, .outputUnwritable: .inputOutput
    case .invalidFile(_, let problems):
      problems.allSatisfy { $0.option != nil } ? .usage : .badData
    case .unknownImage, .noTarget, .severalTargets, .sameImageTwice, .noFramesInImage, .badBaseMap,
      .unfittedLabelPosition:
      .badData
    }
  }

  private static func code(_ error: ProductsError) -> CommandExit {
    switch error {
    case .manifestUnreadable(let path, _):
      FileManager.default.fileExists(atPath: path) ? .badData : .missingInput
    case .manifestSchema: .badData
    case .inputUnreadable: .inputOutput
    }
  }

  private static func code(_ error: GalleryError) -> CommandExit {
    switch error {
    case .template, .outsideRun: .badData
    case .notWritten: .inputOutput
    }
  }

  private static func code(_ error: ImageFormatError) -> CommandExit {
    switch error {
    case .unreadable, .notWritten, .exists: .inputOutput
    default: .badData
    }
  }

  private static func code(_ error: JunoCamError) -> CommandExit {
    switch error {
    case .noSuchFile, .noMetadata, .noImage, .emptyFolder, .noFrameInArchive, .metadataAlone:
      .missingInput
    case .outsideImage: .usage
    case .unreadable: .inputOutput
    default: .badData
    }
  }

  private static func code(_ error: ZipError) -> CommandExit {
    switch error {
    case .unreadable(let archive, _):
      FileManager.default.fileExists(atPath: archive) ? .inputOutput : .missingInput
    case .noEntry: .missingInput
    default: .badData
    }
  }

  private static func code(_ error: FetchError) -> CommandExit {
    switch error {
    case .badAddress: .usage
    case .notFound: .missingInput
    case .notAKernel, .wrongLength: .badData
    default: .inputOutput
    }
  }

  private static func code(_ error: SimulationError) -> CommandExit {
    switch error {
    case .notRead(let path, _):
      FileManager.default.fileExists(atPath: path) ? .badData : .missingInput
    case .outputExists, .notWritten: .inputOutput
    case .unknownProduct: .usage
    case .unknownTarget, .notMade, .badScene: .badData
    }
  }

  private static func code(_ error: SPICEError) -> CommandExit {
    switch error {
    case .cannotRead, .cannotWrite: .inputOutput
    case .missingFile, .missingVariable, .noEphemeris, .noPointing, .unconnectedBodies,
      .unconnectedFrames, .unknownFrame:
      .missingInput
    default: .badData
    }
  }
}
