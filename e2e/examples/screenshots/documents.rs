//! The pictures of the README and of the documents.

use std::path::Path;

use anyhow::Result;
use e2e::Server;

use crate::camera::{Camera, Format, Part, Setting};

/// The looks of the gallery, each in the colours that show it best.
const LOOKS: [(&str, &str); 5] =
    [("newspaper", "light"), ("dark", "dark"), ("forum", "light"), ("cards", "light"), ("large", "light")];

const WIDTH: u32 = 760;
const SCALE: f64 = 1.5;

/// The widget from its heading on, as much as a window of a laptop shows.
const THREAD: Part<'_> = Part { selector: "dumka-comments", above: 20.0, height: 680.0 };

/// Takes them all, of a demo that was started now.
pub(crate) async fn take_all(folder: &Path) -> Result<()> {
    let server = Server::demo().await?;
    let camera = Camera::new(folder, Format::Webp).await?;
    for scheme in ["light", "dark"] {
        camera.opens(&server, "/demo/uk/", Setting { width: WIDTH, scheme, scale: SCALE }).await?;
        camera.takes(&format!("thread-{scheme}"), THREAD).await?;
    }
    vote(&camera).await?;
    for (look, scheme) in LOOKS {
        let page = format!("/demo/styles/{look}/");
        camera.opens(&server, &page, Setting { width: WIDTH, scheme, scale: SCALE }).await?;
        camera.reader.counts(".dumka-vote-up[aria-pressed=true]", 1).await?;
        camera.takes(&format!("gallery-{look}"), THREAD).await?;
    }
    Ok(())
}

/// Gives a vote, which is seen in every look from now on.
async fn vote(camera: &Camera) -> Result<()> {
    let comment = camera.reader.finds("Можна і треба").await?;
    camera.reader.clicks(&format!("{comment} .dumka-vote-up")).await?;
    camera.reader.counts(".dumka-vote-up[aria-pressed=true]", 1).await
}
