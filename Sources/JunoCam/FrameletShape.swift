/// Fixed sizes of a full-resolution JunoCam framelet (EDR/RDR SIS; IK note 1).
public enum FrameletShape {
  /// Detector rows of a framelet.
  public static let rows = 128
  /// Columns of a line, masked columns included.
  public static let columns = 1648
  /// Columns that see light; those on either side are masked or isolation columns.
  public static let photoactiveColumns = 23..<1631
}
