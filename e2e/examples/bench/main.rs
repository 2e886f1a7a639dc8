//! Measures Dumka beside others: the cost of a page for its reader, and the load that a server bears.
//!
//! `cargo xtask bench [what…]` builds what this needs and says where it is. The tables go to `bench.md` and
//! `bench.json` in the folder named first.

mod contestant;
mod contestants;
mod earlier;
mod figures;
mod load;
mod memory;
mod network;
mod newspaper;
mod newsroom;
mod page;
mod pgbench;
mod plan;
mod service;
mod table;
mod texts;
mod threads;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::contestant::Contestant;
use crate::earlier::Earlier;
use crate::figures::{Case, Figures};
use crate::page::{Visit, When};
use crate::plan::{Plan, USUAL_SIZE};

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("which folder shall the figures go to?")?);
    let words: Vec<_> = arguments.collect();
    if words.iter().any(|word| word == newsroom::WORD) {
        return newsroom::run(&folder, &words).await;
    }
    let plan = Plan::from_words(&words)?;
    // Read first: an earlier run may have left its figures where this one puts its own.
    let earlier = plan.earlier.as_deref().map(Earlier::read).transpose()?;
    let contestants = contestants::start(&plan, &folder.join("bench")).await?;
    let mut figures = Figures::default();
    // What is posted by clicks makes the thread longer: it comes last.
    for part in ["pages", "all", "load", "burning", "clicks"].into_iter().filter(|part| plan.wants(part)) {
        for round in 1..=plan.rounds {
            eprintln!("{part}, round {round} of {}", plan.rounds);
            measure((part, round), &plan, &contestants, &mut figures).await;
            // Kept after every round, so that a run that is cut short has not been in vain.
            fs::write(folder.join("bench.json"), format!("{:#}\n", figures.json()))?;
            fs::write(folder.join("bench.md"), table::print(&figures, earlier.as_ref()))?;
        }
    }
    Ok(())
}

/// Takes a part's figures once, each contestant beside the others, so that a busy moment meets them all.
async fn measure(
    (part, round): (&str, usize),
    plan: &Plan,
    contestants: &[Contestant],
    figures: &mut Figures,
) {
    match part {
        "pages" => {
            for (line, &size) in plan.lines().flat_map(|line| plan.sizes.iter().map(move |size| (line, size)))
            {
                for contestant in contestants {
                    open(contestant, (size, line), figures).await;
                }
            }
        }
        "all" => {
            for (line, size) in
                plan.lines().flat_map(|line| plan.long_threads().map(move |size| (line, size)))
            {
                for contestant in contestants {
                    show_all(contestant, (size, line), figures).await;
                }
            }
        }
        "load" => {
            for contestant in contestants {
                load(contestant, round, figures).await;
            }
            if plan.wants("postgres") {
                let case = Case { table: "server".to_owned(), contestant: "pgbench, one row each" };
                figures.add(case, pgbench::run());
            }
        }
        "burning" => {
            for contestant in contestants {
                burn(contestant, round, figures).await;
            }
        }
        _ => {
            for (line, contestant) in
                plan.lines().flat_map(|line| contestants.iter().map(move |it| (line, it)))
            {
                click(contestant, (line, round), figures).await;
            }
        }
    }
}

/// Asks the server behind a contestant, if it has one of its own.
async fn load(contestant: &Contestant, round: usize, figures: &mut Figures) {
    let Some(service) = &contestant.service else { return };
    let case = Case { table: "server".to_owned(), contestant: contestant.name };
    figures.add(case, load::run(service, round).await);
}

/// Reads a thread of a contestant's server while comments go to it, where it takes any.
async fn burn(contestant: &Contestant, round: usize, figures: &mut Figures) {
    let Some(service) = &contestant.service else { return };
    let Some(post) = service.post else { return };
    let table = "one thread that takes 300 comments a second".to_owned();
    let case = Case { table, contestant: contestant.name };
    figures.add(case, load::burn(service, post, round).await);
}

/// Opens a page with an empty cache and again with what that left.
async fn open(contestant: &Contestant, (size, line): (usize, &str), figures: &mut Figures) {
    let case = |cache| {
        let table = format!("{size} comments, {line}, {cache}");
        Case { table, contestant: contestant.name }
    };
    if size > contestant.most || figures.has_failed(&case("cold")) {
        return;
    }
    let visit = Visit::new(contestant, size, line).await;
    let visit = match visit {
        Ok(visit) => visit,
        Err(failure) => return figures.add(case("cold"), Err(failure)),
    };
    figures.add(case("cold"), visit.load().await);
    if !figures.has_failed(&case("cold")) {
        figures.add(case("warm"), visit.load().await);
    }
}

/// Shows all comments of a long thread, where that takes a click.
async fn show_all(contestant: &Contestant, (size, line): (usize, &str), figures: &mut Figures) {
    let Some(all) = contestant.all else { return };
    let case = Case { table: format!("all {size} comments, {line}"), contestant: contestant.name };
    let sample = match Visit::new(contestant, size, line).await {
        Ok(visit) => visit.show_all(all, size).await,
        Err(failure) => Err(failure),
    };
    figures.add(case, sample);
}

/// Posts a comment as a reader does.
async fn click(contestant: &Contestant, (line, round): (&str, usize), figures: &mut Figures) {
    let Some(composer) = contestant.composer else { return };
    for when in [When::AtOnce, When::Settled] {
        let case =
            Case { table: format!("click to own comment, {line}, {when}"), contestant: contestant.name };
        let text = format!("Written {when} on a {line} line in round {round} for {}", contestant.name);
        let sample = match Visit::new(contestant, USUAL_SIZE, line).await {
            Ok(visit) => visit.post(composer, when, &text).await,
            Err(failure) => Err(failure),
        };
        figures.add(case, sample);
    }
}
