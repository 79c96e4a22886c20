//! The program: arguments in, report and editions out, exit status 0, 1 or 2.

/// The page engine asks for memory in millions of small pieces: see `docs/decisions/dependencies.md`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    masthead::cli::run(std::env::args_os())
}
