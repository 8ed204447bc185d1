"""Prints the versions of everything that the peers are made of, one a line."""

from importlib.metadata import version
from platform import python_version

import numpy as np
from threadpoolctl import threadpool_info

print("Python", python_version())
np.zeros((2, 2)) @ np.zeros((2, 2))
for package in ["numpy", "torch", "entmax", "faiss-cpu"]:
    print(package, version(package))
for library in threadpool_info():
    if library["user_api"] == "blas":
        print(library["internal_api"], library["version"], library["architecture"])
