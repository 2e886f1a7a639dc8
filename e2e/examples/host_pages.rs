//! Takes pictures of the widget in pages of others and puts them onto one sheet: a desk and a phone, light and dark.
//!
//! `cargo xtask host-pages [folder]` builds what this needs and says where it is.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use e2e::host_page::{self, HONEST, HOSTILE, PECULIAR};
use e2e::{Reader, Stage, Visit};

/// The widths of the windows and of their pictures on the sheet.
const WIDTHS: [(u32, u32); 2] = [(1280, 280), (360, 140)];
const SCHEMES: [&str; 2] = ["light", "dark"];

/// After which stages pictures are taken: the list, and both forms.
const PICTURED: [Stage; 2] = [Stage::Reading, Stage::Rejected];

const STYLE: &str = "<!doctype html><meta charset=utf-8><title>Host pages</title><style>\
    body { display: flex; flex-wrap: wrap; gap: 16px; margin: 16px; font: 14px sans-serif; background: #999 }\
    h2 { margin: 0 } img { block-size: 640px; object-fit: cover; object-position: top }</style>";

#[tokio::main]
async fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("which folder shall they go to?")?);
    let folder = folder.canonicalize().with_context(|| folder.display().to_string())?;
    let pages = HONEST.iter().chain(&PECULIAR).chain(&HOSTILE);
    let (_server, site) = host_page::discussed(pages).await?;
    let in_the_page = HONEST.iter().chain(&PECULIAR).map(|page| ("", page.name));
    let isolated = HOSTILE.iter().map(|page| ("isolated/", page.name));
    let reader = Reader::new().await?;
    let mut sheet = String::from(STYLE);
    for (path, name) in in_the_page.chain(isolated) {
        let url = format!("{}{path}{name}", site.url());
        for (scheme, pictures) in SCHEMES.iter().zip(visit(&reader, &url, &folder.join(name)).await?) {
            write!(sheet, "<section><h2>{name} {scheme}</h2>{pictures}</section>")?;
        }
    }
    let file = folder.join("host-pages.html");
    std::fs::write(&file, sheet)?;
    reader.web().goto(format!("file://{}", file.display())).await?;
    reader.holds("[...document.images].every(image => image.complete)").await?;
    take(&reader, 1800, &folder.join("host-pages.png")).await
}

/// Takes the pictures of one page, and answers what shows them on the sheet: light and dark.
async fn visit(reader: &Reader, url: &str, path: &Path) -> Result<[String; 2]> {
    let mut pictures = [String::new(), String::new()];
    reader.resize(1280, 900).await?;
    let visit = Visit::to(reader, url).await?;
    for stage in Stage::ALL {
        visit.goes_on(stage).await?;
        if !PICTURED.contains(&stage) {
            continue;
        }
        for (scheme, pictures) in SCHEMES.iter().zip(&mut pictures) {
            visit.wears(scheme).await?;
            for (width, shown) in WIDTHS {
                let file = format!("{}-{scheme}-{width}-{stage:?}.png", path.display()).to_lowercase();
                take(reader, width, Path::new(&file)).await?;
                write!(pictures, "<img src=\"{file}\" width={shown}>")?;
            }
        }
    }
    Ok(pictures)
}

/// The whole page, however long.
async fn take(reader: &Reader, width: u32, path: &Path) -> Result<()> {
    reader.resize(width, 900).await?;
    let height = reader.value("document.documentElement.scrollHeight").await?.as_u64();
    let height = height.and_then(|px| u32::try_from(px).ok()).unwrap_or(900);
    reader.resize(width, height).await?;
    reader.web().screenshot(path).await?;
    reader.resize(width, 900).await
}
