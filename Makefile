# `make demo` and `make test` do everything on a fresh machine that has only Swift, git and make.

FORMATTED = Package.swift Sources Tests $(wildcard Examples)

.PHONY: demo test test-tsan test-asan fuzz cases setup bench format lint clean

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

# The same tests, in build folders of their own, looking for data races and for memory errors in Swift and C. Everything
# may take ten times longer there than in `make test`.
#
# Functions of Swift that wait never tell the thread sanitizer that they returned: its stacks grow with every test, and
# each allocation stores the whole of one. Functions of C that Lua jumps out of do the same. So calls are not told to it. Its reports
# have one frame then, the right one.
TSAN_CALLS = -Xllvm -tsan-instrument-func-entry-exit=0
TSAN_CALLS_OF_C = -mllvm -tsan-instrument-func-entry-exit=0
test-tsan: setup
	Tests/ThreadSanitizer/prepare .build-tsan $(TSAN_CALLS)
	swift build --build-tests --sanitize=thread --scratch-path .build-tsan $(addprefix -Xswiftc ,$(TSAN_CALLS)) \
	  $(addprefix -Xcc ,$(TSAN_CALLS_OF_C))
	READOUT_SLOWNESS=10 TSAN_OPTIONS="halt_on_error=1" LD_PRELOAD="$(CURDIR)/.build-tsan/tsan-mutex.so" \
	  swift test --skip-build --disable-xctest --sanitize=thread --scratch-path .build-tsan

# Lua states are let go of late, and libraries keep tables of their own: leaks are looked for by the endurance test.
test-asan: setup
	swift build --build-tests --sanitize=address --scratch-path .build-asan
	READOUT_SLOWNESS=10 ASAN_OPTIONS="detect_leaks=0:quarantine_size_mb=8" \
	  swift test --skip-build --disable-xctest --sanitize=address --scratch-path .build-asan

# Some seconds of fuzzing for each reader of outside bytes; `Tests/Fuzz/run 3600 csv` gives one an hour, faster than it is here.
FUZZ_SECONDS = 20
fuzz: setup
	FUZZ_CONFIGURATION=debug Tests/Fuzz/run $(FUZZ_SECONDS)

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
