#ifndef JC_FAILURE_H
#define JC_FAILURE_H

#include "CImageCodecs.h"

/// Fills `failure`, whose place is then unknown, and returns `status`.
jc_status jc_fail(jc_failure *failure, jc_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
