//! The most discussed pages of a site in a sidebar.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site};
use serde_json::json;

const ITEMS: &str = "[...document.querySelectorAll('.dumka-discussed-item')].map(it => it.textContent)";

#[tokio::test(flavor = "multi_thread")]
async fn most_discussed_pages_are_listed_with_their_numbers_in_words() -> Result<()> {
    let server = Server::serve().await?;
    for (page, comments) in [("quiet", 1), ("busy", 3), ("<b>odd</b>", 2)] {
        let client = Client::new(server.url("/api/v1/comments"), page);
        for number in 0..comments {
            client.post("Ann", "A comment.", &format!("{comments}-{number}")).await?;
        }
    }
    let body = "<script async src=/embed.js></script><aside lang=uk><dumka-discussed><h2>Обговорюють</h2></dumka-discussed></aside>\
        <dumka-discussed lang=en limit=1 days=30></dumka-discussed>";
    let site = Site::with_body(body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.web().goto(site.url()).await?;
    reader.counts("dumka-discussed[data-state=ready] > ul.dumka-discussed-list", 2).await?;
    let items = json!(["busy 3 коментарі", "<b>odd</b> 2 коментарі", "quiet 1 коментар", "busy 3 comments"]);
    assert_eq!(reader.value(ITEMS).await?, items);
    reader.counts("dumka-discussed > h2", 1).await?;
    // No thread of its own is put on such a page.
    reader.counts("dumka-comments, aside b", 0).await?;
    let other = "void document.querySelector('dumka-discussed').setAttribute('site', 'nobody.example')";
    reader.value(other).await?;
    reader.counts("aside dumka-discussed:not([data-state=ready]) .dumka-discussed-item", 0).await
}
