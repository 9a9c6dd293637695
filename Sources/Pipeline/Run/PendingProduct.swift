import Photometry
import Products

/// A product whose measurement has been written, and whose pictures wait for the run's tone.
struct PendingProduct: Sendable {
  var description: ProductDescription
  var measurements: [ProductRecord]
  var backplanes: [ProductRecord] = []
  /// Formats of the pictures to be made.
  var pictures: [ProductFormat]
  /// Its codes; nil where no picture is wanted.
  var slot: PlaneStore.Slot?
  /// Codes of the pixels' noise on the scale of `sigma`, one for each pixel; nil where it does not matter.
  var noise: PlaneStore.Slot?
}
