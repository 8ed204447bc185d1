#ifndef SWIFT_HOPFIELD_COPENBLAS_SHIM_H
#define SWIFT_HOPFIELD_COPENBLAS_SHIM_H

#include <cblas.h>

#endif
