#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

#include "failure.h"

struct jc_tiff_reader {
  TIFF *tiff;
  const uint8_t *bytes;
  size_t count;
  size_t position;
  jc_tiff_header header;
  uint64_t chunk_bytes;
  int is_tiled;
  int is_planar;
  int is_cut_off;
  char message[200];
};

// MARK: the bytes as a file

static tmsize_t read_bytes(thandle_t handle, void *target, tmsize_t count) {
  jc_tiff_reader *reader = handle;
  size_t rest = reader->position < reader->count ? reader->count - reader->position : 0;
  size_t taken = (size_t)count < rest ? (size_t)count : rest;
  memcpy(target, reader->bytes + reader->position, taken);
  reader->position += taken;
  return (tmsize_t)taken;
}

static tmsize_t write_nothing(thandle_t handle, void *source, tmsize_t count) {
  (void)handle, (void)source, (void)count;
  return -1;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence) {
  jc_tiff_reader *reader = handle;
  if (whence == SEEK_CUR) offset += reader->position;
  if (whence == SEEK_END) offset += reader->count;
  reader->position = (size_t)offset;
  return offset;
}

static int close_nothing(thandle_t handle) {
  (void)handle;
  return 0;
}

static toff_t size(thandle_t handle) { return ((jc_tiff_reader *)handle)->count; }

static int map(thandle_t handle, void **base, toff_t *count) {
  jc_tiff_reader *reader = handle;
  *base = (void *)reader->bytes;
  *count = reader->count;
  return 1;
}

static void unmap(thandle_t handle, void *base, toff_t count) {
  (void)handle, (void)base, (void)count;
}

static int on_error(TIFF *tiff, void *user, const char *module, const char *format,
                    va_list arguments) {
  (void)tiff, (void)module;
  jc_tiff_reader *reader = user;
  if (reader->message[0] == 0)
    vsnprintf(reader->message, sizeof reader->message, format, arguments);
  return 1;
}

// libtiff ignores a tag whose value lies behind the end of the file and only warns; such a file is cut
// off. Its other warnings are about private tags and the like.
static int on_warning(TIFF *tiff, void *user, const char *module, const char *format,
                      va_list arguments) {
  (void)tiff, (void)module;
  jc_tiff_reader *reader = user;
  char message[sizeof reader->message];
  vsnprintf(message, sizeof message, format, arguments);
  if (strncmp(message, "IO error", 8) == 0) {
    reader->is_cut_off = 1;
    if (reader->message[0] == 0) memcpy(reader->message, message, sizeof message);
  }
  return 1;
}

static jc_status damaged(jc_tiff_reader *reader, jc_failure *failure, const char *otherwise) {
  jc_fail(failure, JC_CORRUPT, "%s", reader->message[0] ? reader->message : otherwise);
  return JC_CORRUPT;
}

// MARK: the directory

static jc_status check_layout(jc_tiff_reader *reader, const jc_limits *limits,
                              jc_failure *failure) {
  TIFF *tiff = reader->tiff;
  jc_tiff_header *header = &reader->header;
  uint16_t bands = 1, bits = 1, format = SAMPLEFORMAT_UINT, planar = PLANARCONFIG_CONTIG;
  uint16_t compression = COMPRESSION_NONE, photometric = PHOTOMETRIC_MINISBLACK;
  if (!TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &header->width) ||
      !TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &header->height) || header->width == 0 ||
      header->height == 0)
    return damaged(reader, failure, "width or height is missing");
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &bands);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &format);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planar);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &compression);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  header->bands = bands;
  header->sample_bytes = bits / 8;
  reader->is_planar = planar == PLANARCONFIG_SEPARATE && bands > 1;
  reader->is_tiled = TIFFIsTiled(tiff);

  int is_uint = format == SAMPLEFORMAT_UINT || format == SAMPLEFORMAT_VOID;
  if (!((is_uint && (bits == 8 || bits == 16)) || (format == SAMPLEFORMAT_IEEEFP && bits == 32)))
    return jc_fail(failure, JC_UNSUPPORTED,
                   "%u-bit samples of format %u; 8- or 16-bit unsigned or 32-bit float is needed",
                   bits, format);
  if (photometric != PHOTOMETRIC_MINISBLACK && photometric != PHOTOMETRIC_RGB)
    return jc_fail(failure, JC_UNSUPPORTED, "photometric interpretation %u, neither grey nor RGB",
                   photometric);
  // Methods whose expansion is bounded, so that a small file cannot claim a huge image.
  if (compression != COMPRESSION_NONE && compression != COMPRESSION_LZW &&
      compression != COMPRESSION_ADOBE_DEFLATE && compression != COMPRESSION_DEFLATE &&
      compression != COMPRESSION_PACKBITS)
    return jc_fail(failure, JC_UNSUPPORTED, "compression method %u", compression);
  if (!TIFFIsCODECConfigured(compression))
    return jc_fail(failure, JC_UNSUPPORTED, "compression method %u is not built into libtiff",
                   compression);

  uint64_t row = (uint64_t)header->width * bands * header->sample_bytes;
  if (header->width > limits->width || header->height > limits->height ||
      row > limits->image_bytes / header->height)
    return jc_fail(failure, JC_TOO_LARGE, "%u x %u pixels of %u bands exceed the limit",
                   header->width, header->height, bands);
  uint64_t expansion = compression == COMPRESSION_NONE ? 1 : 4096;
  if (row * header->height / expansion > reader->count)
    return jc_fail(failure, JC_CORRUPT, "%zu bytes cannot hold %u x %u pixels of %u bands",
                   reader->count, header->width, header->height, bands);
  reader->chunk_bytes = reader->is_tiled ? TIFFTileSize64(tiff) : TIFFStripSize64(tiff);
  if (reader->chunk_bytes == 0 || reader->chunk_bytes > limits->image_bytes ||
      reader->chunk_bytes / expansion > reader->count)
    return damaged(reader, failure, "strips or tiles of an impossible size");
  return JC_OK;
}

jc_status jc_tiff_reader_open(const uint8_t *bytes, size_t count, const jc_limits *limits,
                              jc_tiff_reader **out, jc_tiff_header *header, jc_failure *failure) {
  *out = NULL;
  if (count < 8 || !(memcmp(bytes, "II", 2) == 0 || memcmp(bytes, "MM", 2) == 0))
    return jc_fail(failure, JC_NOT_THIS_FORMAT, "the TIFF signature is missing");
  jc_tiff_reader *reader = calloc(1, sizeof *reader);
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (!reader || !options) {
    free(reader);
    if (options) TIFFOpenOptionsFree(options);
    return jc_fail(failure, JC_NO_MEMORY, "no memory for a TIFF reader");
  }
  reader->bytes = bytes;
  reader->count = count;
  TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, reader);
  TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, reader);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)(limits->image_bytes < 1ull << 40
                                                              ? limits->image_bytes
                                                              : 1ull << 40));
  reader->tiff = TIFFClientOpenExt("TIFF", "r", reader, read_bytes, write_nothing, seek,
                                   close_nothing, size, map, unmap, options);
  TIFFOpenOptionsFree(options);
  jc_status status = JC_CORRUPT;
  if (!reader->tiff || reader->is_cut_off)
    damaged(reader, failure, "the first directory cannot be read");
  else
    status = check_layout(reader, limits, failure);
  if (status != JC_OK) {
    jc_tiff_reader_close(reader);
    return status;
  }
  *header = reader->header;
  *out = reader;
  return JC_OK;
}

// MARK: pixels

/// Copies the part of a decoded strip or tile that lies inside the image.
static void place(const jc_tiff_reader *reader, uint8_t *rows, const uint8_t *chunk, uint32_t left,
                  uint32_t top, uint32_t chunk_width, uint32_t chunk_height, uint32_t band) {
  const jc_tiff_header *header = &reader->header;
  size_t sample = header->sample_bytes, bands = header->bands;
  size_t chunk_bands = reader->is_planar ? 1 : bands;
  uint32_t width = header->width - left < chunk_width ? header->width - left : chunk_width;
  uint32_t height = header->height - top < chunk_height ? header->height - top : chunk_height;
  for (uint32_t y = 0; y < height; y++) {
    const uint8_t *source = chunk + (size_t)y * chunk_width * chunk_bands * sample;
    uint8_t *target = rows + (((size_t)(top + y) * header->width + left) * bands + band) * sample;
    if (chunk_bands == bands) {
      memcpy(target, source, (size_t)width * bands * sample);
      continue;
    }
    for (uint32_t x = 0; x < width; x++)
      memcpy(target + (size_t)x * bands * sample, source + (size_t)x * sample, sample);
  }
}

static jc_status read_chunks(jc_tiff_reader *reader, uint8_t *rows, uint8_t *chunk,
                             jc_failure *failure) {
  TIFF *tiff = reader->tiff;
  const jc_tiff_header *header = &reader->header;
  uint32_t chunk_width = header->width, chunk_height = header->height;
  if (reader->is_tiled) {
    TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &chunk_width);
    TIFFGetField(tiff, TIFFTAG_TILELENGTH, &chunk_height);
  } else {
    TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &chunk_height);
    if (chunk_height > header->height) chunk_height = header->height;
  }
  if (chunk_width == 0 || chunk_height == 0)
    return damaged(reader, failure, "strips or tiles without size");
  uint32_t planes = reader->is_planar ? header->bands : 1;
  uint32_t index = 0;
  for (uint32_t band = 0; band < planes; band++)
    for (uint64_t top = 0; top < header->height; top += chunk_height)
      for (uint64_t left = 0; left < header->width; left += chunk_width, index++) {
        uint64_t needed = reader->chunk_bytes;
        if (!reader->is_tiled && header->height - top < chunk_height)
          needed = needed / chunk_height * (header->height - top);
        tmsize_t got =
            reader->is_tiled
                ? TIFFReadEncodedTile(tiff, index, chunk, (tmsize_t)reader->chunk_bytes)
                : TIFFReadEncodedStrip(tiff, index, chunk, (tmsize_t)needed);
        if (got < 0 || (uint64_t)got < needed) {
          damaged(reader, failure, "a strip or tile is cut off");
          failure->row = (int64_t)top;
          return JC_CORRUPT;
        }
        place(reader, rows, chunk, (uint32_t)left, (uint32_t)top, chunk_width, chunk_height, band);
      }
  return JC_OK;
}

jc_status jc_tiff_reader_image(jc_tiff_reader *reader, uint8_t *rows, jc_failure *failure) {
  uint8_t *chunk = malloc(reader->chunk_bytes);
  if (!chunk) return jc_fail(failure, JC_NO_MEMORY, "no memory for a strip or tile");
  jc_status status = read_chunks(reader, rows, chunk, failure);
  free(chunk);
  return status;
}

// MARK: tags

/// The value of a tag that libtiff does not know by itself: a count and a pointer.
static void *value_of(jc_tiff_reader *reader, uint32_t tag, TIFFDataType type, size_t *count) {
  *count = 0;
  const TIFFField *field = TIFFFindField(reader->tiff, tag, TIFF_ANY);
  if (!field || TIFFFieldDataType(field) != type) return NULL;
  void *value = NULL;
  if (!TIFFFieldPassCount(field)) {
    if (type != TIFF_ASCII || !TIFFGetField(reader->tiff, tag, &value) || !value) return NULL;
    *count = strlen(value);
  } else if (TIFFFieldReadCount(field) == TIFF_VARIABLE2) {
    uint32_t long_count = 0;
    if (!TIFFGetField(reader->tiff, tag, &long_count, &value)) return NULL;
    *count = long_count;
  } else {
    uint16_t short_count = 0;
    if (!TIFFGetField(reader->tiff, tag, &short_count, &value)) return NULL;
    *count = short_count;
  }
  return value;
}

const double *jc_tiff_reader_doubles(jc_tiff_reader *reader, uint32_t tag, size_t *count) {
  return value_of(reader, tag, TIFF_DOUBLE, count);
}

const uint16_t *jc_tiff_reader_shorts(jc_tiff_reader *reader, uint32_t tag, size_t *count) {
  return value_of(reader, tag, TIFF_SHORT, count);
}

const char *jc_tiff_reader_text(jc_tiff_reader *reader, uint32_t tag, size_t *count) {
  return value_of(reader, tag, TIFF_ASCII, count);
}

void jc_tiff_reader_close(jc_tiff_reader *reader) {
  if (!reader) return;
  if (reader->tiff) TIFFClose(reader->tiff);
  free(reader);
}

const char *jc_tiff_version(void) { return TIFFGetVersion(); }
