# `make demo` and `make test` do everything on a fresh machine that has only Swift, git and make.

FORMATTED = Package.swift Sources Tests $(wildcard Examples)

.PHONY: demo test cases setup bench format lint clean

demo: setup
	swift build --configuration release --product readout
	.build/release/readout run analyses/opcon.lua --out reports
	@echo
	@echo "reports/:"
	@ls -l reports

# The build first, so that the cases find the command beside the test bundle. The runner's own closing line comes last.
test: setup
	swift build
	swift build --build-tests
	swift test --skip-build --disable-xctest

# Writes the output of every case anew; look at the diff before you commit it.
cases: setup
	swift build
	READOUT_UPDATE_CASES=1 swift test --disable-xctest --filter CaseTests

setup:
	@Scripts/setup

bench: setup
	Benchmarks/run

format:
	swift format format --in-place --parallel --recursive $(FORMATTED)

lint:
	swift format lint --strict --parallel --recursive $(FORMATTED)

clean:
	rm -rf .build reports
