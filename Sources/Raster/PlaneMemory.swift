import CRasterKernels

/// How the C library's allocator treats blocks of the size of planes.
public enum PlaneMemory {
  /// Keeps up to 256 MiB of freed planes for the next ones, for the whole process.
  ///
  /// The GNU C library hands large blocks back to the system at once and asks for them again; a program
  /// that works on one plane after the other then spends a sixth of its time on page faults. Elsewhere
  /// nothing is changed.
  public static func keep() { jk_keep_planes() }
}
