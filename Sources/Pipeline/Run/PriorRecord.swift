import Registration

/// What a fit took for granted, for the manifest.
struct PriorRecord: Encodable {
  /// Kernels that place the image; absent where a label or the picture itself does.
  var kernels: KernelTrust
  /// One sigma of each prior by its name in the pipeline file; 0: not fitted.
  var sigmas: [String: Double]

  init(trust: KernelTrust, priors: RegistrationPriors) {
    kernels = trust
    sigmas = PriorSettings.values(of: priors)
  }
}
