"""The number of threads of numpy's BLAS."""

from threadpoolctl import threadpool_limits


def use_threads(count):
    threadpool_limits(count, user_api="blas")
