//! The project's chores, typed as `cargo xtask <chore>`.

mod bench;
mod browsers;
mod build;
mod bundle;
mod check;
mod cluster;
mod demo;
mod dist;
mod docs;
mod earlier;
mod postgres;
mod repo;
mod screenshots;
mod size;
mod steps;
mod test;
mod tidy;
mod tied;
mod tools;

use anyhow::{Result, bail};

use crate::repo::Repo;

const CHORES: &str = "\
cargo xtask demo [-- …]           build everything and serve a demo page; the rest goes to `dumka demo`
cargo xtask build                 the server with the widget inside, as target/release/dumka
cargo xtask test [filter]         every test: host, widget in a browser, the whole in a browser;
                                  --engines chromium,firefox,webkit or all for other browsers than Chromium;
                                  --upgrade for an upgrade from the version before, which is built for it;
                                  --every-case for every example at every stage of the program;
                                  --rounds 200 for more rounds on pages that meddle, --seed 17 for that one
cargo xtask check                 formatting, clippy, documentation, tidy, licences of dependencies
cargo xtask docs                  the tables of docs/styling.md, from the names in the code
cargo xtask size                  what a reader downloads, against its budgets
cargo xtask loader                the loader's modules as one script; Trunk runs it
cargo xtask newsroom              the moderators' program alone, in target/newsroom
cargo xtask bench [what…]         Dumka beside others, as a table and target/bench.json; --quick for fewer rounds
cargo xtask cluster               PostgreSQL, three servers and nginx on this machine, a load on them, and one after another
                                  killed: what was acknowledged, lost, doubled; --quick for fewer faults, --dev unoptimised
cargo xtask screenshots [folder]  pictures of the documents, in docs/pictures; of the widget's states, in target/screenshots
cargo xtask host-pages [folder]   pictures of the widget in pages of others, all on host-pages.png, in target/host_pages
cargo xtask dist                  an archive of the program with its documents, in target/dist";

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--").collect();
    let (chore, rest) = args.split_first().map_or(("", &[][..]), |(chore, rest)| (chore.as_str(), rest));
    let repo = Repo::open()?;
    match chore {
        "bench" => bench::run(&repo, rest),
        "build" => build::release(&repo).map(drop),
        "check" => check::run(&repo),
        "cluster" => cluster::run(&repo, rest),
        "demo" => demo::run(&repo, rest),
        "dist" => dist::run(&repo),
        "docs" => docs::write(&repo),
        "loader" => bundle::write_loader(&repo),
        "newsroom" => bundle::newsroom(&repo),
        "screenshots" => screenshots::run(&repo, rest.first()),
        "host-pages" => screenshots::host_pages(&repo, rest.first()),
        "size" => size::run(&repo),
        "test" => test::run(&repo, rest),
        _ => bail!("which chore?\n\n{CHORES}"),
    }
}
