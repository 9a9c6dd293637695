#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"

// The fast way for raw frames: 8-bit grey, not interlaced, nothing but IEND behind the image data. What
// is not exactly so, or damaged, is left to libpng, which knows what to say of it.

static uint32_t big_endian(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

// Appends the image data of all IDAT chunks to `data` (which has room for `count` bytes) if their
// checksums are right and IEND follows them; 0 if not.
static size_t gather(const uint8_t *bytes, size_t count, uint8_t *data) {
  size_t position = 8, gathered = 0;
  int has_data = 0;
  while (count - position >= 12) {
    const uint8_t *chunk = bytes + position;
    const size_t length = big_endian(chunk);
    if (length > count - position - 12) return 0;
    const int is_data = memcmp(chunk + 4, "IDAT", 4) == 0;
    if (is_data || memcmp(chunk + 4, "IEND", 4) == 0) {
      if (libdeflate_crc32(0, chunk + 4, length + 4) != big_endian(chunk + 8 + length)) return 0;
      if (!is_data) return length == 0 ? gathered : 0;
      memcpy(data + gathered, chunk + 8, length);
      gathered += length;
      has_data = 1;
    } else if (has_data) {
      return 0;
    }
    position += 12 + length;
  }
  return 0;
}

static uint8_t paeth(int left, int above, int corner) {
  const int guess = left + above - corner;
  const int a = abs(guess - left), b = abs(guess - above), c = abs(guess - corner);
  return (uint8_t)(a <= b && a <= c ? left : b <= c ? above : corner);
}

// Undoes a row's filter (PNG specification, section 9); 0 for a filter that does not exist.
static int unfilter(uint8_t filter, const uint8_t *row, const uint8_t *above, size_t width,
                    uint8_t *out) {
  uint8_t left = 0, corner = 0;
  switch (filter) {
    case 0:
      memcpy(out, row, width);
      return 1;
    case 1:
      for (size_t i = 0; i < width; i++) out[i] = left = (uint8_t)(row[i] + left);
      return 1;
    case 2:
      for (size_t i = 0; i < width; i++) out[i] = (uint8_t)(row[i] + above[i]);
      return 1;
    case 3:
      for (size_t i = 0; i < width; i++)
        out[i] = left = (uint8_t)(row[i] + (left + above[i]) / 2);
      return 1;
    case 4:
      for (size_t i = 0; i < width; i++) {
        out[i] = left = (uint8_t)(row[i] + paeth(left, above[i], corner));
        corner = above[i];
      }
      return 1;
    default:
      return 0;
  }
}

int32_t jc_png_grey(const uint8_t *bytes, size_t count, uint32_t width, uint32_t height,
                    uint8_t *rows) {
  if (count < 8 || width == 0 || height == 0) return 0;
  const size_t pitch = (size_t)width + 1, size = pitch * height;
  // A row of zeros stands above the first one.
  uint8_t *data = malloc(count), *filtered = malloc(size), *zeros = calloc(1, width);
  struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
  int32_t done = 0;
  if (data && filtered && zeros && decompressor) {
    const size_t gathered = gather(bytes, count, data);
    size_t used = 0;
    done = gathered > 0 &&
           libdeflate_zlib_decompress_ex(decompressor, data, gathered, filtered, size, &used,
                                         NULL) == LIBDEFLATE_SUCCESS &&
           used == gathered;
    for (size_t row = 0; done && row < height; row++) {
      const uint8_t *line = filtered + row * pitch;
      done = unfilter(line[0], line + 1, row ? rows + (row - 1) * width : zeros, width,
                      rows + row * width);
    }
  }
  libdeflate_free_decompressor(decompressor);
  free(zeros);
  free(filtered);
  free(data);
  return done;
}
