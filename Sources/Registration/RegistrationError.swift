/// What can go wrong in registration. Data that cannot decide are no error: they lead to a verdict.
public enum RegistrationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The normal equations have no solution.
  case singular(unknowns: [String])
  /// An image has no frame of the filter, or planes of another shape than a framelet.
  case badFramelet(image: String, frame: Int, filter: String, found: String)
  /// No CK covers the image, and it does not show how the camera was turned.
  case noAttitude(image: String, reason: String)
  /// No SPK covers the image, and it does not show where the craft was.
  case noPosition(image: String, reason: String)

  public var description: String {
    switch self {
    case .singular(let unknowns):
      "registration: the equations for \(unknowns.joined(separator: ", ")) have no solution; "
        + "give each unknown a finite prior sigma above 0"
    case .badFramelet(let image, let frame, let filter, let found):
      "registration of \(image): framelet \(filter) of frame \(frame) has \(found), "
        + "needed are 128 × 1648 samples"
    case .noAttitude(let image, let reason):
      "no CK covers \(image), and the image does not show how the camera was turned: \(reason); "
        + "add the CK of its date to the kernels"
    case .noPosition(let image, let reason):
      "\(image) is to be placed by its label, and limb and ground do not show where the craft was: "
        + "\(reason); add the SPK of its date to the kernels"
    }
  }
}
