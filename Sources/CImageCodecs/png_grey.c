#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"

// The fast way for raw frames: 8-bit grey, not interlaced, nothing but IEND behind the image data. What
// is not exactly so, or damaged, is left to libpng, which knows what to say of it.

static uint32_t big_endian(const uint8_t *p) {
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int is_chunk(const uint8_t *chunk, const char *type) { return memcmp(chunk + 4, type, 4) == 0; }

// The first IDAT or IEND at or after `position`, which is moved there; NULL where there is none whole and
// sound, and where another chunk stands in between though it must not.
static const uint8_t *next_chunk(const uint8_t *bytes, size_t count, size_t *position,
                                 int may_skip) {
  while (count - *position >= 12) {
    const uint8_t *chunk = bytes + *position;
    const size_t length = big_endian(chunk);
    if (length > count - *position - 12) return NULL;
    if (is_chunk(chunk, "IDAT") || is_chunk(chunk, "IEND")) {
      const uint32_t sum = crc32_gzip_refl(0, chunk + 4, length + 4);
      return sum == big_endian(chunk + 8 + length) ? chunk : NULL;
    }
    if (!may_skip) return NULL;
    *position += 12 + length;
  }
  return NULL;
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

// Rows that are inflated at a time: few enough to stay in the cache until their filter is undone.
enum { BATCH_ROWS = 64 };

// Where the rows of a frame go.
struct target {
  size_t width, height, done;
  const uint8_t *zeros;
  uint8_t *rows;
};

// Undoes the filters of whole rows; 0 for a row too many or a filter that does not exist.
static int take(struct target *t, const uint8_t *filtered, size_t count) {
  if (count > t->height - t->done) return 0;
  for (size_t row = 0; row < count; row++, t->done++) {
    uint8_t *out = t->rows + t->done * t->width;
    const uint8_t *line = filtered + row * (t->width + 1);
    if (!unfilter(line[0], line + 1, t->done ? out - t->width : t->zeros, t->width, out)) return 0;
  }
  return 1;
}

// Inflates the data of one chunk and undoes the filters of the rows that become whole; 0 if they are
// damaged or more than the frame has.
static int inflate_chunk(struct inflate_state *state, const uint8_t *data, size_t length,
                         uint8_t *batch, size_t batch_size, struct target *target) {
  const size_t pitch = target->width + 1;
  if (state->block_state == ISAL_BLOCK_FINISH) return length == 0;
  state->next_in = (uint8_t *)(uintptr_t)data;
  state->avail_in = (uint32_t)length;
  int is_full;
  do {
    // More than 0 says what the state says as well: input or room was used up.
    if (isal_inflate(state) < 0) return 0;
    is_full = state->avail_out == 0;
    const size_t held = (size_t)(state->next_out - batch);
    const size_t whole = held / pitch, left = held - whole * pitch;
    if (!take(target, batch, whole)) return 0;
    // The beginning of a row moves to the front.
    memmove(batch, batch + whole * pitch, left);
    state->next_out = batch + left;
    state->avail_out = (uint32_t)(batch_size - left);
  } while (is_full && state->block_state != ISAL_BLOCK_FINISH);
  return state->avail_in == 0;
}

// The data of all chunks; 1 if they are sound and exactly the rows of the frame, and IEND follows.
static int inflate_rows(const uint8_t *bytes, size_t count, struct inflate_state *state,
                        uint8_t *batch, size_t batch_size, struct target *target) {
  size_t position = 8;
  isal_inflate_init(state);
  state->crc_flag = ISAL_ZLIB;
  state->next_out = batch;
  state->avail_out = (uint32_t)batch_size;
  const uint8_t *chunk = next_chunk(bytes, count, &position, 1);
  while (chunk && is_chunk(chunk, "IDAT")) {
    const size_t length = big_endian(chunk);
    if (!inflate_chunk(state, chunk + 8, length, batch, batch_size, target)) return 0;
    position += 12 + length;
    chunk = next_chunk(bytes, count, &position, 0);
  }
  return chunk && big_endian(chunk) == 0 && state->block_state == ISAL_BLOCK_FINISH &&
         target->done == target->height && state->next_out == batch;
}

int32_t jc_png_grey(const uint8_t *bytes, size_t count, uint32_t width, uint32_t height,
                    uint8_t *rows) {
  // Sizes that the inflater counts in 32 bits.
  if (count < 8 || width == 0 || height == 0 || width > UINT32_MAX / (2 * BATCH_ROWS)) return 0;
  const size_t batch_size = ((size_t)width + 1) * BATCH_ROWS;
  struct inflate_state *state = malloc(sizeof *state);
  uint8_t *batch = malloc(batch_size);
  // A row of zeros stands above the first one.
  uint8_t *zeros = calloc(1, width);
  int32_t done = 0;
  if (state && batch && zeros) {
    struct target target = {.width = width, .height = height, .zeros = zeros, .rows = rows};
    done = inflate_rows(bytes, count, state, batch, batch_size, &target);
  }
  free(zeros);
  free(batch);
  free(state);
  return done;
}
