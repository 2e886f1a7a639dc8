//! The newsroom's pictures in the documents: a queue, a phone, what stands around a comment, the log, a thread, the staff.

use std::path::Path;

use anyhow::{Context, Result};
use e2e::keyboard::presses;
use e2e::{Client, Server, newsroom};

use crate::camera::{Camera, Format, Part, Setting};

const DESK: Setting = Setting { width: 1280, scheme: "light", scale: 1.0 };
const PHONE: Setting = Setting { width: 360, scheme: "dark", scale: 2.0 };

/// The page of the Ukrainian article, whose comments are moderated here.
const PAGE: &str = "site=127.0.0.1&page=news%2F43";

/// As much as a window shows.
const WINDOW: Part<'_> = Part { selector: "body", above: 0.0, height: 800.0 };

/// Takes them all, of a demo that was started now.
pub(crate) async fn take_all(folder: &Path) -> Result<()> {
    let server = Server::demo().await?;
    let camera = Camera::new(folder, Format::Webp).await?;
    let reader = &camera.reader;
    reader.web().goto(server.newsroom("/")).await?;
    newsroom::prefers(reader, ("uk", "auto")).await?;
    camera.sets(DESK).await?;
    newsroom::joins(reader, &server, ("Ганна", "owner")).await?;
    reported(&server).await?;
    queues(&camera, &server).await?;
    other_screens(&camera, &server).await
}

/// Readers report a comment of the article.
async fn reported(server: &Server) -> Result<()> {
    let client = Client::new(server.url("/api/v1/comments"), "news/43");
    let comments = client.list().await?;
    let about = |text: &str| comments.iter().find(|it| it["body"].to_string().contains(text));
    let id = about("лагодять табуретку").and_then(|it| it["id"].as_str());
    client.reports(id.context("the demo has the comment")?, "other", "Табуретка цілком тиха, я слухав.").await
}

async fn queues(camera: &Camera, server: &Server) -> Result<()> {
    let reader = &camera.reader;
    newsroom::opens_queue(reader, server, (&format!("pending?{PAGE}"), 3)).await?;
    newsroom::is_live(reader).await?;
    presses(reader, "j").await?;
    camera.takes("newsroom-queue", WINDOW).await?;
    newsroom::opens_queue(reader, server, (&format!("reported?{PAGE}"), 1)).await?;
    presses(reader, "o").await?;
    reader.counts(".context .numbers", 1).await?;
    camera.takes("newsroom-context", Part { height: 1_100.0, ..WINDOW }).await?;
    camera.sets(PHONE).await?;
    newsroom::opens_queue(reader, server, (&format!("pending?{PAGE}&sort=oldest"), 3)).await?;
    newsroom::is_live(reader).await?;
    newsroom::is_at_rest(reader).await?;
    presses(reader, "d").await?;
    newsroom::has_cards(reader, 2).await?;
    // The bar has risen.
    reader.counts(".undo-bar .strong", 1).await?;
    reader.value("document.getAnimations().forEach(it => it.finish())").await?;
    camera.takes_window("newsroom-phone").await?;
    camera.sets(DESK).await
}

async fn other_screens(camera: &Camera, server: &Server) -> Result<()> {
    let reader = &camera.reader;
    newsroom::opens_queue(reader, server, (&format!("pending?{PAGE}"), 2)).await?;
    newsroom::is_at_rest(reader).await?;
    presses(reader, "a").await?;
    newsroom::has_cards(reader, 1).await?;
    reader.counts(".undo-bar", 1).await?;
    newsroom::opens(reader, server, "/log").await?;
    reader.holds("document.querySelectorAll('.row').length > 1").await?;
    camera.takes("newsroom-log", WINDOW).await?;
    newsroom::opens(reader, server, &format!("/thread?{PAGE}")).await?;
    reader.counts("main form", 1).await?;
    reader.clicks(".modes .mode:last-child").await?;
    reader.types("textarea", "Про верстат пишіть стисло: він слухає.").await?;
    reader.value("document.activeElement.blur()").await?;
    camera.takes("newsroom-thread", Part { height: 1_100.0, ..WINDOW }).await?;
    newsroom::opens(reader, server, "/staff").await?;
    reader.counts(".member", 5).await?;
    camera.takes("newsroom-staff", WINDOW).await
}
