# The front door: sets the machine up, builds, and runs what is asked for.
#
#   make run                       this machine: accel list, then accel status
#   make run ARGS="list --json"    any command
#   make test                      every test
#   make check                     format, linters, sanitizers, fuzzers, layers, generated documents
#   make bench                     the benchmarks
#   make install PREFIX=/usr/local DESTDIR=
#   make package                   a Debian package, in build/release
#   make clean

BUILD := build/release
ACCEL := $(BUILD)/accel
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
DESTDIR ?=

# Ninja's one moving line on a terminal; nothing elsewhere.
BUILD_FLAGS := $(if $(MAKE_TERMOUT),,--quiet)
LAUNCHER := $(if $(shell command -v ccache),ccache,)

.DEFAULT_GOAL := run
.PHONY: run test check bench install package clean

# $(call configured,ON|OFF): the build folder, with or without what only tests need. A folder that
# has the tests keeps them.
define configured
	@if ! grep -qs 'ACCEL_BUILD_TESTS:BOOL=\($(1)\|ON\)$$' $(BUILD)/CMakeCache.txt || \
	    [ ! -f $(BUILD)/build.ninja ]; then \
	  echo "accel: configuring $(BUILD)" >&2; \
	  cmake --preset release -DACCEL_BUILD_TESTS=$(1) -DCMAKE_C_COMPILER_LAUNCHER=$(LAUNCHER) \
	    -DCMAKE_CXX_COMPILER_LAUNCHER=$(LAUNCHER) --log-level=NOTICE >/dev/null || exit 1; \
	fi
endef

# $(call built,TARGET)
define built
	@echo "accel: building" >&2
	@cmake --build $(BUILD) -j $(JOBS) --target $(1) -- $(BUILD_FLAGS) >&2
endef

run:
	@tools/install_packages run
	$(call configured,OFF)
	$(call built,product)
ifeq ($(strip $(ARGS)),)
	@$(ACCEL) list
	@echo
	@$(ACCEL) status
else
	@$(ACCEL) $(ARGS)
endif

test:
	@tools/install_packages run test
	$(call configured,ON)
	$(call built,all)
	@tools/run_tests $(BUILD) $(JOBS)

check:
	@tools/install_packages run test check
	@tools/check $(STEPS)

bench:
	@tools/install_packages run test
	$(call configured,ON)
	$(call built,product accel-bench accel-bench-empty)
	@$(BUILD)/bench/accel-bench $(ACCEL)

install: $(BUILD)/build.ninja
	$(call built,product)
	@DESTDIR=$(DESTDIR) cmake --install $(BUILD) --prefix $(PREFIX)

package: $(BUILD)/build.ninja
	@tools/install_packages package
	$(call built,product)
	@cd $(BUILD) && cpack -G DEB >cpack.log || { cat cpack.log; exit 1; }
	@ls $(BUILD)/*.deb

$(BUILD)/build.ninja:
	@tools/install_packages run
	$(call configured,OFF)

clean:
	@rm -rf build
