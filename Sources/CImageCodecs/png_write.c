#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"

struct jc_png_writer {
  png_structp png;
  png_infop info;
  jc_sink sink;
  jc_status status;
  jc_failure failure;
};

static void on_error(png_structp png, png_const_charp message) {
  jc_png_writer *writer = png_get_error_ptr(png);
  if (writer->status == JC_OK) writer->status = jc_fail(&writer->failure, JC_MISUSE, "%s", message);
  longjmp(png_jmpbuf(png), 1);
}

// A warning of the writer means that a chunk would be left out: what was asked for is not written.
static void on_warning(png_structp png, png_const_charp message) { on_error(png, message); }

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
  jc_png_writer *writer = png_get_io_ptr(png);
  int32_t code = writer->sink.write(writer->sink.context, bytes, count);
  if (code != 0) {
    writer->status = jc_fail(&writer->failure, JC_SINK_FAILED, "%s", strerror(code));
    writer->failure.system_error = code;
    png_error(png, "write failed");
  }
}

static void flush_nothing(png_structp png) { (void)png; }

static int is_ascii(const char *text) {
  for (; *text; text++)
    if ((unsigned char)*text >= 0x80) return 0;
  return 1;
}

static void write_header(jc_png_writer *writer, const jc_png_layout *layout) {
  png_structp png = writer->png;
  png_infop info = writer->info;
  png_set_IHDR(png, info, layout->width, layout->height, layout->bit_depth, layout->colour_type,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (layout->is_srgb) {
    png_set_sRGB_gAMA_and_cHRM(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  } else {
    const int32_t *c = layout->chromaticities;
    if (layout->gamma) png_set_gAMA_fixed(png, info, layout->gamma);
    if (c[1]) png_set_cHRM_fixed(png, info, c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]);
  }
  if (layout->profile)
    png_set_iCCP(png, info, layout->profile_name, PNG_COMPRESSION_TYPE_BASE, layout->profile,
                 layout->profile_count);
  for (int32_t i = 0; i < layout->text_count; i++) {
    png_text text;
    memset(&text, 0, sizeof text);
    text.compression =
        is_ascii(layout->texts[i].value) ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE;
    text.key = (png_charp)layout->texts[i].keyword;
    text.text = (png_charp)layout->texts[i].value;
    png_set_text(png, info, &text, 1);
  }
  png_write_info_before_PLTE(png, info);
  // libpng knows cICP only since 1.6.45, which Debian 12 and Ubuntu 24.04 lack.
  if (layout->has_cicp) png_write_chunk(png, (png_const_bytep) "cICP", layout->cicp, 4);
  png_write_info(png, info);
}

jc_status jc_png_writer_open(const jc_png_layout *layout, jc_sink sink, jc_png_writer **out,
                             jc_failure *failure) {
  *out = NULL;
  jc_png_writer *writer = calloc(1, sizeof *writer);
  if (!writer) return jc_fail(failure, JC_NO_MEMORY, "no memory for a PNG writer");
  writer->sink = sink;
  writer->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, writer, on_error, on_warning);
  if (writer->png) writer->info = png_create_info_struct(writer->png);
  if (!writer->png || !writer->info) {
    jc_png_writer_close(writer);
    return jc_fail(failure, JC_NO_MEMORY, "no memory for a PNG writer");
  }
  if (setjmp(png_jmpbuf(writer->png))) {
    jc_status status = writer->status;
    *failure = writer->failure;
    jc_png_writer_close(writer);
    return status;
  }
  png_set_user_limits(writer->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_write_fn(writer->png, writer, write_bytes, flush_nothing);
  write_header(writer, layout);
  *out = writer;
  return JC_OK;
}

static jc_status write_chunk(jc_png_writer *writer, const char *name, const uint8_t *bytes,
                             size_t count, jc_failure *failure) {
  if (setjmp(png_jmpbuf(writer->png))) {
    *failure = writer->failure;
    return writer->status;
  }
  png_write_chunk(writer->png, (png_const_bytep)name, bytes, count);
  return JC_OK;
}

jc_status jc_png_writer_data(jc_png_writer *writer, const uint8_t *bytes, size_t count,
                             jc_failure *failure) {
  return write_chunk(writer, "IDAT", bytes, count, failure);
}

// png_write_end insists on image data that libpng compressed itself.
jc_status jc_png_writer_finish(jc_png_writer *writer, jc_failure *failure) {
  return write_chunk(writer, "IEND", NULL, 0, failure);
}

void jc_png_writer_close(jc_png_writer *writer) {
  if (!writer) return;
  if (writer->png) png_destroy_write_struct(&writer->png, &writer->info);
  free(writer);
}

const char *jc_png_version(void) { return png_get_libpng_ver(NULL); }
