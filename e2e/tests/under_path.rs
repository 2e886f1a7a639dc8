//! The server under a path of another origin, behind a proxy that takes the path away: with scripts, without the program
//! and without any script; where the server knows its address, and where it does not.

use anyhow::Result;
use e2e::story::is_live;
use e2e::{Client, Reader, Server, Site, Trouble};

const BODY: &str = "<p><i data-dumka-count=story></i></p><dumka-latest></dumka-latest>\
    <script async src=/dumka/embed.js></script><dumka-comments page=story></dumka-comments>";
const NO_PROGRAM: Trouble = Trouble { address: ".wasm", method: "GET", status: 404, answer: "No" };
/// Tells whether everything that was requested is under the path.
const ALL_UNDER_PATH: &str = "performance.getEntriesByType('resource').map(it => new URL(it.name))\
    .every(it => it.protocol === 'data:' || it.pathname.startsWith('/dumka/'))";

/// A server with a thread of 25 comments behind a proxy; and one that knows its address.
async fn served(body: &str, is_known: bool) -> Result<(Server, Site)> {
    let mut server = Server::serve().await?;
    let client = client(&server);
    for number in 0..25 {
        client.post("Ann", &format!("Comment number {number}."), &format!("key-{number}")).await?;
    }
    let site = Site::under_path("/dumka", body, server.url("")).await?;
    if is_known {
        server.set("DUMKA_PUBLIC_URL", &format!("{}dumka", site.url()));
        server.stop().await?;
        server.restart().await?;
    }
    Ok((server, site))
}

fn client(server: &Server) -> Client {
    Client::new(server.url("/api/v1/comments"), "story")
}

async fn is_read_and_written(is_known: bool) -> Result<()> {
    let (server, site) = served(BODY, is_known).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.sees("[data-dumka-count]", "25").await?;
    reader.counts("dumka-latest[data-state=ready] li", 5).await?;
    reader.counts("dumka-comments[data-state=ready] .dumka-comment", 20).await?;
    reader.writes("Ann", "Written under a path").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "Written under a path").await?;
    is_live(&reader).await?;
    client(&server).post("Ben", "Written elsewhere", "elsewhere").await?;
    reader.sees(".dumka-new", "1 new comment").await?;
    reader.clicks(".dumka-all").await?;
    reader.counts(".dumka-comment", 27).await?;
    reader.holds(ALL_UNDER_PATH).await?;
    assert_eq!(client(&server).list().await?.len(), 27);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_is_read_and_written_under_a_path() -> Result<()> {
    is_read_and_written(false).await
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_is_read_and_written_under_a_path_that_is_known() -> Result<()> {
    is_read_and_written(true).await
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_is_read_and_written_under_a_path_without_the_program() -> Result<()> {
    for is_known in [false, true] {
        let (_server, site) = served(BODY, is_known).await?;
        site.set_trouble(Some(NO_PROGRAM));
        let reader = Reader::new().await?;
        reader.open(site.url()).await?;
        reader.writes("Ann", "Written without any program").await?;
        reader.clicks(".dumka-submit").await?;
        reader.sees(".dumka-body", "Written without any program").await?;
        reader.reload().await?;
        reader.counts(".dumka-comment", 20).await?;
        reader.clicks(".dumka-all").await?;
        reader.counts(".dumka-comment", 26).await?;
        assert_eq!(reader.value("location.pathname").await?, "/");
        reader.holds(ALL_UNDER_PATH).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_that_comes_with_the_script_leads_under_the_path() -> Result<()> {
    let body = "<script async src='/dumka/embed.js?site=127.0.0.1&page=story&lang=en'></script>";
    for is_known in [false, true] {
        let (_server, site) = served(body, is_known).await?;
        site.set_trouble(Some(NO_PROGRAM));
        let reader = Reader::new().await?;
        reader.open(site.url()).await?;
        reader.counts("dumka-comments[data-state=ready] .dumka-comment", 20).await?;
        reader.clicks(".dumka-all").await?;
        reader.counts(".dumka-comment", 25).await?;
        reader.holds(ALL_UNDER_PATH).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_page_works_under_a_path_without_any_script() -> Result<()> {
    for is_known in [false, true] {
        let (_server, site) = served("", is_known).await?;
        let reader = Reader::new().await?;
        reader.open(&format!("{}dumka/thread?site=127.0.0.1&page=story&lang=en", site.url())).await?;
        reader.holds("document.styleSheets.length === 2").await?;
        reader.writes(" ", "Без жодного скрипта").await?;
        reader.clicks(".dumka-submit").await?;
        reader.sees(".dumka-field .dumka-error", "Enter a name").await?;
        reader.types(".dumka-form [name=name]", "Аня").await?;
        reader.clicks(".dumka-submit").await?;
        reader.sees(".dumka-body", "Без жодного скрипта").await?;
        reader.clicks(".dumka-edit").await?;
        reader
            .holds("document.querySelector('.dumka-comment [name=text]').value === 'Без жодного скрипта'")
            .await?;
        assert_eq!(reader.value("location.pathname").await?, "/dumka/thread");
    }
    Ok(())
}
