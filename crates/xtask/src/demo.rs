//! `demo`: a news article with comments, served on this machine.

use std::net::TcpListener;

use anyhow::{Context, Result};
use xshell::cmd;

use crate::build;
use crate::repo::Repo;

const LISTEN: &str = "127.0.0.1:8080";

/// Builds and serves until interrupted; `args` go to `dumka demo` and override the defaults.
pub(crate) fn run(repo: &Repo, args: &[String]) -> Result<()> {
    let listen = value_of(args, "--listen").unwrap_or(LISTEN);
    // Asked before minutes of building, and again by the server itself.
    TcpListener::bind(listen).with_context(|| {
        format!("{listen} cannot be used; try another: cargo xtask demo -- --listen 127.0.0.1:8081")
    })?;
    let program = build::release(repo)?;
    let database = format!("sqlite://{}", repo.target.join("demo.db").display());
    let database = value_of(args, "--database").unwrap_or(&database);
    println!("\nThe demo page: http://{listen}/demo/   (Ctrl-C ends it)\n");
    let rest = without(args, &["--listen", "--database"]);
    cmd!(repo.sh, "{program} demo --listen {listen} --database {database} {rest...}").quiet().run()?;
    Ok(())
}

fn value_of<'a>(args: &'a [String], flag: &str) -> Option<&'a str> {
    args.iter().position(|arg| arg == flag).and_then(|at| args.get(at + 1)).map(String::as_str)
}

fn without<'a>(args: &'a [String], flags: &[&str]) -> Vec<&'a String> {
    let is_flag = |at: usize| args.get(at).is_some_and(|arg| flags.contains(&arg.as_str()));
    let kept = |at: &usize| !is_flag(*at) && !at.checked_sub(1).is_some_and(is_flag);
    (0..args.len()).filter(kept).map(|at| &args[at]).collect()
}
