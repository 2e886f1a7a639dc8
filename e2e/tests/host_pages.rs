//! The widget on pages of others: with the style sheets of popular frameworks, and with hostile rules.

use std::fmt::Write;

use anyhow::{Result, ensure};
use e2e::host_page::{self, HONEST, HOSTILE, HostPage, PECULIAR};
use e2e::{Reader, Stage, Visit, story};

/// A desk and a phone.
const WIDTHS: [u32; 2] = [1280, 360];

/// Goes through all stages at both widths and says what is wrong where.
async fn complaints(reader: &Reader, url: &str) -> Result<String> {
    let mut said = String::new();
    let visit = Visit::to(reader, url).await?;
    for stage in Stage::ALL {
        visit.goes_on(stage).await?;
        for width in WIDTHS {
            reader.resize(width, 900).await?;
            for complaint in visit.complaints().await? {
                writeln!(said, "{url} {stage:?} {width}: {complaint}")?;
            }
        }
    }
    Ok(said)
}

async fn are_usable(pages: &[HostPage], folder: &str) -> Result<()> {
    let (_server, site) = host_page::discussed(pages).await?;
    let reader = Reader::new().await?;
    let mut said = String::new();
    for page in pages {
        said += &complaints(&reader, &format!("{}{folder}{}", site.url(), page.name)).await?;
    }
    ensure!(said.is_empty(), "\n{said}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn widget_is_usable_beside_the_style_sheets_that_sites_wear() -> Result<()> {
    are_usable(&HONEST, "").await
}

#[tokio::test(flavor = "multi_thread")]
async fn widget_is_usable_in_pages_with_a_peculiarity() -> Result<()> {
    are_usable(&PECULIAR, "").await
}

#[tokio::test(flavor = "multi_thread")]
async fn isolated_widget_is_usable_whatever_the_page_says() -> Result<()> {
    are_usable(&HOSTILE, "isolated/").await
}

#[tokio::test(flavor = "multi_thread")]
async fn page_that_is_against_everybody_has_the_words_and_no_failure_in_it() -> Result<()> {
    let (_server, site) = host_page::discussed(&HOSTILE).await?;
    let reader = Reader::new().await?;
    for page in HOSTILE {
        reader.open(&format!("{}{}", site.url(), page.name)).await?;
        story::is_hydrated(&reader, 1).await?;
        reader.sees(".dumka-body", "Людно, але дуже добре").await?;
        reader.holds("failures.length === 0").await?;
    }
    Ok(())
}
