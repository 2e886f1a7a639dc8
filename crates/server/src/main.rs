//! The `dumka` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    dumka_server::cli::main()
}
