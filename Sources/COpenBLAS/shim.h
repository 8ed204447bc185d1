// OpenBLAS, and the few routines of LAPACK that it brings along: Debian's package has the Fortran
// symbols and no LAPACKE. Arguments are declared as Apple's Accelerate has them.

#ifndef SWIFT_HOPFIELD_COPENBLAS_SHIM_H
#define SWIFT_HOPFIELD_COPENBLAS_SHIM_H

#include <cblas.h>

// The Cholesky factor of a symmetric positive definite matrix.
int dpotrf_(char *uplo, int *n, double *a, int *lda, int *info);
// The inverse of a triangle.
int dtrtri_(char *uplo, char *diag, int *n, double *a, int *lda, int *info);
// The product of a triangle with its transpose.
int dlauum_(char *uplo, int *n, double *a, int *lda, int *info);

#endif
