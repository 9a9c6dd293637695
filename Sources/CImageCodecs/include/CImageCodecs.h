/// Plain C entry points to libpng, libjpeg-turbo, libtiff and zlib.
///
/// libpng and libjpeg report errors with longjmp. Every jump starts and ends inside one function of
/// this target, so that no Swift frame is ever jumped over: each entry point returns a `jc_status`
/// and fills a `jc_failure`. No entry point touches global state; handles may be used by one thread
/// at a time, different handles by different threads.
#ifndef CIMAGECODECS_H
#define CIMAGECODECS_H

#include <stddef.h>
#include <stdint.h>

typedef enum jc_status {
  JC_OK = 0,
  JC_NOT_THIS_FORMAT,
  JC_CORRUPT,
  JC_TOO_LARGE,
  JC_UNSUPPORTED,
  JC_NO_MEMORY,
  JC_SINK_FAILED,
  JC_MISUSE,
} jc_status;

/// What went wrong. Offsets and rows are -1 where they are not known.
typedef struct jc_failure {
  int32_t system_error;
  int64_t byte_offset;
  int64_t row;
  char message[256];
} jc_failure;

/// Receives encoded bytes; returns 0 or an errno value.
typedef int32_t (*jc_write_function)(void *context, const uint8_t *bytes, size_t count);

typedef struct jc_sink {
  jc_write_function write;
  void *context;
} jc_sink;

/// Largest image a reader accepts; checked before anything is allocated.
typedef struct jc_limits {
  uint32_t width;
  uint32_t height;
  uint64_t image_bytes;
  uint64_t chunk_bytes;
} jc_limits;

/// A keyword and its UTF-8 text, both terminated by NUL.
typedef struct jc_text {
  const char *keyword;
  const char *value;
} jc_text;

// MARK: Files

/// Opens a file in `folder` that has no name until `jc_link_unnamed`; -1 and errno where the system
/// or the file system cannot.
int32_t jc_open_unnamed(const char *folder);
/// Gives the file its first name, which must be free; -1 and errno on failure.
int32_t jc_link_unnamed(int32_t descriptor, const char *path);

// MARK: PNG

typedef struct jc_png_reader jc_png_reader;

/// The IHDR fields, and the layout that `jc_png_reader_image` delivers.
typedef struct jc_png_header {
  uint32_t width;
  uint32_t height;
  int32_t bit_depth;
  int32_t colour_type;
  int32_t interlaced;
  int32_t output_channels;
  int32_t output_bits;
  uint64_t output_row_bytes;
} jc_png_header;

/// Reads everything before the image data. `bytes` must outlive the reader.
jc_status jc_png_reader_open(const uint8_t *bytes, size_t count, const jc_limits *limits,
                             jc_png_reader **reader, jc_png_header *header, jc_failure *failure);

/// Reads all rows (16-bit samples in native order) into `rows`, `stride` bytes apart, then the
/// chunks behind the image data. Palettes become RGB, fewer than 8 bits become 8, tRNS alpha.
jc_status jc_png_reader_image(jc_png_reader *reader, uint8_t *rows, size_t stride,
                              jc_failure *failure);

/// Decodes a whole 8-bit grey file without interlacing into rows of `width` bytes, at several times
/// libpng's speed. Not 0 if it is done; 0 leaves `rows` undefined: the file is not of the plainest kind
/// or damaged, and libpng must look at it.
int32_t jc_png_grey(const uint8_t *bytes, size_t count, uint32_t width, uint32_t height,
                    uint8_t *rows);

int32_t jc_png_reader_text_count(const jc_png_reader *reader);
jc_text jc_png_reader_text(const jc_png_reader *reader, int32_t index);
void jc_png_reader_close(jc_png_reader *reader);

typedef struct jc_png_writer jc_png_writer;

/// What stands before the image data. Fields that are 0 or NULL write no chunk.
typedef struct jc_png_layout {
  uint32_t width;
  uint32_t height;
  int32_t bit_depth;
  int32_t colour_type;
  int32_t is_srgb;
  /// Encoding exponent times 100 000.
  int32_t gamma;
  /// White x, y, red x, y, green x, y, blue x, y, times 100 000.
  int32_t chromaticities[8];
  const char *profile_name;
  const uint8_t *profile;
  uint32_t profile_count;
  int32_t has_cicp;
  uint8_t cicp[4];
  const jc_text *texts;
  int32_t text_count;
} jc_png_layout;

/// Writes the signature, IHDR and all ancillary chunks.
jc_status jc_png_writer_open(const jc_png_layout *layout, jc_sink sink, jc_png_writer **writer,
                             jc_failure *failure);
/// Writes one chunk of image data.
jc_status jc_png_writer_data(jc_png_writer *writer, const uint8_t *bytes, size_t count,
                             jc_failure *failure);
/// Writes IEND.
jc_status jc_png_writer_finish(jc_png_writer *writer, jc_failure *failure);
void jc_png_writer_close(jc_png_writer *writer);

const char *jc_png_version(void);

// MARK: JPEG

typedef struct jc_jpeg_reader jc_jpeg_reader;

typedef struct jc_jpeg_header {
  uint32_t width;
  uint32_t height;
  /// 1 grey or 3 RGB, as delivered.
  int32_t channels;
  int32_t progressive;
} jc_jpeg_header;

/// Reads everything before the first scan. `bytes` must outlive the reader.
jc_status jc_jpeg_reader_open(const uint8_t *bytes, size_t count, const jc_limits *limits,
                              jc_jpeg_reader **reader, jc_jpeg_header *header,
                              jc_failure *failure);
/// Decodes the next `count` rows, `stride` bytes apart; no more than the image has.
jc_status jc_jpeg_reader_rows(jc_jpeg_reader *reader, uint8_t *rows, size_t stride, uint32_t count,
                              jc_failure *failure);
void jc_jpeg_reader_close(jc_jpeg_reader *reader);

typedef struct jc_jpeg_writer jc_jpeg_writer;

/// The content of an application or comment segment, at most 65 533 bytes.
typedef struct jc_jpeg_segment {
  int32_t marker;
  const uint8_t *bytes;
  uint32_t count;
} jc_jpeg_segment;

typedef struct jc_jpeg_layout {
  uint32_t width;
  uint32_t height;
  /// 1 grey or 3 RGB.
  int32_t channels;
  int32_t quality;
  /// 1 for 4:4:4, 2 for 4:2:0.
  int32_t chroma_step;
  int32_t progressive;
  const jc_jpeg_segment *segments;
  int32_t segment_count;
} jc_jpeg_layout;

jc_status jc_jpeg_writer_open(const jc_jpeg_layout *layout, jc_sink sink, jc_jpeg_writer **writer,
                              jc_failure *failure);
/// Takes `count` whole rows that follow one another.
jc_status jc_jpeg_writer_rows(jc_jpeg_writer *writer, const uint8_t *rows, uint32_t count,
                              jc_failure *failure);
jc_status jc_jpeg_writer_finish(jc_jpeg_writer *writer, jc_failure *failure);
void jc_jpeg_writer_close(jc_jpeg_writer *writer);

/// The version of the library's interface and, for libjpeg-turbo, its own.
const char *jc_jpeg_version(void);

// MARK: TIFF

typedef struct jc_tiff_reader jc_tiff_reader;

typedef struct jc_tiff_header {
  uint32_t width;
  uint32_t height;
  uint32_t bands;
  /// Bytes per sample: 1 or 2 unsigned, 4 float.
  uint32_t sample_bytes;
} jc_tiff_header;

/// Reads the first directory. `bytes` must outlive the reader.
jc_status jc_tiff_reader_open(const uint8_t *bytes, size_t count, const jc_limits *limits,
                              jc_tiff_reader **reader, jc_tiff_header *header,
                              jc_failure *failure);
/// Decodes all rows, samples interleaved and in native byte order.
jc_status jc_tiff_reader_image(jc_tiff_reader *reader, uint8_t *rows, jc_failure *failure);
/// The doubles of a tag, NULL where it is absent or of another type.
const double *jc_tiff_reader_doubles(jc_tiff_reader *reader, uint32_t tag, size_t *count);
/// The shorts of a tag, NULL where it is absent or of another type.
const uint16_t *jc_tiff_reader_shorts(jc_tiff_reader *reader, uint32_t tag, size_t *count);
/// The text of a tag, NULL where it is absent or of another type; not always ended by NUL.
const char *jc_tiff_reader_text(jc_tiff_reader *reader, uint32_t tag, size_t *count);
void jc_tiff_reader_close(jc_tiff_reader *reader);

typedef struct jc_tiff_writer jc_tiff_writer;

/// The values of a tag: one of the pointers is set. Texts end with NUL, which `count` includes.
typedef struct jc_tiff_field {
  uint32_t tag;
  uint32_t count;
  const double *doubles;
  const uint16_t *shorts;
  const char *text;
} jc_tiff_field;

typedef struct jc_tiff_layout {
  uint32_t width;
  uint32_t height;
  uint32_t bands;
  /// Bytes per sample: 1 or 2 unsigned, 4 float.
  uint32_t sample_bytes;
  uint32_t tile;
  /// Bands in separate tiles.
  int32_t planar;
  /// Three bands that are colours.
  int32_t is_rgb;
  /// 64-bit offsets.
  int32_t big;
  const uint8_t *profile;
  uint32_t profile_count;
  const jc_tiff_field *fields;
  int32_t field_count;
} jc_tiff_layout;

/// Begins a tiled, DEFLATE-compressed file with predictor at the start of an empty, open file, which
/// the caller closes after `jc_tiff_writer_finish` or `jc_tiff_writer_close`.
jc_status jc_tiff_writer_open(const jc_tiff_layout *layout, int32_t descriptor,
                              jc_tiff_writer **writer, jc_failure *failure);
/// Writes one tile that is compressed already, with the predictor of the layout: horizontal for
/// integers, floating point for floats; little-endian.
jc_status jc_tiff_writer_tile(jc_tiff_writer *writer, uint32_t index, const uint8_t *bytes,
                              size_t count, jc_failure *failure);
/// Writes the directory; the descriptor is not used any more.
jc_status jc_tiff_writer_finish(jc_tiff_writer *writer, jc_failure *failure);
void jc_tiff_writer_close(jc_tiff_writer *writer);

const char *jc_tiff_version(void);

// MARK: zlib

/// Most bytes that `jc_zlib_compress` may write for `count` bytes.
size_t jc_zlib_bound(size_t count);

/// A whole zlib stream in one call.
jc_status jc_zlib_compress(const uint8_t *bytes, size_t count, int32_t level, uint8_t *output,
                           size_t capacity, size_t *used, jc_failure *failure);

/// Decodes a whole raw DEFLATE stream in one call; bytes behind its end are an error.
jc_status jc_inflate(const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity,
                     size_t *used, jc_failure *failure);

/// A piece of a raw DEFLATE stream: Huffman codes alone, or runs as well; ended by a full flush, or the
/// stream's end. Returns the bytes written, 0 if there is no memory or no room.
size_t jc_zlib_piece(const uint8_t *bytes, size_t count, int32_t run_length, int32_t last,
                     uint8_t *output, size_t capacity);

uint32_t jc_adler32(uint32_t seed, const uint8_t *bytes, size_t count);
uint32_t jc_adler32_combine(uint32_t first, uint32_t second, size_t second_count);
const char *jc_zlib_version(void);

#endif
