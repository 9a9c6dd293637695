#include <isa-l/igzip_lib.h>
#include <limits.h>
#include <string.h>
#include <zlib.h>

#include "failure.h"

size_t jc_zlib_bound(size_t count) { return compressBound(count); }

static jc_status check_sizes(size_t count, size_t capacity, jc_failure *failure) {
  if (count <= UINT_MAX && capacity <= UINT_MAX) return JC_OK;
  return jc_fail(failure, JC_MISUSE, "%zu bytes in one piece are too many for zlib", count);
}

static void point(z_stream *stream, const uint8_t *bytes, size_t count, uint8_t *output,
                  size_t capacity) {
  memset(stream, 0, sizeof *stream);
  stream->next_in = (Bytef *)bytes;
  stream->avail_in = (uInt)count;
  stream->next_out = output;
  stream->avail_out = (uInt)capacity;
}

jc_status jc_zlib_compress(const uint8_t *bytes, size_t count, int32_t level, uint8_t *output,
                           size_t capacity, size_t *used, jc_failure *failure) {
  if (check_sizes(count, capacity, failure) != JC_OK) return JC_MISUSE;
  z_stream stream;
  point(&stream, bytes, count, output, capacity);
  if (deflateInit(&stream, level) != Z_OK)
    return jc_fail(failure, JC_NO_MEMORY, "zlib cannot start: no memory");
  int code = deflate(&stream, Z_FINISH);
  *used = capacity - stream.avail_out;
  deflateEnd(&stream);
  return code == Z_STREAM_END ? JC_OK : jc_fail(failure, JC_MISUSE, "zlib returned %d", code);
}

size_t jc_zlib_piece(const uint8_t *bytes, size_t count, int32_t run_length, int32_t last,
                     uint8_t *output, size_t capacity) {
  if (count > UINT_MAX || capacity > UINT_MAX) return 0;
  z_stream stream;
  point(&stream, bytes, count, output, capacity);
  if (deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, run_length ? Z_RLE : Z_HUFFMAN_ONLY) != Z_OK)
    return 0;
  int code = deflate(&stream, last ? Z_FINISH : Z_FULL_FLUSH);
  size_t used = capacity - stream.avail_out;
  deflateEnd(&stream);
  return code == (last ? Z_STREAM_END : Z_OK) ? used : 0;
}

jc_status jc_inflate(const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity,
                     size_t *used, jc_failure *failure) {
  if (check_sizes(count, capacity, failure) != JC_OK) return JC_MISUSE;
  z_stream stream;
  point(&stream, bytes, count, output, capacity);
  if (inflateInit2(&stream, -15) != Z_OK)
    return jc_fail(failure, JC_NO_MEMORY, "zlib cannot start: no memory");
  int code = inflate(&stream, Z_FINISH);
  *used = capacity - stream.avail_out;
  uInt left = stream.avail_in;
  const char *message = stream.msg ? stream.msg : "the stream is cut off or goes on too long";
  jc_status status = JC_OK;
  if (code != Z_STREAM_END || left > 0) status = jc_fail(failure, JC_CORRUPT, "%s", message);
  inflateEnd(&stream);
  return status;
}

uint32_t jc_adler32(uint32_t seed, const uint8_t *bytes, size_t count) {
  return isal_adler32(seed, bytes, count);
}

uint32_t jc_adler32_combine(uint32_t first, uint32_t second, size_t second_count) {
  return (uint32_t)adler32_combine(first, second, (z_off_t)second_count);
}

const char *jc_zlib_version(void) { return zlibVersion(); }
