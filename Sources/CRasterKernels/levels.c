#include "CRasterKernels.h"

#include <string.h>

#pragma clang fp contract(off)
// Wide vectors are passed only between functions that are inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#define JK_JOIN_(a, b) a##_##b
#define JK_JOIN(a, b) JK_JOIN_(a, b)

// Positions between the one that is sampled and the one whose taps are asked for.
#ifndef JK_AHEAD
#define JK_AHEAD 128
#endif

#define JK_LEVEL baseline
#define JK_NAME "baseline"
#include "kernels.inc"
#undef JK_LEVEL
#undef JK_NAME

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#define JK_LEVEL v3
#define JK_NAME "x86-64-v3"
#include "kernels.inc"
#undef JK_LEVEL
#undef JK_NAME
#pragma clang attribute pop

// Vectors stay 256 bits wide; masks, more registers and compares into masks make the geometry a quarter
// faster.
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
#define JK_LEVEL v4
#define JK_NAME "x86-64-v4"
#include "kernels.inc"
#undef JK_LEVEL
#undef JK_NAME
#pragma clang attribute pop

static int has_v3(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("f16c");
}

static int has_v4(void) {
  return has_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
}
#endif

size_t jk_level_count(void) {
#if defined(__x86_64__)
  return has_v4() ? 3 : has_v3() ? 2 : 1;
#else
  return 1;
#endif
}

const jk_kernels *jk_level(size_t index) {
#if defined(__x86_64__)
  if (index == 2 && has_v4()) return &kernels_v4;
  if (index >= 1 && has_v3()) return &kernels_v3;
#endif
  (void)index;
  return &kernels_baseline;
}
