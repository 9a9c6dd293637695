#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>
#include <limits.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"

struct jc_jpeg_reader {
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf jump;
  size_t count;
  int started;
  jc_status status;
  jc_failure failure;
};

static void on_error(j_common_ptr common) {
  jc_jpeg_reader *reader = common->client_data;
  char message[JMSG_LENGTH_MAX];
  common->err->format_message(common, message);
  jc_status status = JC_CORRUPT;
  if (common->err->msg_code == JERR_OUT_OF_MEMORY) status = JC_NO_MEMORY;
  if (common->err->msg_code == JERR_NO_SOI) status = JC_NOT_THIS_FORMAT;
  reader->status = jc_fail(&reader->failure, status, "%s", message);
  if (reader->info.src)
    reader->failure.byte_offset = (int64_t)(reader->count - reader->info.src->bytes_in_buffer);
  if (reader->info.output_scanline > 0) reader->failure.row = reader->info.output_scanline;
  longjmp(reader->jump, 1);
}

// libjpeg makes up what is missing and warns: made-up pixels are an error here.
static void on_message(j_common_ptr common, int level) {
  if (level < 0) on_error(common);
}

static void no_output(j_common_ptr common) { (void)common; }

// A small file may hold thousands of progressive scans, each of which costs a pass over the image.
static void watch_scans(j_common_ptr common) {
  jc_jpeg_reader *reader = common->client_data;
  if (reader->info.input_scan_number <= 500) return;
  reader->status = jc_fail(&reader->failure, JC_CORRUPT, "more than 500 scans");
  longjmp(reader->jump, 1);
}

jc_status jc_jpeg_reader_open(const uint8_t *bytes, size_t count, const jc_limits *limits,
                              jc_jpeg_reader **out, jc_jpeg_header *header, jc_failure *failure) {
  *out = NULL;
  if (count < 3 || bytes[0] != 0xFF || bytes[1] != 0xD8 || bytes[2] != 0xFF)
    return jc_fail(failure, JC_NOT_THIS_FORMAT, "the JPEG signature is missing");
  jc_jpeg_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return jc_fail(failure, JC_NO_MEMORY, "no memory for a JPEG reader");
  reader->count = count;
  reader->info.err = jpeg_std_error(&reader->errors);
  reader->info.client_data = reader;
  reader->errors.error_exit = on_error;
  reader->errors.emit_message = on_message;
  reader->errors.output_message = no_output;
  reader->progress.progress_monitor = watch_scans;
  if (setjmp(reader->jump)) {
    jc_status status = reader->status;
    *failure = reader->failure;
    jc_jpeg_reader_close(reader);
    return status;
  }
  jpeg_create_decompress(&reader->info);
  // Creation clears what was set before.
  reader->info.client_data = reader;
  reader->info.progress = &reader->progress;
  // A progressive image's coefficients take twice the memory of its pixels.
  uint64_t memory = limits->image_bytes < LONG_MAX / 4 ? 4 * limits->image_bytes : LONG_MAX;
  reader->info.mem->max_memory_to_use = (long)memory;
  jpeg_mem_src(&reader->info, (unsigned char *)bytes, count);
  jpeg_read_header(&reader->info, TRUE);

  J_COLOR_SPACE space = reader->info.jpeg_color_space;
  jc_status status = JC_OK;
  uint64_t pixels = (uint64_t)reader->info.image_width * reader->info.image_height;
  int channels = space == JCS_GRAYSCALE ? 1 : 3;
  if (space != JCS_GRAYSCALE && space != JCS_YCbCr && space != JCS_RGB)
    status = jc_fail(failure, JC_UNSUPPORTED, "neither grey nor RGB but %d components",
                     reader->info.num_components);
  else if (reader->info.image_width > limits->width || reader->info.image_height > limits->height ||
           pixels * (uint64_t)channels > limits->image_bytes)
    status = jc_fail(failure, JC_TOO_LARGE, "%u x %u pixels exceed the limit",
                     reader->info.image_width, reader->info.image_height);
  // Every block of 64 pixels takes at least one bit.
  else if (pixels / 1024 > count)
    status = jc_fail(failure, JC_CORRUPT, "%zu bytes cannot hold %u x %u pixels", count,
                     reader->info.image_width, reader->info.image_height);
  if (status != JC_OK) {
    jc_jpeg_reader_close(reader);
    return status;
  }
  reader->info.out_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  // The integer transform gives the same values on every processor.
  reader->info.dct_method = JDCT_ISLOW;
  header->width = reader->info.image_width;
  header->height = reader->info.image_height;
  header->channels = channels;
  header->progressive = reader->info.progressive_mode;
  *out = reader;
  return JC_OK;
}

jc_status jc_jpeg_reader_rows(jc_jpeg_reader *reader, uint8_t *rows, size_t stride, uint32_t count,
                              jc_failure *failure) {
  if (setjmp(reader->jump)) {
    *failure = reader->failure;
    return reader->status;
  }
  if (!reader->started) {
    jpeg_start_decompress(&reader->info);
    reader->started = 1;
  }
  JDIMENSION first = reader->info.output_scanline;
  while (reader->info.output_scanline - first < count) {
    JSAMPROW row = rows + (size_t)(reader->info.output_scanline - first) * stride;
    jpeg_read_scanlines(&reader->info, &row, 1);
  }
  if (reader->info.output_scanline == reader->info.output_height)
    jpeg_finish_decompress(&reader->info);
  return JC_OK;
}

void jc_jpeg_reader_close(jc_jpeg_reader *reader) {
  if (!reader) return;
  jpeg_destroy_decompress(&reader->info);
  free(reader);
}

#define JC_TEXT_OF(x) #x
#define JC_TEXT(x) JC_TEXT_OF(x)

const char *jc_jpeg_version(void) {
#ifdef LIBJPEG_TURBO_VERSION
  return "libjpeg " JC_TEXT(JPEG_LIB_VERSION) ", libjpeg-turbo " JC_TEXT(LIBJPEG_TURBO_VERSION);
#else
  return "libjpeg " JC_TEXT(JPEG_LIB_VERSION);
#endif
}
