//! The command line. Exit codes: 0 done, 1 failed while running, 2 wrong usage or settings.

mod comments;
mod keys;
mod log;
mod move_database;
mod newsroom;
mod serve;
mod staff;
mod steer;
mod threads;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{self, ConfigError, Flags};
use crate::routes;
use crate::server::DemoMode;

/// Comments for news pages.
#[derive(Debug, Parser)]
#[command(name = "dumka", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve comments and the widget
    Serve(Flags),
    /// Serve a demo article at /demo/ with a discussion under it
    Demo(Flags),
    /// Moderate comments from a shell
    #[command(subcommand)]
    Comments(comments::Action),
    /// List, name and steer threads from a shell
    #[command(subcommand)]
    Threads(threads::Action),
    /// Invite people to the newsroom, give them roles, shut them out
    #[command(subcommand)]
    Staff(staff::Action),
    /// Make and withdraw keys of programs
    #[command(subcommand)]
    Keys(keys::Action),
    /// Move everything into another database, while no server runs
    MoveDatabase(move_database::MoveDatabase),
    /// Say what is wrong with the settings, or nothing
    CheckConfig(Flags),
    /// Print the OpenAPI description of the HTTP interface
    Openapi,
}

/// Does what the command line says.
pub fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has read enough, as `head` does.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("dumka: {error:#}");
            ExitCode::from(if error.is::<ConfigError>() { 2 } else { 1 })
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve(flags) => serve::run(&flags, DemoMode::Off),
        Command::Demo(flags) => serve::run(&flags, DemoMode::On),
        Command::Comments(action) => comments::main(&action),
        Command::Threads(action) => threads::main(&action),
        Command::Staff(action) => staff::main(&action),
        Command::Keys(action) => keys::main(&action),
        Command::MoveDatabase(addresses) => move_database::main(&addresses),
        Command::CheckConfig(flags) => check_config(&flags),
        Command::Openapi => print_openapi(),
    }
}

fn check_config(flags: &Flags) -> anyhow::Result<()> {
    let settings = config::load(flags)?;
    writeln!(io::stdout(), "the settings are fine")?;
    for hint in config::hints(&settings) {
        writeln!(io::stdout(), "hint: {hint}")?;
    }
    Ok(())
}

fn print_openapi() -> anyhow::Result<()> {
    writeln!(io::stdout(), "{}", routes::description().to_pretty_json()?)?;
    Ok(())
}
