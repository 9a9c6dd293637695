#include "CRasterKernels.h"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

void jk_keep_planes(void) {
#if defined(__GLIBC__)
  // The largest threshold that the library takes.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}
