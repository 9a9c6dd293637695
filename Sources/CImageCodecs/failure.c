#include "failure.h"

#include <stdarg.h>
#include <stdio.h>

jc_status jc_fail(jc_failure *failure, jc_status status, const char *format, ...) {
  failure->system_error = 0;
  failure->byte_offset = -1;
  failure->row = -1;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(failure->message, sizeof failure->message, format, arguments);
  va_end(arguments);
  return status;
}
