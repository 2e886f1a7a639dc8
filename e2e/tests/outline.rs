//! The thread's headings, lists and levels in the outline of the page around it.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site};

fn client(server: &Server) -> Client {
    Client::new(server.url("/api/v1/comments"), "story")
}

#[tokio::test(flavor = "multi_thread")]
async fn headings_lists_and_levels_fit_the_page_around_them() -> Result<()> {
    let server = Server::serve().await?;
    let first = client(&server).post("Ann", "Trams.", "first").await?;
    client(&server).reply(&first, "Ben", "Buses.", "reply").await?;
    for (level, expected) in
        [("", [2, 3]), ("heading-level=4", [4, 5]), ("heading-level=6", [6, 6]), ("heading-level=9", [2, 3])]
    {
        let tag = format!(
            "<script async src=/embed.js></script><dumka-comments page=story {level}></dumka-comments>"
        );
        let site = Site::with_body(&tag, server.url("")).await?;
        let reader = Reader::new().await?;
        site.hold(Some(".wasm"));
        reader.open(site.url()).await?;
        reader.counts(".dumka-comment", 2).await?;
        outline_is(&reader, expected).await?;
        reader.value("void (window.shown = document.querySelector('section.dumka'))").await?;
        reader.clicks(".dumka-add").await?;
        site.hold(None);
        reader.holds("document.querySelector('section.dumka') !== window.shown").await?;
        outline_is(&reader, expected).await?;
    }
    let reader = Reader::new().await?;
    let tag = String::from(
        "<script async src=\"/embed.js?site=127.0.0.1&page=story&lang=en&heading-level=3\" data-page=story data-site=127.0.0.1 data-heading-level=3></script>",
    );
    let site = Site::with_body(&tag, server.url("")).await?;
    reader.open(site.url()).await?;
    reader.counts(".dumka-comment", 2).await?;
    outline_is(&reader, [3, 4]).await?;
    let asked = "performance.getEntriesByType('resource').some(it => it.name.includes('format=tree'))";
    assert_eq!(reader.value(asked).await?, false);
    let list = "(it => [it.getAttribute('role'), ...Array.from(it.children, it => it.ariaLevel)].join())(document.querySelector('.dumka-list'))";
    assert_eq!(reader.value(list).await?, "list,,2");
    Ok(())
}

async fn outline_is(reader: &Reader, [thread, form]: [u8; 2]) -> Result<()> {
    let levels =
        "['.dumka-count', '.dumka-form-heading'].map(it => document.querySelector(it).localName).join()";
    assert_eq!(reader.value(levels).await?, format!("h{thread},h{form}"));
    Ok(())
}
