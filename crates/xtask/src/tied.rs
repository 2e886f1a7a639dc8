//! Ties a process to this program: where the program is killed, the kernel ends the process.

use std::path::Path;
use std::process::{Command, Stdio};

/// A command for `program` that ends by `signal` when the thread that starts it does. Where no `setpriv` is there, it is ended
/// by whoever holds it, as long as that is not killed.
pub(crate) fn command(program: &Path, signal: &str) -> Command {
    let mut command = Command::new("env");
    command.args(words(signal)).arg(program);
    command
}

/// The words before such a command.
pub(crate) fn words(signal: &str) -> Vec<String> {
    let words = ["setpriv", "--pdeathsig", signal].map(ToOwned::to_owned);
    let probe = Command::new("setpriv")
        .args([&words[1..], &["true".to_owned()]].concat())
        .stderr(Stdio::null())
        .status();
    if probe.is_ok_and(|done| done.success()) { words.into() } else { Vec::new() }
}
