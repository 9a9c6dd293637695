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
  float matrix[12];        // 3 rows of 4: camera axes from body axes, rows 0 and 1 in pixels; the
                           // fourth column is the offset
  float range[12];         // the same per km of range
  float inverse_focal_squared;
  float k1, k2, centre_x, centre_y;
  float camera[3];         // camera in body axes
  float inverse_radii2[3]; // 1 / semi-axis²
  float minimum_cosine2;   // square of the least cosine of emission, with the cosine's sign
  float hidden_weight;     // factor on the weight beyond that; 0 rejects
  float inverse_feather;   // 1 / rows of the feather
  float rows;              // rows of a framelet
  float first_x, last_x;   // usable columns, corner-origin coordinates
} jk_framelet;

// One camera position and one lamp over an ellipsoid.
typedef struct {
  double camera[3];        // body axes, km
  double sun[3];
  double inverse_radii2[3]; // 1 / semi-axis²
  double focal;            // pixels
} jk_view;

// From bands to linear display light; see Photometry's ColourKernel.
typedef struct {
  float linear[9], quadratic[9]; // rows
  float luminance[3];            // shares of red, green and blue
  float smallest_mean, largest_ratio;
  int32_t is_identity;           // bands are shown as they are
} jk_colour;

// From there to display codes; see Photometry's PictureEncoder, ToneKernel and FullBands.
typedef struct {
  jk_colour colour;
  int32_t has_ceilings;
  float per_ceiling[3];
  float fade_from, per_fade;
  float exposure, per_toe, toe_slope, toe_rise;
  float shoulder, room, per_room, per_white_squared, white;
  float levels;                  // code of full display value
  int32_t dithers;
} jk_look;

// Signatures. Positions are in sample units (pixel centres at whole numbers), not negative, and all
// taps around them lie inside the plane's storage. Every array may be unaligned.

// Projects n points (a multiple of eight) and packs those that the framelet sees: positions,
// weights, and places in the block. Returns how many. Outputs hold n + 8 elements.
typedef size_t (*jk_project_fn)(const jk_framelet *framelet, const float *sx, const float *sy,
                                const float *sz, size_t n, float *x, float *y, float *weight,
                                uint32_t *place);
// Samples a plane at n positions.
typedef void (*jk_sample_fn)(const float *plane, ptrdiff_t stride, const float *x, const float *y,
                             size_t n, float *out);
// The same with a table of (steps + 1) × 8 weights, six used, followed by as many differences from
// each entry to the next. Of each row of taps two floats more are read (and dropped).
typedef void (*jk_sample_table_fn)(const float *plane, ptrdiff_t stride, const float *table,
                                   size_t steps, const float *x, const float *y, size_t n,
                                   float *out);
// Adds weight·value and weight at the places of a block. Places of values that are NaN are left
// alone; their indices are written to rejected, and their number is returned.
typedef size_t (*jk_accumulate_fn)(const float *values, const float *weights,
                                   const uint32_t *places, size_t n, float *sums, float *totals,
                                   uint32_t *rejected);
// Points of a map line on the ellipsoid: the direction (cos_lat·cos_lon, cos_lat·sin_lon, sin_lat)
// scaled by 1 / sqrt(cos_lat²·equatorial + polar), where equatorial is (cos_lon/a)² + (sin_lon/b)²
// of each column and polar is (sin_lat/c)².
typedef void (*jk_map_line_fn)(const float *cos_lon, const float *sin_lon, const float *equatorial,
                               size_t n, float cos_lat, float sin_lat, float polar, float *x,
                               float *y, float *z);
// How n points (a multiple of eight) are seen and lit: angles of emission, incidence and phase,
// radians, to 1e-9, and the ground that one pixel sees, km, along and across the view in the mean
// (NaN where the ground is turned away). All are NaN for points that are NaN.
typedef void (*jk_view_fn)(const jk_view *view, const float *x, const float *y, const float *z,
                           size_t n, float *emission, float *incidence, float *phase,
                           float *distance);
// out = (table[code] − black) · gain, times flat where flat is not null.
typedef void (*jk_decompand_fn)(const uint8_t *codes, const float *table, float black, float gain,
                                const float *flat, size_t n, float *out);
// Codes of a linear scale, interleaved [pixel][plane]: (value − offset) / scale, nearest, at least 1 and at
// most 65 535; 0 for values that are not finite.
typedef void (*jk_codes_fn)(const float *const *planes, size_t channels, size_t n, double offset,
                            double scale, uint16_t *out);
// The way back; NaN for 0.
typedef void (*jk_decode_fn)(const uint16_t *codes, size_t channels, size_t n, double offset,
                             double scale, float *const *planes);
// Luminance of n pixels (a multiple of eight); NaN where any band is not finite.
typedef void (*jk_luminance_fn)(const jk_colour *colour, const float *red, const float *green,
                                const float *blue, size_t n, float *out);
// Display codes of n pixels (a multiple of eight) of a line, from a sample on, interleaved RGB; black
// where any band is not finite.
typedef void (*jk_paint_fn)(const jk_look *look, const float *red, const float *green,
                            const float *blue, size_t n, uint32_t line, uint32_t sample,
                            uint8_t *out);

// Constant after it has been made, so any thread may use it.
#define JK_SENDABLE __attribute__((swift_attr("@Sendable")))

typedef struct JK_SENDABLE {
  const char *name;
  jk_project_fn project;
  jk_sample_fn nearest;
  jk_sample_fn bilinear;
  jk_sample_fn bicubic;
  jk_sample_table_fn lanczos3;
  jk_accumulate_fn accumulate;
  jk_map_line_fn map_line;
  jk_view_fn view;
  // The table given is ignored by decompand_sqroot, which knows the SQROOT table in closed form.
  jk_decompand_fn decompand;
  jk_decompand_fn decompand_sqroot;
  jk_codes_fn codes;
  jk_decode_fn decode;
  // NULL in the Swift reference, which stands beside the colours in Photometry.
  jk_luminance_fn luminance;
  jk_paint_fn paint;
} jk_kernels;

// Has the C library keep freed blocks of the size of planes for the next ones.
void jk_keep_planes(void);

// Levels that this processor can run, the widest last; at least one.
size_t jk_level_count(void);
const jk_kernels *jk_level(size_t index);

#endif
