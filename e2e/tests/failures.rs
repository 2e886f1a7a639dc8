//! The server or the network fails: the reader sees an error, loses no word, and in the end has one comment.

use anyhow::{Context, Result, ensure};
use e2e::story::is_hydrated;
use e2e::{Client, Reader, Server, Site, Trouble};

const TEXT: &str = "Written once, with care.\nAnd a second line — «as typed».";
const TEXT_IS_KEPT: &str = "document.querySelector('.dumka-form [name=text]').value === \
    'Written once, with care.\\nAnd a second line — «as typed».'";

/// A page whose every request to the server goes through the site.
async fn site(server: &Server) -> Result<Site> {
    let body = "<script async src=/embed.js></script><dumka-comments page=trouble></dumka-comments>";
    Site::with_body(body, server.url("")).await
}

async fn comments(server: &Server) -> Result<usize> {
    Ok(Client::new(server.url("/api/v1/comments"), "trouble").list().await?.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn dead_server_keeps_the_text_and_trying_again_posts_once() -> Result<()> {
    let mut server = Server::serve().await?;
    let body = format!(
        "<script async src={}></script><dumka-comments page=trouble></dumka-comments>",
        server.url("/embed.js")
    );
    let site = Site::with_body(&body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.writes("Ann", TEXT).await?;
    // What says what went wrong is there by then.
    for file in ["complaint.js", "en.json"] {
        let came = format!("performance.getEntriesByType('resource').some(it => it.name.endsWith('{file}'))");
        reader.holds(&came).await?;
    }

    server.kill()?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-form .dumka-error", "your text has been kept").await?;
    reader.sees(".dumka-submit", "try again").await?;
    reader.holds(TEXT_IS_KEPT).await?;

    server.restart().await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "Written once, with care.").await?;
    reader.sees(".dumka-count", "(1)").await?;
    assert_eq!(comments(&server).await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn page_of_html_instead_of_an_answer_is_no_loss() -> Result<()> {
    let server = Server::serve().await?;
    let site = site(&server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.writes("Ann", TEXT).await?;

    let answer = "<h1>Please log in to the hotel's network</h1>";
    site.set_trouble(Some(Trouble { address: "", method: "POST", status: 200, answer }));
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-form .dumka-error", "your text has been kept").await?;
    reader.holds(TEXT_IS_KEPT).await?;
    reader.holds("!document.body.textContent.includes('hotel')").await?;

    site.set_trouble(None);
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "Written once, with care.").await?;
    assert_eq!(comments(&server).await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn list_that_never_came_can_be_asked_for_again() -> Result<()> {
    let server = Server::serve().await?;
    let site = site(&server).await?;
    site.set_trouble(Some(Trouble {
        address: "/api/v1/comments",
        method: "GET",
        status: 502,
        answer: "Bad",
    }));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts("dumka-comments[data-state=failed] .dumka-error", 1).await?;

    site.set_trouble(None);
    reader.clicks(".dumka-retry").await?;
    reader.sees(".dumka-count", "Comments (0)").await
}

#[tokio::test(flavor = "multi_thread")]
async fn file_that_a_thread_can_do_without_is_missed_without_a_word() -> Result<()> {
    const FILES: [&str; 7] = [
        "live.js",
        "live_backoff.js",
        "focus.js",
        "shadow_parts.js",
        "permalink.js",
        "counts.js",
        "latest.js",
    ];
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "trouble");
    let id = client.post("Ann", "A comment.", "first").await?;
    let body = "<script>errors = []; addEventListener('unhandledrejection', it => errors.push(String(it.reason)))</script>\
        <script async src=/embed.js></script><b data-dumka-count=trouble></b><dumka-latest></dumka-latest>\
        <dumka-comments page=trouble load=eager isolate></dumka-comments>";
    let site = Site::with_body(body, server.url("")).await?;
    let reader = Reader::new().await?;
    for file in FILES {
        site.set_trouble(Some(Trouble { address: file, method: "GET", status: 404, answer: "No" }));
        reader.open(&format!("{}?without={file}#comment-{id}", site.url())).await?;
        let is_asked_for =
            format!("performance.getEntriesByType('resource').some(it => it.name.endsWith('/{file}'))");
        reader.holds(&is_asked_for).await.with_context(|| file)?;
        is_hydrated(&reader, 1).await.with_context(|| file)?;
        reader.sees(".dumka-body", "A comment.").await.with_context(|| file)?;
        let errors = reader.value("errors.join()").await?;
        ensure!(errors == "", "without {file}: {errors}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn reload_keeps_the_draft() -> Result<()> {
    let server = Server::serve().await?;
    let site = site(&server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.writes("Ann", TEXT).await?;
    reader.reload().await?;
    reader.counts(".dumka-count", 1).await?;
    reader.holds(TEXT_IS_KEPT).await
}

#[tokio::test(flavor = "multi_thread")]
async fn endpoint_that_is_not_there_is_said_and_the_page_unharmed() -> Result<()> {
    let server = Server::serve().await?;
    let body = "<script async src=/embed.js></script>\
        <dumka-comments page=trouble endpoint=http://127.0.0.1:1/comments></dumka-comments>";
    let site = Site::with_body(body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts("dumka-comments[data-state=failed]", 1).await?;
    reader.sees("dumka-comments [role=alert]", "The comments could not be loaded.").await?;
    reader.sees("h1", "News").await?;
    reader.sees("#end", "End of the page").await?;

    reader
        .value("void document.querySelector('dumka-comments').setAttribute('endpoint', '/api/v1/comments')")
        .await?;
    reader.sees(".dumka-count", "Comments (0)").await
}

#[tokio::test(flavor = "multi_thread")]
async fn element_taken_away_and_put_back_works_again() -> Result<()> {
    let server = Server::serve().await?;
    let site = site(&server).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.sees(".dumka-count", "Comments (0)").await?;

    let swap = "(() => { const old = document.querySelector('dumka-comments'); old.remove(); \
        window.kept = old; return document.querySelector('.dumka-count') === null })()";
    reader.holds(swap).await?;
    reader.value("void document.querySelector('#end').before(window.kept)").await?;
    reader.counts(".dumka-count", 1).await?;
    reader.writes("Ann", "Back again").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "Back again").await?;
    assert_eq!(comments(&server).await?, 1);
    Ok(())
}
