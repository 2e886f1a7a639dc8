//! The project's chores, typed as `cargo xtask <chore>`.

mod build;
mod bundle;
mod demo;
mod repo;
mod steps;
mod test;
mod tools;

use anyhow::{Result, bail};

use crate::repo::Repo;

const CHORES: &str = "\
cargo xtask demo  [-- …]        build everything and serve a demo page; the rest goes to `dumka demo`
cargo xtask build               the server with the widget inside, as target/release/dumka
cargo xtask test  [filter…]     every test: host, widget in a browser, the whole in a browser";

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--").collect();
    let (chore, rest) = args.split_first().map_or(("", &[][..]), |(chore, rest)| (chore.as_str(), rest));
    let repo = Repo::open()?;
    match chore {
        "build" => build::release(&repo).map(drop),
        "demo" => demo::run(&repo, rest),
        "test" => test::run(&repo, rest),
        _ => bail!("which chore?\n\n{CHORES}"),
    }
}
