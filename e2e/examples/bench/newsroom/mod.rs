//! Measures a newsroom and its readers over a database with very many comments, on both engines.

mod asks;
mod fill;
mod rows;
mod site;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use dumka_test_database::TestDatabase;
use e2e::Server;

use crate::figures::{Case, Figures, Sample};
use crate::table;
use asks::Asks;
use site::BigSite;

/// The word that asks for this part.
pub(crate) const WORD: &str = "newsroom";

/// Comments of the site.
const COMMENTS: usize = 1_000_000;
/// Comments of a quick run.
const QUICK_COMMENTS: usize = 100_000;

/// Measures on SQLite and on PostgreSQL, as far as `words` leave it; the figures go to `folder`.
pub(crate) async fn run(folder: &Path, words: &[String]) -> Result<()> {
    let has = |word: &str| words.iter().any(|it| it == word);
    let site = BigSite::of(if has("--quick") { QUICK_COMMENTS } else { COMMENTS });
    let mut figures = Figures::default();
    if !has("postgres") {
        let file = tempfile::Builder::new().prefix("bench-").tempdir_in(folder)?;
        let url = format!("sqlite://{}", file.path().join("dumka.db").display());
        measure(("SQLite", &url), &site, &mut figures).await?;
        keep(folder, &figures)?;
    }
    if !has("--without-postgres") && !has("sqlite") {
        let database = TestDatabase::create_empty().await.context("cargo xtask says where PostgreSQL is")?;
        measure(("PostgreSQL", &database.url()), &site, &mut figures).await?;
        keep(folder, &figures)?;
    }
    Ok(())
}

async fn measure((engine, url): (&str, &str), site: &BigSite, figures: &mut Figures) -> Result<()> {
    let comments = site.places.len();
    eprintln!("{comments} comments on {engine}");
    let table = format!("newsroom over {comments} comments on {engine}");
    let secs = fill::fill(url, site).await?;
    let took = Sample::new([("s", Some(secs))]);
    figures.add(Case { table: format!("{table}, in all"), contestant: "index of words" }, Ok(took));
    let server = Server::over(url).await?;
    let key = server.key()?;
    let asks = Asks::new(&server, key);
    for (contestant, sample) in asks.all(site).await? {
        figures.add(Case { table: table.clone(), contestant }, Ok(sample));
    }
    Ok(())
}

fn keep(folder: &Path, figures: &Figures) -> Result<()> {
    fs::write(folder.join("bench.json"), format!("{:#}\n", figures.json()))?;
    Ok(fs::write(folder.join("bench.md"), table::print(figures, None))?)
}
