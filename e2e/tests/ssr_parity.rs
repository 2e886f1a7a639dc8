//! The program and the server render the same, to the letter and the pixel.

use anyhow::Result;
use e2e::story_thread::{PROGRAM, TAG, asked_for, discussed};
use e2e::{Client, Reader, Server, Site};

/// The visible thread: elements with their attributes, and texts as they run on. Times read «5 minutes
/// ago» in a browser and are whole dates where the browser's day is not known.
const LOOK: &str = "(it => { const look = node => node.nodeType === 3 ? node.data : \
    node.localName === 'time' ? 'time ' + node.dateTime : [node.localName, ...Array.from(node.attributes, a => a.name + '=' + a.value).sort(), '>', \
    ...Array.from(node.childNodes, look), '<'].join('|'); \
    const copy = it.cloneNode(true); copy.normalize(); return look(copy) })(document.querySelector('section.dumka'))";

/// A server whose thread was edited, deleted in, answered and voted on.
async fn argued_over() -> Result<(Server, Vec<String>)> {
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    let mut ids = Vec::new();
    for number in 0..4 {
        let made = client.writes(&format!("Comment number {number}."), &format!("key-{number}")).await?;
        client.reply(&made.id, "Ben", "An answer.", &format!("reply-{number}")).await?;
        match number {
            0 => client.deletes(&made).await?,
            1 => client.edits(&made, "Another text.").await?,
            _ => {}
        }
        ids.push(made.id);
    }
    client.votes(&ids[2], -1).await?;
    client.votes(&ids[3], 1).await?;
    Ok((server, ids))
}

/// Remembers the section that is shown, so that another one is noticed.
async fn remember(reader: &Reader) -> Result<()> {
    reader.value("void (window.shown = document.querySelector('section.dumka'))").await?;
    Ok(())
}

async fn is_taken_over(reader: &Reader) -> Result<()> {
    reader.holds("document.querySelector('section.dumka') !== window.shown").await
}

/// Opens a page, compares what the server drew with what the program draws in its place, and tells no difference.
async fn is_drawn_alike(url: &str, state: &str) -> Result<()> {
    let reader = Reader::new().await?;
    reader.open(url).await?;
    takes_over_alike(&reader, state, || {}).await
}

/// The same on the page that is open; `let_go` lets the program come.
async fn takes_over_alike(reader: &Reader, state: &str, let_go: impl FnOnce()) -> Result<()> {
    reader.counts(&format!("dumka-comments[data-state={state}] section"), 1).await?;
    assert_eq!(reader.value(&asked_for(PROGRAM)).await?, false, "the thread is there before the program");
    remember(reader).await?;
    let height = "document.querySelector('section.dumka').getBoundingClientRect().height";
    let (before, height_before) = (reader.value(LOOK).await?, reader.value(height).await?);

    let_go();
    reader
        .value("void document.querySelector('section.dumka').dispatchEvent(new Event('pointerdown'))")
        .await?;
    is_taken_over(reader).await?;
    assert_eq!(reader.value(LOOK).await?, before);
    assert_eq!(reader.value(height).await?, height_before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn program_draws_an_empty_thread_as_it_was_shown() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    is_drawn_alike(site.url(), "empty").await
}

#[tokio::test(flavor = "multi_thread")]
async fn program_draws_a_discussion_as_it_was_shown() -> Result<()> {
    for comments in [3, 30] {
        let server = discussed(comments).await?;
        let site = Site::with_body(TAG, server.url("")).await?;
        is_drawn_alike(site.url(), "ready").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn program_draws_a_closed_thread_as_it_was_shown() -> Result<()> {
    let server = Server::closed_demo().await?;
    for page in ["/demo/", "/demo/uk/"] {
        is_drawn_alike(&server.url(page), "ready").await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn program_draws_an_argument_in_every_order_as_it_was_shown() -> Result<()> {
    let (server, ids) = argued_over().await?;
    for order in ["oldest", "newest", "best"] {
        let tag = TAG.replace("page=story", &format!("page=story sort={order} limit=3"));
        let site = Site::with_body(&tag, server.url("")).await?;
        is_drawn_alike(site.url(), "ready").await?;
        // Where it begins at a comment, more stands before it.
        site.hold(Some(PROGRAM));
        let reader = Reader::new().await?;
        reader.open(&format!("{}#comment-{}", site.url(), ids[2])).await?;
        reader.counts("[aria-current=location]", 1).await?;
        takes_over_alike(&reader, "ready", || site.hold(None)).await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn program_draws_a_steered_thread_and_marked_comments_as_they_were_shown() -> Result<()> {
    let (server, ids) = argued_over().await?;
    server.steer(&["slow", "90"])?;
    server.steer(&["announce", "Be <b>kind</b>."])?;
    server.moderate("pin", &ids[3])?;
    server.moderate("feature", &ids[2])?;
    let site = Site::with_body(TAG, server.url("")).await?;
    is_drawn_alike(site.url(), "ready").await?;
    server.steer(&["close"])?;
    is_drawn_alike(site.url(), "ready").await?;
    let server = Server::serve().await?;
    server.steer(&["announce", "Nobody wrote yet."])?;
    let site = Site::with_body(TAG, server.url("")).await?;
    is_drawn_alike(site.url(), "empty").await
}

/// The address of the page that the thread has of its own.
async fn own_page(widget: &Reader) -> Result<String> {
    let form = "document.querySelector('.dumka-form').action";
    widget.holds(&format!("{form} !== ''")).await?;
    Ok(widget.value(form).await?.as_str().unwrap_or_default().to_owned())
}

/// Writes into the markup what the form holds, and whole addresses: on its own page a thread names no host. What the
/// browser itself sends says in which encoding, which a script knows, and only a page without scripts begins at its form.
const SPELL_OUT: &str = "void (() => { \
    for (const it of document.querySelectorAll('.dumka-form input')) it.setAttribute('value', it.value); \
    for (const it of document.querySelectorAll('.dumka-form textarea')) it.textContent = it.value; \
    for (const it of document.querySelectorAll('.dumka [href^=\"./\"]')) it.setAttribute('href', it.href.replace(/#form$/, '')); \
    for (const it of document.querySelectorAll('.dumka-form')) it.setAttribute('action', it.action); \
    for (const it of document.querySelectorAll('.dumka-form')) ['accept-charset', 'id', 'tabindex', 'autofocus'].forEach(name => it.removeAttribute(name)) })()";

/// Without scripts a vote is a form, on a thread's own page alone: converts it to what stands
/// where a script hears.
const VOTES: &str = "void document.querySelectorAll('form.dumka-votes').forEach(form => { \
    const votes = Object.assign(document.createElement('span'), { className: 'dumka-votes' }); \
    votes.append(...[...form.children].filter(it => it.localName !== 'input')); form.replaceWith(votes); \
    votes.querySelectorAll('button').forEach(it => { it.type = 'button'; it.removeAttribute('name'); it.removeAttribute('value') }) })";

/// Compares the thread on two pages, whose forms are not touched after that.
async fn look_alike(one: &Reader, other: &Reader) -> Result<()> {
    for reader in [one, other] {
        reader.value(SPELL_OUT).await?;
        reader.value(VOTES).await?;
    }
    assert_eq!(one.value(LOOK).await?, other.value(LOOK).await?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_form_comes_from_the_server_as_the_program_draws_it() -> Result<()> {
    let server = discussed(3).await?;
    let site = Site::with_body(&TAG.replace("page=story", "page=story load=eager"), server.url("")).await?;
    let (widget, page) = (Reader::new().await?, Reader::new().await?);
    widget.open(site.url()).await?;
    widget.holds(&asked_for(PROGRAM)).await?;
    let address = own_page(&widget).await?;
    page.web().goto(address.clone()).await?;
    // The page of a form begins where it stands, and so does the whole thread.
    let comment = widget.finds("First").await?;
    for reader in [&widget, &page] {
        reader.clicks(&format!("{comment} .dumka-reply")).await?;
        is_refused(reader, &format!("{comment} .dumka-form")).await?;
    }
    look_alike(&widget, &page).await?;

    widget.reload().await?;
    widget.holds(&asked_for(PROGRAM)).await?;
    page.web().goto(address).await?;
    for reader in [&widget, &page] {
        reader.clicks(".dumka-add").await?;
        is_refused(reader, ".dumka-form").await?;
    }
    look_alike(&widget, &page).await
}

/// Sends a form without a name, and sees it come back.
async fn is_refused(reader: &Reader, form: &str) -> Result<()> {
    reader.types(&format!("{form} [name=text]"), "Words of *nobody*").await?;
    reader.clicks(&format!("{form} .dumka-submit")).await?;
    reader.sees(&format!("{form} .dumka-field .dumka-error"), "Enter a name").await
}

#[tokio::test(flavor = "multi_thread")]
async fn page_after_a_comment_that_is_held_is_what_the_program_shows_but_for_the_comment() -> Result<()> {
    let server = Server::moderated_demo().await?;
    let (widget, page) = (Reader::new().await?, Reader::new().await?);
    widget.open(&server.url("/demo/en/")).await?;
    let address = own_page(&widget).await?;
    let id = widget.value(&format!("new URL({address:?}).searchParams.get('page')")).await?;
    let client = Client::new(server.url("/api/v1/comments"), id.as_str().unwrap_or_default());
    server.moderate("approve", &client.post("Ben", "Approved.", "approved").await?)?;
    widget.reload().await?;
    page.web().goto(address).await?;
    for reader in [&widget, &page] {
        reader.sees(".dumka-body", "Approved.").await?;
        reader.writes("Ann", "Held.").await?;
        reader.clicks(".dumka-composer .dumka-submit").await?;
        reader.sees(".dumka-notice", "waiting for a moderator").await?;
    }
    // The widget alone remembers who wrote: the comment is its author's to see, and the next one has a name already.
    widget.counts(".dumka-comment", 2).await?;
    widget.value("void document.querySelector('.dumka-pending').closest('.dumka-comment').remove()").await?;
    page.value("void (document.querySelector('[name=name]').value = 'Ann')").await?;
    look_alike(&widget, &page).await
}
