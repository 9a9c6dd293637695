# make demo   build, process the sample frames, say which page to open
# make test   lint, build without warnings, run the whole test suite
# make assess   render, process and score all simulated scenes; writes the article Accuracy
# make crosscheck   compare kernels and geometry with CSPICE (fetches spiceypy)
# make statistics   registration over hundreds of random scenes; writes the article Registration
# make benchmark   compare inner loops, codecs and runs with OpenCV and numpy (fetches them)
# make fuzz   feed every parser with damaged files, ten minutes each
# make speed   time the kernel library beside CSPICE (fetches spiceypy)
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

SWIFT ?= swift
SYSTEM_PACKAGES := pkg-config libpng-dev libjpeg-dev libtiff-dev zlib1g-dev libisal-dev libzip-dev
JUNOCAM := .build/release/junocam
TEST_FLAGS := -c release -Xswiftc -enable-testing --scratch-path .build-test
LOGS := .build-test/logs
SCENES := $(basename $(notdir $(wildcard Pipelines/scenes/*.yaml)))
ASSESS := $(CURDIR)/out/assess
ARTICLE := Sources/JunoCamCLI/Documentation.docc/Accuracy.md
STATISTICS := $(CURDIR)/out/statistics
STATISTICS_ARTICLE := Sources/JunoCamCLI/Documentation.docc/Registration.md
GEOMETRY_CASES := $(CURDIR)/.build/geometry-cases.json

.PHONY: help setup build demo test lint assess statistics crosscheck speed benchmark fuzz clean

help:
	@sed -n 's/^# //p' Makefile

# Installs the system libraries that are missing; asks for root only if something is.
setup:
	@if ! command -v $(SWIFT) >/dev/null; then \
	  echo "swift was not found: install Swift 6.2 or later from https://www.swift.org/install" >&2; exit 1; fi
	@if command -v dpkg-query >/dev/null; then \
	  missing=""; \
	  for package in $(SYSTEM_PACKAGES); do \
	    [ "$$(dpkg-query -W -f='$${db:Status-Status}' $$package 2>/dev/null || true)" = installed ] || missing="$$missing $$package"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    echo "installing$$missing"; \
	    root=""; [ "$$(id -u)" = 0 ] || root=sudo; \
	    $$root apt-get update -qq; \
	    $$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	  fi; \
	else echo "no dpkg here: libpng, libjpeg-turbo, libtiff, zlib, ISA-L and libzip must be installed with their headers"; fi

build: setup
	$(SWIFT) build -c release --product junocam

demo: build
	$(JUNOCAM) run Pipelines/io-flybys.yaml --force

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

test: setup lint
	@mkdir -p $(LOGS)
	$(SWIFT) build --build-tests $(TEST_FLAGS) 2>&1 | tee $(LOGS)/build.log
	@! grep -E '(warning|error):' $(LOGS)/build.log || { echo "the build must be free of warnings" >&2; exit 1; }
	$(SWIFT) test --skip-build $(TEST_FLAGS)

assess: build
	@for scene in $(SCENES); do \
	  folder=$(ASSESS)/$$scene; file=Pipelines/scenes/$$scene.yaml; \
	  rm -rf $$folder; \
	  $(JUNOCAM) simulate $$file -o $$folder/scene >/dev/null; \
	  $(JUNOCAM) run Pipelines/assess.yaml -o $$folder/run >/dev/null \
	    --set "target=$$(sed -n 's/^target: *//p' $$file)" \
	    --set "frames=[$$folder/scene/frames]" --set "kernels=[$$folder/scene/kernels/$$scene.tm]"; \
	  $(JUNOCAM) assess $$folder/run --truth $$folder/scene -o $$folder/score >/dev/null; \
	done
	@{ cat Pipelines/assess.md; echo; \
	  $(JUNOCAM) assess --summary $(SCENES:%=$(ASSESS)/%/score); \
	  for scene in $(SCENES); do \
	    echo; echo "## $$scene"; echo; sed -n 's/^# *//p' Pipelines/scenes/$$scene.yaml; echo; \
	    cat $(ASSESS)/$$scene/score/table.md; \
	  done; } >$(ARTICLE).new
	@mv $(ARTICLE).new $(ARTICLE)
	@echo "wrote $(ARTICLE); pictures are in $(ASSESS)"

statistics:
	$(SWIFT) build --build-tests $(TEST_FLAGS)
	@rm -rf $(STATISTICS)
	JUNOCAM_STATISTICS=$(STATISTICS) $(SWIFT) test --skip-build $(TEST_FLAGS) --filter RegistrationStatistics
	@{ cat Pipelines/statistics.md; for part in $(STATISTICS)/*.md; do echo; cat $$part; done; } >$(STATISTICS_ARTICLE).new
	@mv $(STATISTICS_ARTICLE).new $(STATISTICS_ARTICLE)
	@echo "wrote $(STATISTICS_ARTICLE)"

crosscheck: build
	$(SWIFT) build -c release --product crosscheck-probe
	@rm -f $(GEOMETRY_CASES)
	$(JUNOCAM) run Pipelines/io-flybys.yaml --force -o out/crosscheck >/dev/null
	python3 Tests/crosscheck/crosscheck.py --probe .build/release/crosscheck-probe --geometry $(GEOMETRY_CASES) \
	  --run out/crosscheck --run-kernels SampleFrames/*/kernels/*.tm
	@if [ -e $(GEOMETRY_CASES) ]; then \
	  $(SWIFT) build --build-tests $(TEST_FLAGS) && \
	  JUNOCAM_GEOMETRY_CROSSCHECK=$(GEOMETRY_CASES) $(SWIFT) test --skip-build $(TEST_FLAGS) --filter GeometryCrossCheck; \
	fi

speed:
	$(SWIFT) build -c release --product crosscheck-probe
	python3 Tests/crosscheck/speed.py --probe .build/release/crosscheck-probe

benchmark: build
	$(SWIFT) build -c release --product benchmark-probe
	python3 Tests/Benchmarks/compare.py --probe .build/release/benchmark-probe --junocam $(JUNOCAM)

fuzz:
	$(SWIFT) build -c release --sanitize=address --scratch-path .build-fuzz --product FuzzKernels
	$(SWIFT) build -c release --sanitize=address --scratch-path .build-fuzz --product FuzzFormats
	ASAN_OPTIONS=detect_leaks=0 .build-fuzz/release/FuzzKernels --seconds 600
	ASAN_OPTIONS=detect_leaks=0 .build-fuzz/release/FuzzFormats --seconds 600 --memory 0

clean:
	rm -rf .build .build-test .build-fuzz out
