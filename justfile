# Only gathers plain commands: everything here can be typed without `just`.

# Show what there is
default:
    @just --list

# The program, in target/release/masthead
build:
    cargo build --release

# Everything that needs no outside judge
test:
    cargo test --release

# Renew the expected files; read the difference before you commit it
bless:
    BLESS=1 cargo test --release
    git status --short tests

# Format and lints, as CI has them
lint:
    cargo fmt --check
    cargo clippy --release --all-targets -- -D warnings

# Both sample issues, then EPUBCheck, Ace, Java's zip stream, veraPDF, qpdf and pdffonts on them
judges: build
    tests/conformance/run --install
    target/release/masthead build issues --out target/judged
    target/release/masthead build issues 2026-10 --out target/judged
    tests/conformance/run target/judged

# Time and peak memory of the latest sample issue
bench: build
    benches/run

# The figures of docs/decisions once more
decisions:
    benches/decisions/run

# The release archive, and a run of it in an empty root
release:
    release/archive
    release/check

# All that CI does
ci:
    .ci/run
