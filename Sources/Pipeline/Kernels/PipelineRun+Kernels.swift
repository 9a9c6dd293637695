import Foundation
import JunoCam
import SPICE

extension PipelineRun {
  /// The plan of the run's kernels if they do not cover all of its frames, nil if they do: what to
  /// tell when a run could not begin. No pixel is touched.
  ///
  /// - Throws: as `plan()`; `SPICEError` for an unknown target.
  public func missingKernels() throws -> KernelPlan? {
    let plan = try plan()
    let specification = file.specification
    let labels = plan.frames.compactMap {
      try? JunoCamProduct.open($0, metadata: plan.metadata).label
    }.filter { label in
      specification.images[label.productID.description]?.exclude != true && label.frameCount > 0
    }
    let planner = KernelPlanner(
      labels: labels, target: specification.target,
      options: specification.geometry.options(for: ImageOverride()))
    let kernels = try planner.plan(try KernelSurvey(plan.kernels.map(\.path)))
    return kernels.isComplete ? nil : kernels
  }
}
