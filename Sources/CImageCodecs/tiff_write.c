#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tiffio.h>
#include <unistd.h>

#include "failure.h"

struct jc_tiff_writer {
  TIFF *tiff;
  int descriptor;
  /// First failed system call; libtiff does not report every one.
  int system_error;
  char message[200];
};

static int note(jc_tiff_writer *writer) {
  if (writer->system_error == 0) writer->system_error = errno ? errno : EIO;
  return -1;
}

static tmsize_t read_bytes(thandle_t handle, void *target, tmsize_t count) {
  jc_tiff_writer *writer = handle;
  tmsize_t done = 0;
  while (done < count) {
    ssize_t step = read(writer->descriptor, (char *)target + done, (size_t)(count - done));
    if (step < 0 && errno == EINTR) continue;
    if (step < 0) return note(writer);
    if (step == 0) break;
    done += step;
  }
  return done;
}

static tmsize_t write_bytes(thandle_t handle, void *source, tmsize_t count) {
  jc_tiff_writer *writer = handle;
  tmsize_t done = 0;
  while (done < count) {
    ssize_t step = write(writer->descriptor, (const char *)source + done, (size_t)(count - done));
    if (step < 0 && errno == EINTR) continue;
    if (step < 0) return note(writer);
    done += step;
  }
  return done;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence) {
  jc_tiff_writer *writer = handle;
  off_t place = lseek(writer->descriptor, (off_t)offset, whence);
  if (place < 0) note(writer);
  return (toff_t)place;
}

// The file belongs to the caller, who closes it.
static int close_nothing(thandle_t handle) {
  (void)handle;
  return 0;
}

static toff_t size(thandle_t handle) {
  jc_tiff_writer *writer = handle;
  struct stat status;
  if (fstat(writer->descriptor, &status) != 0) {
    note(writer);
    return 0;
  }
  return (toff_t)status.st_size;
}

static int on_error(TIFF *tiff, void *user, const char *module, const char *format,
                    va_list arguments) {
  (void)tiff, (void)module;
  jc_tiff_writer *writer = user;
  if (writer->message[0] == 0)
    vsnprintf(writer->message, sizeof writer->message, format, arguments);
  return 1;
}

static jc_status failed(const jc_tiff_writer *writer, jc_failure *failure) {
  if (writer->system_error != 0) {
    jc_fail(failure, JC_SINK_FAILED, "%s", strerror(writer->system_error));
    failure->system_error = writer->system_error;
    return JC_SINK_FAILED;
  }
  return jc_fail(failure, JC_MISUSE, "%s",
                 writer->message[0] ? writer->message : "libtiff refuses the layout");
}

static const TIFFFieldInfo extra_fields[] = {
    {33550, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, "ModelPixelScale"},
    {33922, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, "ModelTiepoint"},
    {34264, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, "ModelTransformation"},
    {34735, -1, -1, TIFF_SHORT, FIELD_CUSTOM, 1, 1, "GeoKeyDirectory"},
    {34736, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, "GeoDoubleParams"},
    {34737, -1, -1, TIFF_ASCII, FIELD_CUSTOM, 1, 0, "GeoAsciiParams"},
    {42112, -1, -1, TIFF_ASCII, FIELD_CUSTOM, 1, 0, "GDALMetadata"},
    {42113, -1, -1, TIFF_ASCII, FIELD_CUSTOM, 1, 0, "GDALNoData"},
};

static int set_field(TIFF *tiff, const jc_tiff_field *field) {
  if (field->doubles)
    return TIFFSetField(tiff, field->tag, (int)field->count, field->doubles);
  if (field->shorts) return TIFFSetField(tiff, field->tag, (int)field->count, field->shorts);
  return TIFFSetField(tiff, field->tag, field->text);
}

static int set_layout(TIFF *tiff, const jc_tiff_layout *layout) {
  int is_float = layout->sample_bytes == 4;
  uint32_t colours = layout->is_rgb ? 3 : 1;
  int ok = TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, layout->width) &&
           TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, layout->height) &&
           TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, layout->bands) &&
           TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8 * layout->sample_bytes) &&
           TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT,
                        is_float ? SAMPLEFORMAT_IEEEFP : SAMPLEFORMAT_UINT) &&
           TIFFSetField(tiff, TIFFTAG_PLANARCONFIG,
                        layout->planar ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG) &&
           TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC,
                        layout->is_rgb ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK) &&
           TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT) &&
           TIFFSetField(tiff, TIFFTAG_TILEWIDTH, layout->tile) &&
           TIFFSetField(tiff, TIFFTAG_TILELENGTH, layout->tile) &&
           TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE) &&
           TIFFSetField(tiff, TIFFTAG_PREDICTOR,
                        is_float ? PREDICTOR_FLOATINGPOINT : PREDICTOR_HORIZONTAL);
  if (ok && layout->bands > colours) {
    uint16_t extra[65536] = {0};
    ok = TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, (int)(layout->bands - colours), extra);
  }
  if (ok && layout->profile)
    ok = TIFFSetField(tiff, TIFFTAG_ICCPROFILE, layout->profile_count, layout->profile);
  for (int32_t i = 0; ok && i < layout->field_count; i++)
    ok = set_field(tiff, &layout->fields[i]);
  return ok;
}

jc_status jc_tiff_writer_open(const jc_tiff_layout *layout, int32_t descriptor,
                              jc_tiff_writer **out, jc_failure *failure) {
  *out = NULL;
  jc_tiff_writer *writer = calloc(1, sizeof *writer);
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (!writer || !options) {
    free(writer);
    if (options) TIFFOpenOptionsFree(options);
    return jc_fail(failure, JC_NO_MEMORY, "no memory for a TIFF writer");
  }
  writer->descriptor = descriptor;
  TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, writer);
  TIFFOpenOptionsSetWarningHandlerExtR(options, on_error, writer);
  // Little-endian on every machine: the bytes must not depend on it.
  writer->tiff = TIFFClientOpenExt("TIFF", layout->big ? "w8l" : "wl", writer, read_bytes,
                                   write_bytes, seek, close_nothing, size, NULL, NULL, options);
  TIFFOpenOptionsFree(options);
  if (!writer->tiff ||
      TIFFMergeFieldInfo(writer->tiff, extra_fields,
                         sizeof extra_fields / sizeof extra_fields[0]) != 0 ||
      !set_layout(writer->tiff, layout)) {
    jc_status status = failed(writer, failure);
    jc_tiff_writer_close(writer);
    return status;
  }
  *out = writer;
  return JC_OK;
}

jc_status jc_tiff_writer_tile(jc_tiff_writer *writer, uint32_t index, const uint8_t *bytes,
                              size_t count, jc_failure *failure) {
  tmsize_t written = TIFFWriteRawTile(writer->tiff, index, (void *)bytes, (tmsize_t)count);
  if (written != (tmsize_t)count || writer->system_error != 0) return failed(writer, failure);
  return JC_OK;
}

// The handle is closed here: nothing may touch the descriptor once its owner has closed it.
jc_status jc_tiff_writer_finish(jc_tiff_writer *writer, jc_failure *failure) {
  if (!TIFFWriteDirectory(writer->tiff)) return failed(writer, failure);
  TIFFClose(writer->tiff);
  writer->tiff = NULL;
  return writer->system_error == 0 ? JC_OK : failed(writer, failure);
}

void jc_tiff_writer_close(jc_tiff_writer *writer) {
  if (!writer) return;
  // Closing writes an unfinished directory to a file that is thrown away anyway: harmless.
  if (writer->tiff) TIFFClose(writer->tiff);
  free(writer);
}
