//! Many threads, and many windows of one site: one stream for all, so that nobody who posts waits for a connection. The
//! server speaks HTTP/1.1, to which browsers keep six.

use anyhow::{Result, ensure};
use e2e::story::{client, is_hydrated, open_streams, streams};
use e2e::{Client, Reader, Server, Site};
use thirtyfour::WindowHandle;

const TAG: &str =
    "<script async src=/embed.js></script><dumka-comments page=story load=eager></dumka-comments>";

/// Sends a comment in the element that `selector` finds.
async fn posts(reader: &Reader, selector: &str, text: &str) -> Result<()> {
    reader.clicks(&format!("{selector} .dumka-add")).await?;
    reader.types(&format!("{selector} [name=text]"), text).await?;
    reader.types(&format!("{selector} [name=name]"), "Olha").await?;
    reader.clicks(&format!("{selector} .dumka-submit")).await?;
    reader.sees(&format!("{selector} .dumka-body"), text).await?;
    // The focus goes there, and brings it into view: who scrolls before that is brought back.
    let focused = format!(
        "document.querySelector('{selector}').contains(document.activeElement.closest('.dumka-comment'))"
    );
    reader.holds(&format!("document.activeElement.closest('.dumka-comment') !== null && {focused}")).await
}

/// Opens the site in so many windows, waits until each of them is live, and answers them in their order, which a driver
/// does not keep.
async fn opens_windows(reader: &Reader, site: &Site, number: usize) -> Result<Vec<WindowHandle>> {
    let mut windows = vec![reader.web().window().await?];
    reader.open(site.url()).await?;
    is_hydrated(reader, 1).await?;
    for _ in 1..number {
        let window = reader.web().new_window().await?;
        turns_to(reader, &window).await?;
        windows.push(window);
        reader.open(site.url()).await?;
        is_hydrated(reader, 1).await?;
    }
    Ok(windows)
}

async fn turns_to(reader: &Reader, window: &WindowHandle) -> Result<()> {
    Ok(reader.web().switch_to_window(window.clone()).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_threads_of_a_page_share_one_stream_and_each_takes_comments() -> Result<()> {
    let server = Server::serve().await?;
    let body = (0..8).fold("<script async src=/embed.js></script>".to_owned(), |body, number| {
        format!("{body}<dumka-comments id=of{number} page=thread-{number} load=eager></dumka-comments>")
    });
    let site = Site::with_body(&body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    is_hydrated(&reader, 8).await?;
    streams(&server, 1).await?;
    // Before anything is pressed: who presses something waits for the program for five seconds, and where it does not come
    // in time the thread goes on without it, and is not live.
    for number in 0..8 {
        reader.value(&format!("void document.querySelector('#of{number}').scrollIntoView()")).await?;
        let other = Client::new(server.url("/api/v1/comments"), &format!("thread-{number}"));
        other.post("Ben", "From elsewhere.", &format!("key-{number}")).await?;
        reader.sees(&format!("#of{number} .dumka-new"), "1 new comment").await?;
    }
    for number in [0, 7] {
        posts(&reader, &format!("#of{number}"), "At once.").await?;
    }
    ensure!(open_streams(&server).await? == 1, "one stream is open");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn seven_windows_of_a_site_share_one_stream_and_each_sees_the_new_comment() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    let windows = opens_windows(&reader, &site, 7).await?;
    streams(&server, 1).await?;
    posts(&reader, "dumka-comments", "At once.").await?;
    for window in &windows[..6] {
        turns_to(&reader, window).await?;
        reader.sees(".dumka-new", "1 new comment").await?;
        ensure!(open_streams(&server).await? <= 1, "one stream is open");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_window_takes_over_where_the_one_with_the_stream_closes() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    let windows = opens_windows(&reader, &site, 3).await?;
    streams(&server, 1).await?;
    for number in 1..3 {
        turns_to(&reader, &windows[number - 1]).await?;
        reader.web().close_window().await?;
        client(&server).post("Ben", "While nobody listened.", &format!("closing-{number}")).await?;
        for window in &windows[number..] {
            turns_to(&reader, window).await?;
            let noun = if number == 1 { "comment" } else { "comments" };
            reader.sees(".dumka-new", &format!("{number} new {noun}")).await?;
        }
        streams(&server, 1).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn window_that_was_not_seen_misses_nothing_that_the_others_were_told() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    let windows = opens_windows(&reader, &site, 2).await?;
    client(&server).post("Ben", "First.", "first").await?;
    reader.sees(".dumka-new", "1 new comment").await?;
    reader.looks_away().await?;
    for key in ["second", "third"] {
        client(&server).post("Ben", key, key).await?;
    }
    turns_to(&reader, &windows[0]).await?;
    reader.sees(".dumka-new", "3 new comments").await?;
    turns_to(&reader, &windows[1]).await?;
    reader.looks_back().await?;
    reader.sees(".dumka-new", "3 new comments").await?;
    client(&server).post("Ben", "fourth", "fourth").await?;
    for window in &windows {
        turns_to(&reader, window).await?;
        reader.sees(".dumka-new", "4 new comments").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_other_scripts_say_to_the_windows_does_no_harm() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(
        &format!("<script>errors = []; onerror = onunhandledrejection = event => errors.push(String(event.reason ?? event))</script>{TAG}"),
        server.url(""),
    )
    .await?;
    let reader = Reader::new().await?;
    let windows = opens_windows(&reader, &site, 2).await?;
    streams(&server, 1).await?;
    let rubbish = "void (() => {
        const channel = new BroadcastChannel(['dumka live 2', location.origin + '/api/v1/comments', location.hostname].join(' '))
        const evil = { event: 'comment', window: 'x', page: 'story', from: 0, at: 1 }
        const all = [null, 1, 'x', [], {}, { window: 1 }, { window: 'x' }, { window: 'x', leads: true, asks: {} },
            { window: 'x', isGone: true }, { window: 'y', wanted: [null, 1, [], [1, 2], ['story', 'x'], ['story', -1]] },
            { window: 'y', wanted: Array(1e4).fill(['p'.repeat(1e4), 1]), isNew: true }, { window: 'z', wanted: 'x' },
            evil, { ...evil, data: null }, { ...evil, data: 1 }, { ...evil, data: {} }, { ...evil, data: [] },
            { ...evil, data: { id: 1, author: {} } }, { ...evil, event: 'alert', data: {} },
            { ...evil, event: '__proto__', data: {} }, { ...evil, page: {}, data: {} }, { ...evil, at: NaN, data: {} },
            { ...evil, event: 'deleted', data: { id: {}, total: 'x' } }, { ...evil, event: 'votes', data: { id: 'x', votes: 1 } },
            { ...evil, event: 'alive', page: '', data: { server_time: {} } },
            ...['', '{', 'null', '7', '{}', '[]', '{\"id\":1,\"author\":{}}', '['.repeat(1e5)].map(data => ({ ...evil, data })),
            { ...evil, event: 'deleted', data: '{\"id\":{},\"total\":\"x\"}' },
            { ...evil, event: 'alive', page: '', data: '{\"server_time\":{}}' },
            { ...evil, event: 'alive', page: '', data: '{\"server_time\":\"noon\"}' }]
        for (const message of all) channel.postMessage(message)
    })()";
    for window in &windows {
        turns_to(&reader, window).await?;
        reader.value(rubbish).await?;
    }
    posts(&reader, "dumka-comments", "Still here.").await?;
    client(&server).post("Ben", "And heard.", "heard").await?;
    turns_to(&reader, &windows[0]).await?;
    reader.sees(".dumka-count", "(2)").await?;
    for window in &windows {
        turns_to(&reader, window).await?;
        reader.sees(".dumka-new", " new comment").await?;
        reader.holds("errors.length === 0 || errors.join()").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn window_that_holds_the_stream_and_says_nothing_loses_it() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    let windows = opens_windows(&reader, &site, 2).await?;
    streams(&server, 1).await?;
    client(&server).post("Ben", "Heard by both.", "first").await?;
    reader.sees(".dumka-new", "1 new comment").await?;

    // As if it were stuck in a script of the page's own.
    turns_to(&reader, &windows[0]).await?;
    reader.value("void (BroadcastChannel.prototype.postMessage = () => {})").await?;
    client(&server).post("Ben", "Not passed on.", "second").await?;
    turns_to(&reader, &windows[1]).await?;
    reader.sees(".dumka-new", "2 new comments").await?;
    streams(&server, 1).await
}
