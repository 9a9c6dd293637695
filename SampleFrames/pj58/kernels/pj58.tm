KPL/MK

All kernels of a simulated flyby; load it from its own folder.

\begindata

PATH_VALUES     = ( '.' )
PATH_SYMBOLS    = ( 'K' )
KERNELS_TO_LOAD = (
  '$K/leapseconds.tls'
  '$K/clock.tsc'
  '$K/bodies.tpc'
  '$K/frames.tf'
  '$K/junocam.ti'
  '$K/pj58.bsp'
  '$K/pj58.bc'
)

\begintext
