//! The program: arguments in, report and editions out, exit status 0, 1 or 2.

fn main() -> std::process::ExitCode {
    masthead::cli::run(std::env::args_os())
}
