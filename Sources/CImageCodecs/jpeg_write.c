#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "failure.h"

struct jc_jpeg_writer {
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_destination_mgr destination;
  jmp_buf jump;
  jc_sink sink;
  jc_status status;
  jc_failure failure;
  uint8_t buffer[65536];
};

static void on_error(j_common_ptr common) {
  jc_jpeg_writer *writer = common->client_data;
  if (writer->status == JC_OK) {
    char message[JMSG_LENGTH_MAX];
    common->err->format_message(common, message);
    jc_status status =
        common->err->msg_code == JERR_OUT_OF_MEMORY ? JC_NO_MEMORY : JC_MISUSE;
    writer->status = jc_fail(&writer->failure, status, "%s", message);
  }
  longjmp(writer->jump, 1);
}

static void on_message(j_common_ptr common, int level) {
  if (level < 0) on_error(common);
}

static void no_output(j_common_ptr common) { (void)common; }

static void drain(jc_jpeg_writer *writer, size_t count) {
  int32_t code = writer->sink.write(writer->sink.context, writer->buffer, count);
  if (code != 0) {
    writer->status = jc_fail(&writer->failure, JC_SINK_FAILED, "%s", strerror(code));
    writer->failure.system_error = code;
    longjmp(writer->jump, 1);
  }
  writer->destination.next_output_byte = writer->buffer;
  writer->destination.free_in_buffer = sizeof writer->buffer;
}

static void begin_output(j_compress_ptr info) {
  jc_jpeg_writer *writer = info->client_data;
  writer->destination.next_output_byte = writer->buffer;
  writer->destination.free_in_buffer = sizeof writer->buffer;
}

static boolean empty_buffer(j_compress_ptr info) {
  jc_jpeg_writer *writer = info->client_data;
  drain(writer, sizeof writer->buffer);
  return TRUE;
}

static void end_output(j_compress_ptr info) {
  jc_jpeg_writer *writer = info->client_data;
  drain(writer, sizeof writer->buffer - writer->destination.free_in_buffer);
}

static void configure(jc_jpeg_writer *writer, const jc_jpeg_layout *layout) {
  j_compress_ptr info = &writer->info;
  info->image_width = layout->width;
  info->image_height = layout->height;
  info->input_components = layout->channels;
  info->in_color_space = layout->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(info);
  jpeg_set_quality(info, layout->quality, TRUE);
  info->dct_method = JDCT_ISLOW;
  info->optimize_coding = TRUE;
  for (int i = 0; i < info->num_components; i++) {
    int step = i == 0 ? layout->chroma_step : 1;
    info->comp_info[i].h_samp_factor = info->num_components == 1 ? 1 : step;
    info->comp_info[i].v_samp_factor = info->num_components == 1 ? 1 : step;
  }
  if (layout->progressive) jpeg_simple_progression(info);
  jpeg_start_compress(info, TRUE);
  for (int32_t i = 0; i < layout->segment_count; i++)
    jpeg_write_marker(info, layout->segments[i].marker, layout->segments[i].bytes,
                      layout->segments[i].count);
}

jc_status jc_jpeg_writer_open(const jc_jpeg_layout *layout, jc_sink sink, jc_jpeg_writer **out,
                              jc_failure *failure) {
  *out = NULL;
  jc_jpeg_writer *writer = calloc(1, sizeof *writer);
  if (!writer) return jc_fail(failure, JC_NO_MEMORY, "no memory for a JPEG writer");
  writer->sink = sink;
  writer->info.err = jpeg_std_error(&writer->errors);
  writer->info.client_data = writer;
  writer->errors.error_exit = on_error;
  writer->errors.emit_message = on_message;
  writer->errors.output_message = no_output;
  if (setjmp(writer->jump)) {
    jc_status status = writer->status;
    *failure = writer->failure;
    jc_jpeg_writer_close(writer);
    return status;
  }
  jpeg_create_compress(&writer->info);
  // Creation clears what was set before.
  writer->info.client_data = writer;
  writer->destination.init_destination = begin_output;
  writer->destination.empty_output_buffer = empty_buffer;
  writer->destination.term_destination = end_output;
  writer->info.dest = &writer->destination;
  configure(writer, layout);
  *out = writer;
  return JC_OK;
}

jc_status jc_jpeg_writer_rows(jc_jpeg_writer *writer, const uint8_t *rows, uint32_t count,
                              jc_failure *failure) {
  if (setjmp(writer->jump)) {
    *failure = writer->failure;
    return writer->status;
  }
  size_t stride = (size_t)writer->info.image_width * (size_t)writer->info.input_components;
  for (uint32_t i = 0; i < count; i++) {
    JSAMPROW row = (JSAMPROW)(rows + (size_t)i * stride);
    jpeg_write_scanlines(&writer->info, &row, 1);
  }
  return JC_OK;
}

jc_status jc_jpeg_writer_finish(jc_jpeg_writer *writer, jc_failure *failure) {
  if (setjmp(writer->jump)) {
    *failure = writer->failure;
    return writer->status;
  }
  jpeg_finish_compress(&writer->info);
  return JC_OK;
}

void jc_jpeg_writer_close(jc_jpeg_writer *writer) {
  if (!writer) return;
  jpeg_destroy_compress(&writer->info);
  free(writer);
}
