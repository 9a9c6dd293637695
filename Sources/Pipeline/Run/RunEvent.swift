import Products

/// What happens while a run works, for whoever shows progress. Events come from several threads.
public enum RunEvent: Sendable {
  /// Frames were found and kernels loaded; that many steps lie ahead.
  case started(images: Int, steps: Int)
  /// One more step is done: what it was.
  case step(String)
  /// An image is in work.
  case image(String)
  /// An image could not be used.
  case failed(ImageFailure)
  /// Something should be known about an image.
  case note(image: String, text: String)
  /// Where a part of what the run knows comes from: a kernel, built-in numbers, the label, the image.
  case source(String)
  /// A file has got its name; the path is relative to the output folder.
  case wrote(path: String, bytes: Int)
}

/// Receives the events of a run.
public typealias RunReporter = @Sendable (RunEvent) -> Void

/// An image that could not be used.
public struct ImageFailure: Error, Sendable {
  /// Product identifier, or the file's name where there is no identifier.
  public var image: String
  /// What was being done.
  public var stage: RunStage
  public var error: any Error

  /// The same for the manifest. Paths are cut to names: a manifest does not know its place.
  var record: FailureRecord {
    FailureRecord(
      image: image, stage: stage.rawValue, reason: PathFreeText.text("\(error)"))
  }
}

/// The steps that an image goes through.
public enum RunStage: String, Sendable {
  case open, locate, decode, calibrate, register, project, write
}

/// Images that the kernels do not locate: the run did not begin, and no pixel was touched.
/// `PipelineRun.missingKernels()` tells which kernels would.
public struct UncoveredImages: Error, Sendable {
  public var failures: [ImageFailure]
}

/// A run of which no image could be used.
public struct NoUsableImage: Error, Sendable {
  public var failures: [ImageFailure]
}

/// Cuts absolute paths in a message down to file names, so that the text does not depend on where
/// a run was made.
enum PathFreeText {
  static func text(_ message: String) -> String {
    message.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let bare = word.drop { "'\"(".contains($0) }
      guard bare.hasPrefix("/"), let slash = word.lastIndex(of: "/") else { return String(word) }
      let lead = word.prefix(word.count - bare.count)
      return String(lead) + word[word.index(after: slash)...]
    }.joined(separator: " ")
  }
}
