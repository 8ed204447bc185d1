// OpenBLAS, and the few routines of LAPACK that it brings along: Debian's package has the Fortran
// symbols and no LAPACKE. Arguments are declared as Apple's Accelerate has them.

#ifndef SWIFT_HOPFIELD_COPENBLAS_SHIM_H
#define SWIFT_HOPFIELD_COPENBLAS_SHIM_H

#include <cblas.h>

// The Cholesky factor of a symmetric positive definite matrix.
int spotrf_(char *uplo, int *n, float *a, int *lda, int *info);
int dpotrf_(char *uplo, int *n, double *a, int *lda, int *info);
// The inverse, from that factor.
int spotri_(char *uplo, int *n, float *a, int *lda, int *info);
int dpotri_(char *uplo, int *n, double *a, int *lda, int *info);
// Solutions, from that factor.
int spotrs_(char *uplo, int *n, int *nrhs, float *a, int *lda, float *b, int *ldb, int *info);
int dpotrs_(char *uplo, int *n, int *nrhs, double *a, int *lda, double *b, int *ldb, int *info);

#endif
