/// The constants of the built-in layer, in the form of NAIF's text kernels.
///
/// Source of the numbers: NAIF's public kernels, as each part names them. A test holds every value
/// against the kernels themselves.
enum AlmanacTexts {
  /// naif0012.tls. No leap second has followed that of 2016-12-31.
  static let leapSeconds = #"""
    \begindata
    DELTET/DELTA_T_A = 32.184
    DELTET/K         = 1.657D-3
    DELTET/EB        = 1.671D-2
    DELTET/M         = ( 6.239996D0 1.99096871D-7 )
    DELTET/DELTA_AT  = ( 32, @1999-JAN-1, 33, @2006-JAN-1, 34, @2009-JAN-1,
                         35, @2012-JUL-1, 36, @2015-JUL-1, 37, @2017-JAN-1 )
    \begintext
    """#

  /// pck00011.tpc (the same in pck00010.tpc): radii and rotations of the Report of the IAU Working
  /// Group on Cartographic Coordinates and Rotational Elements, 2009 and 2015.
  static let bodies = #"""
    \begindata
    BODY599_RADII = ( 71492 71492 66854 )
    BODY501_RADII = ( 1829.4 1819.4 1815.7 )
    BODY502_RADII = ( 1562.6 1560.3 1559.5 )
    BODY503_RADII = ( 2631.2 2631.2 2631.2 )
    BODY504_RADII = ( 2410.3 2410.3 2410.3 )
    BODY5_NUT_PREC_ANGLES = (  73.32      91472.9      24.62      45137.2    283.90       4850.7
                              355.80       1191.3     119.90        262.1    229.80         64.3
                              352.25       2382.6     113.35       6070.0    146.64     182945.8
                               49.24      90274.4      99.360714   4850.4046 175.895369   1191.9605
                              300.323162    262.5475  114.012305   6070.2476  49.511251     64.3 )
    BODY599_POLE_RA  = ( 268.056595 -0.006499 0 )
    BODY599_POLE_DEC = (  64.495303  0.002413 0 )
    BODY599_PM       = ( 284.95 870.536 0 )
    BODY599_NUT_PREC_RA  = ( 0 0 0 0 0 0 0 0 0 0 0.000117 0.000938 0.001432  0.000030 0.002150 )
    BODY599_NUT_PREC_DEC = ( 0 0 0 0 0 0 0 0 0 0 0.000050 0.000404 0.000617 -0.000013 0.000926 )
    BODY599_NUT_PREC_PM  = ( 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 )
    BODY501_POLE_RA  = ( 268.05 -0.009 0 )
    BODY501_POLE_DEC = (  64.50  0.003 0 )
    BODY501_PM       = ( 200.39 203.4889538 0 )
    BODY501_NUT_PREC_RA  = ( 0 0  0.094  0.024 )
    BODY501_NUT_PREC_DEC = ( 0 0  0.040  0.011 )
    BODY501_NUT_PREC_PM  = ( 0 0 -0.085 -0.022 )
    BODY502_POLE_RA  = ( 268.08 -0.009 0 )
    BODY502_POLE_DEC = (  64.51  0.003 0 )
    BODY502_PM       = ( 36.022 101.3747235 0 )
    BODY502_NUT_PREC_RA  = ( 0 0 0  1.086  0.060  0.015  0.009 )
    BODY502_NUT_PREC_DEC = ( 0 0 0  0.468  0.026  0.007  0.002 )
    BODY502_NUT_PREC_PM  = ( 0 0 0 -0.980 -0.054 -0.014 -0.008 )
    BODY503_POLE_RA  = ( 268.20 -0.009 0 )
    BODY503_POLE_DEC = (  64.57  0.003 0 )
    BODY503_PM       = ( 44.064 50.3176081 0 )
    BODY503_NUT_PREC_RA  = ( 0 0 0 -0.037  0.431  0.091 )
    BODY503_NUT_PREC_DEC = ( 0 0 0 -0.016  0.186  0.039 )
    BODY503_NUT_PREC_PM  = ( 0 0 0  0.033 -0.389 -0.082 )
    BODY504_POLE_RA  = ( 268.72 -0.009 0 )
    BODY504_POLE_DEC = (  64.83  0.003 0 )
    BODY504_PM       = ( 259.51 21.5710715 0 )
    BODY504_NUT_PREC_RA  = ( 0 0 0 0 -0.068  0.590 0  0.010 )
    BODY504_NUT_PREC_DEC = ( 0 0 0 0 -0.029  0.254 0 -0.004 )
    BODY504_NUT_PREC_PM  = ( 0 0 0 0  0.061 -0.533 0 -0.009 )
    \begintext
    """#

  /// juno_v12.tf: the spacecraft's frame and the two of JunoCam.
  static let frames = #"""
    \begindata
    FRAME_JUNO_SPACECRAFT    = -61000
    FRAME_-61000_NAME        = 'JUNO_SPACECRAFT'
    FRAME_-61000_CLASS       = 3
    FRAME_-61000_CLASS_ID    = -61000
    FRAME_-61000_CENTER      = -61
    CK_-61000_SCLK           = -61
    CK_-61000_SPK            = -61
    FRAME_JUNO_JUNOCAM_CUBE  = -61505
    FRAME_-61505_NAME        = 'JUNO_JUNOCAM_CUBE'
    FRAME_-61505_CLASS       = 4
    FRAME_-61505_CLASS_ID    = -61505
    FRAME_-61505_CENTER      = -61
    TKFRAME_-61505_SPEC      = 'MATRIX'
    TKFRAME_-61505_RELATIVE  = 'JUNO_SPACECRAFT'
    TKFRAME_-61505_MATRIX    = ( -0.0059163 -0.0142817 -0.9998805
                                  0.0023828 -0.9998954  0.0142678
                                 -0.9999797 -0.0022981  0.0059497 )
    FRAME_JUNO_JUNOCAM       = -61500
    FRAME_-61500_NAME        = 'JUNO_JUNOCAM'
    FRAME_-61500_CLASS       = 4
    FRAME_-61500_CLASS_ID    = -61500
    FRAME_-61500_CENTER      = -61
    TKFRAME_-61500_SPEC      = 'ANGLES'
    TKFRAME_-61500_RELATIVE  = 'JUNO_JUNOCAM_CUBE'
    TKFRAME_-61500_ANGLES    = ( 0.69 -0.469 0.583 )
    TKFRAME_-61500_AXES      = ( 3 2 1 )
    TKFRAME_-61500_UNITS     = 'DEGREES'
    \begintext
    """#
}
