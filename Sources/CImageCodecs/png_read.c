#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"

struct jc_png_reader {
  png_structp png;
  png_infop info;
  png_infop end_info;
  const uint8_t *bytes;
  size_t count;
  size_t position;
  uint32_t height;
  int passes;
  uint32_t row;
  int in_image_data;
  int ran_out;
  jc_status status;
  jc_failure failure;
};

static void read_bytes(png_structp png, png_bytep target, size_t count) {
  jc_png_reader *reader = png_get_io_ptr(png);
  if (count > reader->count - reader->position) {
    reader->ran_out = 1;
    png_error(png, "the file ends in the middle of a chunk");
  }
  memcpy(target, reader->bytes + reader->position, count);
  reader->position += count;
}

static void on_error(png_structp png, png_const_charp message) {
  jc_png_reader *reader = png_get_error_ptr(png);
  reader->status = jc_fail(&reader->failure, JC_CORRUPT, "%s", message);
  reader->failure.byte_offset = (int64_t)reader->position;
  if (reader->in_image_data) reader->failure.row = reader->row;
  longjmp(png_jmpbuf(png), 1);
}

// libpng only warns when the checksum over the decoded rows is wrong or the stream is too long or too
// short: pixels that cannot be trusted are an error here. Other warnings concern ancillary chunks.
static void on_warning(png_structp png, png_const_charp message) {
  jc_png_reader *reader = png_get_error_ptr(png);
  if (reader->in_image_data && strncmp(message, "IDAT", 4) == 0) on_error(png, message);
}

// libpng 1.6.39 only warns of an ancillary chunk beyond the limit and takes memory for what its length
// says; so lengths are looked at before it sees them. Image data that are cut off are left to libpng,
// which knows the row.
static jc_status check_chunks(const uint8_t *bytes, size_t count, const jc_limits *limits,
                              jc_failure *failure) {
  size_t position = 8;
  while (count - position >= 8 && memcmp(bytes + position + 4, "IEND", 4) != 0) {
    uint32_t length = png_get_uint_32(bytes + position);
    int is_ancillary = (bytes[position + 4] & 0x20) != 0;
    int is_cut_off = length > count - position - 8;
    if (is_ancillary && (is_cut_off || length > limits->chunk_bytes)) {
      jc_status status = is_cut_off ? JC_CORRUPT : JC_TOO_LARGE;
      jc_fail(failure, status,
              is_cut_off ? "the file ends in the middle of a chunk of %u bytes"
                         : "an ancillary chunk of %u bytes exceeds the limit",
              length);
      failure->byte_offset = (int64_t)position;
      return status;
    }
    if (is_cut_off || count - position - 8 - length < 4) break;
    position += 12 + (size_t)length;
  }
  return JC_OK;
}

jc_status jc_png_reader_open(const uint8_t *bytes, size_t count, const jc_limits *limits,
                             jc_png_reader **out, jc_png_header *header, jc_failure *failure) {
  *out = NULL;
  if (count < 8 || png_sig_cmp(bytes, 0, 8) != 0)
    return jc_fail(failure, JC_NOT_THIS_FORMAT, "the PNG signature is missing");
  // The limits come first: libpng is not asked to look at a header that will be refused.
  if (count < 33 || memcmp(bytes + 12, "IHDR", 4) != 0) {
    jc_fail(failure, JC_CORRUPT, "the IHDR chunk is missing or cut off");
    failure->byte_offset = 8;
    return JC_CORRUPT;
  }
  uint32_t width = png_get_uint_32(bytes + 16);
  uint32_t height = png_get_uint_32(bytes + 20);
  if (width > limits->width || height > limits->height) {
    jc_fail(failure, JC_TOO_LARGE, "%u x %u pixels exceed the limit of %u x %u", width, height,
            limits->width, limits->height);
    failure->byte_offset = 16;
    return JC_TOO_LARGE;
  }

  jc_status chunks = check_chunks(bytes, count, limits, failure);
  if (chunks != JC_OK) return chunks;

  jc_png_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return jc_fail(failure, JC_NO_MEMORY, "no memory for a PNG reader");
  reader->bytes = bytes;
  reader->count = count;
  reader->png =
      png_create_read_struct(PNG_LIBPNG_VER_STRING, reader, on_error, on_warning);
  if (reader->png) {
    reader->info = png_create_info_struct(reader->png);
    reader->end_info = png_create_info_struct(reader->png);
  }
  if (!reader->png || !reader->info || !reader->end_info) {
    jc_png_reader_close(reader);
    return jc_fail(failure, JC_NO_MEMORY, "no memory for a PNG reader");
  }
  if (setjmp(png_jmpbuf(reader->png))) {
    jc_status status = reader->status;
    *failure = reader->failure;
    jc_png_reader_close(reader);
    return status;
  }
  png_structp png = reader->png;
  png_infop info = reader->info;
  png_set_read_fn(png, reader, read_bytes);
  png_set_user_limits(png, limits->width, limits->height);
  png_set_chunk_malloc_max(png, limits->chunk_bytes);
  png_set_chunk_cache_max(png, 256);
  png_read_info(png, info);

  header->width = png_get_image_width(png, info);
  header->height = png_get_image_height(png, info);
  header->bit_depth = png_get_bit_depth(png, info);
  header->colour_type = png_get_color_type(png, info);
  header->interlaced = png_get_interlace_type(png, info) != PNG_INTERLACE_NONE;

  png_set_expand(png);
  const uint16_t probe = 1;
  if (*(const uint8_t *)&probe == 1) png_set_swap(png);
  reader->passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  header->output_channels = png_get_channels(png, info);
  header->output_bits = png_get_bit_depth(png, info);
  header->output_row_bytes = png_get_rowbytes(png, info);
  reader->height = header->height;

  // DEFLATE cannot expand by more than 1032: a short file that claims a huge image is refused before
  // the caller allocates it.
  uint64_t output_bytes = header->output_row_bytes * (uint64_t)header->height;
  uint64_t stored_row = ((uint64_t)header->width * header->bit_depth *
                             (header->colour_type & PNG_COLOR_MASK_PALETTE
                                  ? 1
                                  : (header->colour_type & PNG_COLOR_MASK_COLOR ? 3 : 1) +
                                        (header->colour_type & PNG_COLOR_MASK_ALPHA ? 1 : 0)) +
                         7) / 8;
  if (output_bytes > limits->image_bytes) {
    jc_fail(failure, JC_TOO_LARGE, "%llu bytes of pixels exceed the limit of %llu",
            (unsigned long long)output_bytes, (unsigned long long)limits->image_bytes);
    failure->byte_offset = 16;
    jc_png_reader_close(reader);
    return JC_TOO_LARGE;
  }
  if (stored_row * header->height / 1040 > (uint64_t)count) {
    jc_fail(failure, JC_CORRUPT, "%zu bytes cannot hold %u x %u pixels", count, header->width,
            header->height);
    failure->byte_offset = 16;
    jc_png_reader_close(reader);
    return JC_CORRUPT;
  }
  *out = reader;
  return JC_OK;
}

jc_status jc_png_reader_image(jc_png_reader *reader, uint8_t *rows, size_t stride,
                              jc_failure *failure) {
  if (setjmp(png_jmpbuf(reader->png))) {
    *failure = reader->failure;
    return reader->status;
  }
  reader->in_image_data = 1;
  for (int pass = 0; pass < reader->passes; pass++)
    for (reader->row = 0; reader->row < reader->height; reader->row++)
      png_read_row(reader->png, rows + (size_t)reader->row * stride, NULL);
  png_read_end(reader->png, reader->end_info);
  reader->in_image_data = 0;
  return JC_OK;
}

int32_t jc_png_reader_text_count(const jc_png_reader *reader) {
  png_textp texts = NULL;
  return png_get_text(reader->png, reader->info, &texts, NULL) +
         png_get_text(reader->png, reader->end_info, &texts, NULL);
}

jc_text jc_png_reader_text(const jc_png_reader *reader, int32_t index) {
  png_textp texts = NULL;
  int32_t before = png_get_text(reader->png, reader->info, &texts, NULL);
  if (index >= before) {
    index -= before;
    if (index >= png_get_text(reader->png, reader->end_info, &texts, NULL))
      return (jc_text){"", ""};
  }
  return (jc_text){texts[index].key ? texts[index].key : "",
                   texts[index].text ? texts[index].text : ""};
}

void jc_png_reader_close(jc_png_reader *reader) {
  if (!reader) return;
  if (reader->png) {
    if (reader->end_info) png_destroy_info_struct(reader->png, &reader->end_info);
    png_destroy_read_struct(&reader->png, &reader->info, NULL);
  }
  free(reader);
}
