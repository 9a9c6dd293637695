// Inner loops that need the processor's wider vectors, one set of functions per instruction level.
//
// Every level computes the same bits: the same operations in the same order, lane by lane, without
// contraction. The Swift versions beside them in Raster are the reference.
#ifndef C_RASTER_KERNELS_H
#define C_RASTER_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// From body-fixed points to one framelet; see Mapping's FrameletTransform for the meaning.
typedef struct {
  float matrix[3][4];  // camera axes from body axes; rows 0 and 1 in pixels; column 3 the offset
  float range[3][4];   // the same per km of range
  float inverse_focal_squared;
  float k1, k2, centre_x, centre_y;
  float camera[3];         // camera in body axes
  float inverse_radii2[3]; // 1 / semi-axis²
  float minimum_cosine;    // of emission
  float inverse_feather;   // 1 / rows of the feather
  float rows;              // rows of a framelet
  float first_x, last_x;   // usable columns, corner-origin coordinates
} jk_framelet;

typedef struct {
  const char *name;
  // Projects n points; weight 0 where the framelet does not see the point. Writes the seen ones,
  // packed, as sample coordinates (pixel centres at whole numbers), weights and their places in
  // the block; returns how many there are. Outputs hold n + 8 elements.
  size_t (*project)(const jk_framelet *framelet, const float *sx, const float *sy, const float *sz,
                    size_t n, float *x, float *y, float *weight, uint32_t *place);
  // Samples a plane at n positions in sample units, all of whose taps lie inside the block.
  void (*nearest)(const float *plane, ptrdiff_t stride, const float *x, const float *y, size_t n,
                  float *out);
  void (*bilinear)(const float *plane, ptrdiff_t stride, const float *x, const float *y, size_t n,
                   float *out);
  void (*bicubic)(const float *plane, ptrdiff_t stride, const float *x, const float *y, size_t n,
                  float *out);
  // table: (steps + 1) × 8 weights (six used), then as many differences to the next entry.
  void (*lanczos3)(const float *plane, ptrdiff_t stride, const float *table, size_t steps,
                   const float *x, const float *y, size_t n, float *out);
  // out = (table[code] − black) · gain, or with a flat (out · flat) where flat is not null. The
  // table is the piecewise linear SQROOT one where knots are given, else looked up.
  void (*decompand)(const uint8_t *codes, const float *table, float black, float gain,
                    const float *flat, size_t n, float *out);
  void (*decompand_sqroot)(const uint8_t *codes, float black, float gain, const float *flat,
                           size_t n, float *out);
} jk_kernels;

// Levels that this processor can run, the widest last; at least one.
size_t jk_level_count(void);
const jk_kernels *jk_level(size_t index);

#endif
