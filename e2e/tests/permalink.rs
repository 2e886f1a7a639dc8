//! A permalink leads to its comment, wherever that stands in the thread and whatever comes late above it.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site, story};

const AWAY: &str =
    "Math.abs(document.getElementById(location.hash.slice(1))?.getBoundingClientRect().top ?? 1e9)";

#[tokio::test(flavor = "multi_thread")]
async fn far_comment_is_at_the_top_and_stays_there_when_a_picture_comes_late() -> Result<()> {
    let server = Server::demo().await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    let mut ids = Vec::new();
    for number in 0..150 {
        let text = format!("Comment number {number}, which is not a long one.");
        ids.push(client.post("Ann", &text, &format!("key-{number}")).await?);
    }
    let body = "<img src=/demo/tram.svg style='display:block'><p style='height:150vh'>The article</p>\
        <script async src=/embed.js></script><dumka-comments page=story></dumka-comments>\
        <p style='height:200vh'>";
    let site = Site::with_body(body, server.url("")).await?;
    for (wanted, shown) in [(120, 20), (3, 20), (149, 1)] {
        site.hold(Some("tram.svg"));
        let reader = Reader::impatient().await?;
        reader.web().goto(format!("{}#comment-{}", site.url(), ids[wanted])).await?;
        reader.holds(&format!("{AWAY} <= 8")).await?;
        reader.counts(".dumka-comment", shown).await?;
        reader.holds("document.activeElement.id === location.hash.slice(1)").await?;

        site.hold(None);
        reader
            .holds("document.querySelector('img').complete && document.querySelector('img').height > 100")
            .await?;
        reader.holds(&format!("{AWAY} <= 8")).await?;
        // Nor does the program move it.
        story::is_hydrated(&reader, 1).await?;
        reader.holds(&format!("{AWAY} <= 8")).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn link_followed_on_the_open_page_shows_the_part_where_its_comment_stands() -> Result<()> {
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    let mut ids = Vec::new();
    for number in 0..50 {
        ids.push(client.post("Ann", &format!("Comment number {number}."), &format!("key-{number}")).await?);
    }
    let body = "<script async src=/embed.js></script><dumka-comments page=story></dumka-comments><p style='height:200vh'>";
    let site = Site::with_body(body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.sees(".dumka-body", "Comment number 0.").await?;
    reader.value(&format!("void (location.hash = 'comment-{}')", ids[45])).await?;
    reader.holds(&format!("{AWAY} <= 8")).await?;
    reader.sees(".dumka-body", "Comment number 45.").await
}

#[tokio::test(flavor = "multi_thread")]
async fn thread_in_the_article_makes_room_for_the_part_where_the_comment_stands() -> Result<()> {
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    let mut ids = Vec::new();
    for number in 0..30 {
        ids.push(client.post("Ann", &format!("Comment number {number}."), &format!("key-{number}")).await?);
    }
    let fragment = server.url("/api/v1/comments?site=127.0.0.1&page=story&format=html&lang=en");
    let fragment = reqwest::get(fragment).await?.text().await?;
    let body = format!(
        "<script async src=/embed.js></script><dumka-comments page=story>{fragment}</dumka-comments><p style='height:200vh'>"
    );
    let site = Site::with_body(&body, server.url("")).await?;
    let reader = Reader::new().await?;
    for (wanted, first) in [(3, 0), (25, 25)] {
        // Another address each time, so that the page is opened and not only moved on.
        reader.web().goto(format!("{}?{wanted}#comment-{}", site.url(), ids[wanted])).await?;
        reader.holds(&format!("{AWAY} <= 8")).await?;
        reader.counts("section.dumka", 1).await?;
        reader
            .holds(&format!(
                "document.querySelector('.dumka-body').textContent === 'Comment number {first}.'"
            ))
            .await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn time_of_a_comment_copies_its_link_and_marks_it() -> Result<()> {
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    let mut ids = Vec::new();
    for number in 0..30 {
        ids.push(client.post("Ann", &format!("Comment number {number}."), &format!("key-{number}")).await?);
    }
    let body = "<script async src=/embed.js></script><dumka-comments page=story load=eager></dumka-comments><p style='height:200vh'>";
    let site = Site::with_body(body, server.url("")).await?;
    let reader = Reader::with_whole_browser().await?;
    reader.open(site.url()).await?;
    // The program writes how long ago it was, and the date beside it.
    reader.holds("document.querySelector('.dumka-permalink time')?.title.length > 0").await?;
    reader.clicks(".dumka-add").await?;
    for wanted in [7, 3] {
        let comment = format!("[id='comment-{}']", ids[wanted]);
        reader.clicks(&format!("{comment} .dumka-permalink")).await?;
        reader.sees(".dumka-notice", "The link to the comment has been copied.").await?;
        reader
            .holds(&format!(
                "document.querySelector('[aria-current=location]') === document.querySelector(\"{comment}\")"
            ))
            .await?;
        reader.counts("[aria-current=location]", 1).await?;
        let link = format!("{}#comment-{}", site.url(), ids[wanted]);
        assert_eq!(reader.value("location.href").await?, link);
        reader.pastes(".dumka-composer [name=text]").await?;
        reader.holds(&format!("document.querySelector('[name=text]').value.endsWith('{link}')")).await?;
    }
    // Nor does what is drawn anew take the mark away, or put another one beside it.
    reader.clicks(".dumka-all").await?;
    reader.counts(".dumka-comment", 30).await?;
    client.post("Ann", "Written meanwhile.", "meanwhile").await?;
    reader.clicks(".dumka-new").await?;
    reader.counts(".dumka-comment", 31).await?;
    reader.counts(&format!("[id='comment-{}'][aria-current=location]", ids[3]), 1).await?;
    reader.web().back().await?;
    reader.counts(&format!("[id='comment-{}'][aria-current=location]", ids[7]), 1).await?;
    reader.counts("[aria-current=location]", 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn permalink_does_not_fetch_the_program_where_data_are_dear_until_the_reader_acts() -> Result<()> {
    const ASKED: &str =
        "performance.getEntriesByType('resource').filter(it => it.name.includes('dumka-widget')).length";
    let server = Server::serve().await?;
    let id = Client::new(server.url("/api/v1/comments"), "story").post("Ann", "A comment.", "key").await?;
    let body = "<script>Object.defineProperty(navigator, 'connection', { value: { saveData: true } })</script>\
        <script async src=/embed.js></script><dumka-comments page=story></dumka-comments><p style='height:200vh'>";
    let site = Site::with_body(body, server.url("")).await?;
    let reader = Reader::impatient().await?;
    reader.web().goto(format!("{}#comment-{id}", site.url())).await?;
    reader.holds("document.activeElement.id === location.hash.slice(1)").await?;
    // What presses need is there by now, and the program would have been asked for before that.
    reader.holds("performance.getEntriesByType('resource').some(it => it.name.includes('/more.js'))").await?;
    assert_eq!(reader.value(ASKED).await?, 0);
    reader.clicks(".dumka-permalink").await?;
    reader.holds(&format!("{ASKED} > 0")).await
}
