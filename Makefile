# zonetop: `make run` opens the dashboard on a simulated federation, `make test` runs every test.
# Both install what is missing first (and say what), and share one build.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# What the program is built against, and what the tests start on loopback beside it.
BUILD_PACKAGES := libncurses-dev libcurl4-openssl-dev libssl-dev libsqlite3-dev
TEST_PACKAGES := bind9 bind9-utils bind9-dnsutils etcd-server etcd-client tmux openssl python3 python3-venv curl
BENCH_PACKAGES := bind9 bind9-utils bind9-dnsutils etcd-server etcd-client python3 python3-venv curl
# Nice to have: tests that need one of these say so and are skipped where the distribution lacks it.
EXTRA_TEST_PACKAGES := kubernetes-client nghttp2-server faketime iptables knot knot-dnsutils pdns-server \
  pdns-backend-sqlite3 sqlite3

.PHONY: help run build test beds bench soak fuzz screenshots crds format lint clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

run: build ## the dashboard on a simulated federation
	@exec .build/debug/zonetop demo

build: ## the program, in .build/debug
	@Scripts/install-packages $(BUILD_PACKAGES)
	@swift build --product zonetop

# One after the other: many tests measure promises about time, on a machine of two cores.
test: beds ## every test, against real servers where they can be had
	@swift test --no-parallel

beds: ## what the tests need: packages and a kube-apiserver
	@Scripts/install-packages $(BUILD_PACKAGES) $(TEST_PACKAGES) --where-available $(EXTRA_TEST_PACKAGES)
	@Tests/Beds/python-tools >/dev/null || echo "no Python tools: the tests that need them are skipped"
	@Tests/Beds/build-apiserver || echo "no kube-apiserver: the tests that need one are skipped"

bench: ## the measurements, from a release build, beside octodns-sync at the same servers
	@Scripts/install-packages $(BUILD_PACKAGES) $(BENCH_PACKAGES) --where-available $(EXTRA_TEST_PACKAGES)
	@Tests/Beds/octodns >/dev/null || echo "no octodns: zonetop is measured alone"
	@swift build -c release --scratch-path .build-release --product zonetop
	@swift build -c release --scratch-path .build-release --product zonetop-bench
	@.build-release/release/zonetop-bench

soak: beds ## the long forms: every history ten steps deep, every fault, random trouble (SOAK_MINUTES, 5), every kubectl
	@ZONETOP_EXPLORE_DEPTH=$${ZONETOP_EXPLORE_DEPTH:-10} swift test --no-parallel --filter ExplorerTests
	@ZONETOP_SOAK=$${SOAK_MINUTES:-5} swift test --no-parallel --skip-build --filter "FaultTests|SoakTests|SilentDeathTests|ServedLatencyTests|StorageTroubleTests"
	@ZONETOP_KUBECTL_ALL=1 swift test --no-parallel --skip-build --filter KubectlConformanceTests

fuzz: ## a hundred thousand hostile inputs for every reader
	@Scripts/install-packages $(BUILD_PACKAGES)
	@ZONETOP_FUZZ=$${ZONETOP_FUZZ:-100000} swift test --no-parallel --filter "Fuzz|Hostile|JSONReaderTests|DecodingTests|WatchEventTests"

screenshots: ## Screenshots: every picture, its text and the index, from the recorded incident
	@Scripts/install-packages $(BUILD_PACKAGES)
	@swift build --product zonetop
	@Scripts/screenshots

crds: ## Deploy/crds, written anew from the schemas
	@ZONETOP_WRITE_CRDS=1 swift test --filter DefinitionTests

format: ## the sources, rewritten in house style
	@swift format --in-place --recursive Sources Tests Package.swift

lint: ## complains where format would change something
	@swift format lint --strict --recursive Sources Tests Package.swift

clean: ## away with everything that was built
	@rm -rf .build .build-release
