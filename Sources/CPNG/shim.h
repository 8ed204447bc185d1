#ifndef SWIFT_HOPFIELD_CPNG_SHIM_H
#define SWIFT_HOPFIELD_CPNG_SHIM_H

// libpng reports an error by a call that must not return, that is, by longjmp, and Swift cannot
// call setjmp. So the few calls that may fail are made here, each function with a setjmp of its
// own, and no Swift frame ever lies between a setjmp and its longjmp. libpng's simplified
// interface would spare us this, but it converts samples by the file's gamma, and what a network
// stores are the samples themselves.

#include <png.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// A PNG file in memory on its way to samples of 8 bits, or back.
typedef struct hopfield_png {
  png_structp png;
  png_infop info;
  const unsigned char *input;  // borrowed from the caller
  size_t length;
  size_t position;
  unsigned char *output;  // owned; free() it
  size_t capacity;
  uint32_t width, height;
  int fileBits;  // bits of a pixel as the file stores it
  int channels;  // of the decoded samples: 1 or 3
  char message[128];
} hopfield_png;

static inline void hopfield_png_fail(png_structp png, png_const_charp message) {
  hopfield_png *self = (hopfield_png *)png_get_error_ptr(png);
  strncpy(self->message, message, sizeof self->message - 1);
  png_longjmp(png, 1);
}

static inline void hopfield_png_ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static inline void hopfield_png_fetch(png_structp png, png_bytep bytes, size_t count) {
  hopfield_png *self = (hopfield_png *)png_get_io_ptr(png);
  if (count > self->length - self->position) png_error(png, "the file ends early");
  memcpy(bytes, self->input + self->position, count);
  self->position += count;
}

static inline void hopfield_png_store(png_structp png, png_bytep bytes, size_t count) {
  hopfield_png *self = (hopfield_png *)png_get_io_ptr(png);
  if (count > self->capacity - self->length) {
    size_t capacity = 2 * (self->length + count) + 4096;
    unsigned char *larger = (unsigned char *)realloc(self->output, capacity);
    if (!larger) png_error(png, "out of memory");
    self->output = larger;
    self->capacity = capacity;
  }
  memcpy(self->output + self->length, bytes, count);
  self->length += count;
}

static inline void hopfield_png_flush(png_structp png) { (void)png; }

/// Reads everything before the samples; allocates nothing by the size found. 0: see `message`.
static inline int hopfield_png_begin(
    hopfield_png *self, const unsigned char *input, size_t length) {
  self->input = input;
  self->length = length;
  self->png = png_create_read_struct(
      PNG_LIBPNG_VER_STRING, self, hopfield_png_fail, hopfield_png_ignore);
  if (!self->png) return 0;
  if (setjmp(png_jmpbuf(self->png))) return 0;
  self->info = png_create_info_struct(self->png);
  if (!self->info) return 0;
  // The caller bounds the number of pixels; a single row may be as long as it likes.
  png_set_user_limits(self->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_read_fn(self->png, self, hopfield_png_fetch);
  png_read_info(self->png, self->info);

  self->width = png_get_image_width(self->png, self->info);
  self->height = png_get_image_height(self->png, self->info);
  self->fileBits = png_get_bit_depth(self->png, self->info)
      * png_get_channels(self->png, self->info);
  int color = png_get_color_type(self->png, self->info);
  self->channels = color & PNG_COLOR_MASK_COLOR ? 3 : 1;
  return 1;
}

/// Decodes into `samples`, width x height x channels bytes, and reads to the file's end.
static inline int hopfield_png_decode(hopfield_png *self, unsigned char *samples) {
  if (setjmp(png_jmpbuf(self->png))) return 0;
  int depth = png_get_bit_depth(self->png, self->info);
  int color = png_get_color_type(self->png, self->info);
  if (color == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(self->png);
  if (color == PNG_COLOR_TYPE_GRAY && depth < 8) png_set_expand_gray_1_2_4_to_8(self->png);
  if (depth == 16) png_set_strip_16(self->png);
  png_set_strip_alpha(self->png);
  int passes = png_set_interlace_handling(self->png);
  png_read_update_info(self->png, self->info);
  size_t stride = (size_t)self->width * self->channels;
  if (png_get_bit_depth(self->png, self->info) != 8
      || png_get_rowbytes(self->png, self->info) != stride)
    png_error(self->png, "unexpected layout of samples");
  for (int pass = 0; pass < passes; pass += 1)
    for (size_t row = 0; row < self->height; row += 1)
      png_read_row(self->png, samples + row * stride, NULL);
  png_read_end(self->png, NULL);
  return 1;
}

/// Encodes width x height grey samples of 8 bits; the file is `output`, `length` bytes.
static inline int hopfield_png_encode(
    hopfield_png *self, const unsigned char *samples, uint32_t width, uint32_t height) {
  self->png = png_create_write_struct(
      PNG_LIBPNG_VER_STRING, self, hopfield_png_fail, hopfield_png_ignore);
  if (!self->png) return 0;
  if (setjmp(png_jmpbuf(self->png))) return 0;
  self->info = png_create_info_struct(self->png);
  if (!self->info) return 0;
  png_set_user_limits(self->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_write_fn(self->png, self, hopfield_png_store, hopfield_png_flush);
  png_set_IHDR(
      self->png, self->info, width, height, 8, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(self->png, self->info);
  for (size_t row = 0; row < height; row += 1)
    png_write_row(self->png, samples + row * width);
  png_write_end(self->png, NULL);
  return 1;
}

/// Frees everything that the two readers and the writer allocated.
static inline void hopfield_png_end(hopfield_png *self) {
  if (self->png && self->input) png_destroy_read_struct(&self->png, &self->info, NULL);
  else if (self->png) png_destroy_write_struct(&self->png, &self->info);
  free(self->output);
  self->output = NULL;
}

#endif
