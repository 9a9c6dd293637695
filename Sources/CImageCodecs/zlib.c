#include <limits.h>
#include <string.h>
#include <zlib.h>

#include "failure.h"

// compressBound is for whole streams; a full flush adds an empty stored block.
size_t jc_deflate_bound(size_t count) { return compressBound(count) + 64; }

static jc_status run(z_stream *stream, const uint8_t *bytes, size_t count, int flush,
                     uint8_t *output, size_t capacity, size_t *used, jc_failure *failure) {
  if (count > UINT_MAX || capacity > UINT_MAX) {
    deflateEnd(stream);
    return jc_fail(failure, JC_MISUSE, "%zu bytes in one piece are too many for zlib", count);
  }
  stream->next_in = (Bytef *)bytes;
  stream->avail_in = (uInt)count;
  stream->next_out = output;
  stream->avail_out = (uInt)capacity;
  int code = deflate(stream, flush);
  int is_done = flush == Z_FINISH ? code == Z_STREAM_END
                                  : code == Z_OK && stream->avail_in == 0 && stream->avail_out > 0;
  *used = capacity - stream->avail_out;
  deflateEnd(stream);
  return is_done ? JC_OK : jc_fail(failure, JC_MISUSE, "zlib returned %d", code);
}

jc_status jc_deflate(const uint8_t *bytes, size_t count, int32_t level, jc_strategy strategy,
                     int32_t is_last, uint8_t *output, size_t capacity, size_t *used,
                     jc_failure *failure) {
  static const int strategies[] = {Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE};
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (deflateInit2(&stream, level, Z_DEFLATED, -15, 9, strategies[strategy & 3]) != Z_OK)
    return jc_fail(failure, JC_NO_MEMORY, "zlib cannot start: no memory");
  return run(&stream, bytes, count, is_last ? Z_FINISH : Z_FULL_FLUSH, output, capacity, used,
             failure);
}

jc_status jc_zlib_compress(const uint8_t *bytes, size_t count, int32_t level, uint8_t *output,
                           size_t capacity, size_t *used, jc_failure *failure) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (deflateInit(&stream, level) != Z_OK)
    return jc_fail(failure, JC_NO_MEMORY, "zlib cannot start: no memory");
  return run(&stream, bytes, count, Z_FINISH, output, capacity, used, failure);
}

uint32_t jc_adler32(uint32_t seed, const uint8_t *bytes, size_t count) {
  return (uint32_t)adler32_z(seed, bytes, count);
}

uint32_t jc_adler32_combine(uint32_t first, uint32_t second, size_t second_count) {
  return (uint32_t)adler32_combine(first, second, (z_off_t)second_count);
}

const char *jc_zlib_version(void) { return zlibVersion(); }
