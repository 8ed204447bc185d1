# swift-hopfield: `make` lists the targets. Works with GNU make 3.81 (macOS) and later.

# System packages, for Debian and its kin and for Homebrew.
APT_PACKAGES = libopenblas-dev libpng-dev libzip-dev pkg-config
BREW_PACKAGES = openblas libpng libzip pkg-config
APT_ARM64_PACKAGES = gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user

SCRATCH = .build
OS := $(shell uname -s)

# C at -O2 in debug builds too (at -O0 the kernels are 25 times slower). Every debug build takes the
# same flags: another set rebuilds everything.
SWIFT_FLAGS = --scratch-path $(SCRATCH)
DEBUG_FLAGS = $(SWIFT_FLAGS) -Xcc -O2

# The executable without shared Swift libraries starts in half the time. It needs --product.
RELEASE_FLAGS = $(SWIFT_FLAGS) -c release --product hopfield
ifeq ($(OS),Linux)
RELEASE_FLAGS += --static-swift-stdlib
endif
EXECUTABLE = $(SCRATCH)/release/hopfield

FORMATTED = $(wildcard Package.swift Sources Tests Examples Benchmarks)

.PHONY: help setup swift demo build release test lint format imports floors docs contract examples \
	test-kernels test-arm64 bench figures clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z][a-z0-9-]*:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

swift: ## check that there is a Swift toolchain
	@command -v swift >/dev/null 2>&1 || { \
	  echo "There is no 'swift' on the PATH. Install Swift 6.2 or later: https://www.swift.org/install" >&2; \
	  exit 1; }

setup: swift ## install the system packages that are missing
ifeq ($(OS),Darwin)
	@Scripts/install-packages $(BREW_PACKAGES)
else
	@Scripts/install-packages $(APT_PACKAGES)
endif

demo: release ## build the executable and recall damaged digits with it
	$(EXECUTABLE) demo

build: setup ## build everything for debugging
	swift build $(DEBUG_FLAGS)

release: setup ## build the executable `hopfield`
	swift build $(RELEASE_FLAGS)

test: setup ## run the tests
	swift test $(DEBUG_FLAGS)

lint: imports ## check the format of all Swift files, and every import
	swift format lint --strict --recursive $(FORMATTED)

format: swift ## format all Swift files in place
	swift format --in-place --recursive $(FORMATTED)

imports: swift ## check that every import goes down a floor
	@Scripts/check-imports

floors: setup ## build, refusing an import that Package.swift does not declare
	swift build $(DEBUG_FLAGS) --explicit-target-dependency-import-check error

docs: setup ## write the documentation of all modules; a warning is an error
	swift build $(DEBUG_FLAGS)
	@Scripts/docs $(SCRATCH)

examples: setup ## build and run every example
	swift build $(DEBUG_FLAGS)
	@Scripts/run-examples $(SCRATCH)/debug

contract: release ## hold the executable against the contract of the command line
	@Tests/CommandLineContract/run $(EXECUTABLE)

test-kernels: swift ## run the C kernels' own test at every level of this machine
	@Scripts/test-kernels native $(SCRATCH)

test-arm64: swift ## run it for arm64 (under qemu, unless the machine is one)
	@Scripts/test-kernels arm64 $(SCRATCH) "$(APT_ARM64_PACKAGES)"

# FILTER=recall runs a part; BENCH_FLAGS takes --quick, --huge, --scaling (see Benchmarks/README.md).
figures: release ## draw the figures of the documentation anew
	Scripts/figures $(EXECUTABLE)

bench: release ## measure everything beside numpy, torch and others, in one run
	swift build --package-path Benchmarks -c release --product hopfield-bench
	cd Benchmarks && .build/release/hopfield-bench --hopfield $(abspath $(EXECUTABLE)) \
	  $(if $(FILTER),--filter '$(FILTER)') $(BENCH_FLAGS)

clean: ## remove what was built
	rm -rf $(SCRATCH)
