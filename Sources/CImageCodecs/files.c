#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "CImageCodecs.h"

#ifdef O_TMPFILE

int32_t jc_open_unnamed(const char *folder) {
  // Naming goes through /proc; without it the file could never be kept.
  if (access("/proc/self/fd", X_OK) != 0) return -1;
  return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
}

int32_t jc_link_unnamed(int32_t descriptor, const char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", (int)descriptor);
  return linkat(AT_FDCWD, link, AT_FDCWD, path, AT_SYMLINK_FOLLOW);
}

#else

int32_t jc_open_unnamed(const char *folder) {
  (void)folder;
  errno = ENOTSUP;
  return -1;
}

int32_t jc_link_unnamed(int32_t descriptor, const char *path) {
  (void)descriptor;
  (void)path;
  errno = ENOTSUP;
  return -1;
}

#endif
