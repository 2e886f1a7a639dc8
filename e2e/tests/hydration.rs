//! Hydration: the program takes the place of the rendered thread, and the reader notices nothing.

use anyhow::Result;
use e2e::story_thread::{PROGRAM, TAG, asked_for, discussed};
use e2e::{Client, Reader, Site, until};

/// Remembers the section that is shown, so that another one is noticed.
async fn remember(reader: &Reader) -> Result<()> {
    reader.value("void (window.shown = document.querySelector('section.dumka'))").await?;
    Ok(())
}

async fn is_taken_over(reader: &Reader) -> Result<()> {
    reader.holds("document.querySelector('section.dumka') !== window.shown").await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_threads_of_one_page_are_taken_over_each_by_its_own() -> Result<()> {
    let server = discussed(3).await?;
    let other = Client::new(server.url("/api/v1/comments"), "other");
    let other_id = other.post("Ann", "Another thread.", "other").await?;
    let body = format!("{TAG}<dumka-comments page=other></dumka-comments>");
    let site = Site::with_body(&body, server.url("")).await?;
    site.hold(Some(PROGRAM));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.clicks(&format!("[id='comment-{other_id}'] .dumka-vote-up")).await?;
    let disliked = reader.finds("Comment number 1,").await?;
    reader.clicks(&format!("{disliked} .dumka-vote-down")).await?;
    let section = "document.querySelector('[page=other] section')";
    reader.value(&format!("void (window.shown = {section})")).await?;

    site.hold(None);
    reader.holds(&format!("{section} !== window.shown")).await?;
    reader.sees(&format!("[page=other] [id='comment-{other_id}'] .dumka-score"), "1").await?;
    reader.sees(&format!("[page=story] {disliked} .dumka-score"), "−1").await?;
    reader.counts("[page=story] [aria-pressed=true]", 1).await?;
    reader.counts("[page=other] [aria-pressed=true]", 1).await?;
    // It is shown before it is kept.
    until("the vote is kept", async || Ok((other.list().await?[0]["votes"]["up"] == 1).then_some(()))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn refresh_before_the_program_is_there_brings_what_is_new() -> Result<()> {
    let server = discussed(3).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts(".dumka-comment", 5).await?;
    Client::new(server.url("/api/v1/comments"), "story")
        .post("Ann", "Written meanwhile", "meanwhile")
        .await?;
    reader.value("void document.querySelector('dumka-comments').refresh()").await?;
    reader.sees(".dumka-body", "Written meanwhile").await
}

#[tokio::test(flavor = "multi_thread")]
async fn typed_words_caret_and_focus_go_over_to_the_program() -> Result<()> {
    let server = discussed(3).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    site.hold(Some(PROGRAM));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.writes("Ann", "Typed before the program").await?;
    remember(&reader).await?;
    reader
        .value("void (it => { it.focus(); it.setSelectionRange(6, 12, 'backward') })(document.querySelector('[name=text]'))")
        .await?;

    site.hold(None);
    is_taken_over(&reader).await?;
    reader.counts("dumka-comments[data-composer=open]", 1).await?;
    reader
        .holds(
            "(it => it.name === 'text' && it.value.slice(it.selectionStart, it.selectionEnd) === 'before' \
            && it.selectionDirection === 'backward')(document.activeElement)",
        )
        .await?;
    reader.holds("document.querySelector('[name=name]').value === 'Ann'").await?;
    reader.reload().await?;
    reader.holds("document.querySelector('[name=text]')?.value === 'Typed before the program'").await
}

#[tokio::test(flavor = "multi_thread")]
async fn marked_text_stays_marked_and_the_view_where_it_is() -> Result<()> {
    let server = discussed(15).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    site.hold(Some(PROGRAM));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts(".dumka-comment", 17).await?;
    remember(&reader).await?;
    let mark = "void (() => { const of = n => document.querySelectorAll('.dumka-body')[n].firstChild.firstChild; \
        getSelection().setBaseAndExtent(of(5), 3, of(4), 1); scrollTo(0, 700); \
        document.querySelector('.dumka-add').focus({ preventScroll: true }); \
        getSelection().setBaseAndExtent(of(5), 3, of(4), 1) })()";
    reader.value(mark).await?;
    let ends = "(it => it.focusNode.data.slice(it.focusOffset) + '…' + it.anchorNode.data.slice(0, it.anchorOffset))(getSelection())";
    let marked = reader.value(ends).await?;
    assert!(marked.as_str().is_some_and(|text| text.len() > 10), "{marked}");
    let place = "document.querySelectorAll('.dumka-comment')[6].getBoundingClientRect().top";
    let place_before = reader.value(place).await?;

    site.hold(None);
    is_taken_over(&reader).await?;
    assert_eq!(reader.value(ends).await?, marked);
    assert_eq!(reader.value(place).await?, place_before);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pressed_before_the_program_is_there_is_done_once() -> Result<()> {
    let server = discussed(30).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    site.hold(Some(PROGRAM));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.writes("Ann", "Pressed early, and twice").await?;
    reader.clicks(".dumka-all").await?;
    reader
        .value("void [1, 2].forEach(() => document.querySelector('.dumka-composer .dumka-submit').click())")
        .await?;

    site.hold(None);
    reader.sees(".dumka-body", "Pressed early, and twice").await?;
    reader.counts(".dumka-comment", 33).await?;
    reader.counts(".dumka-all", 0).await?;
    assert_eq!(reader.value("location.pathname + location.search").await?, "/");
    let client = Client::new(server.url("/api/v1/comments"), "story");
    assert_eq!(client.list().await?.len(), 33);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn program_comes_by_itself_when_the_line_is_idle_but_not_where_data_are_dear() -> Result<()> {
    let server = discussed(3).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    let dear = "<script>Object.defineProperty(navigator, 'connection', \
        { value: { saveData: true, effectiveType: '4g' } })</script>";
    let dear = Site::with_body(&[dear, TAG].concat(), server.url("")).await?;
    let saving = Reader::new().await?;
    saving.open(dear.url()).await?;
    saving.counts(".dumka-comment", 5).await?;

    let idle = Reader::new().await?;
    idle.open(site.url()).await?;
    idle.counts(".dumka-comment", 5).await?;
    remember(&idle).await?;
    is_taken_over(&idle).await?;
    // By now the other one has had as much time.
    assert_eq!(saving.value(&asked_for(PROGRAM)).await?, false);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn eager_widget_takes_over_at_once_and_an_isolated_one_too() -> Result<()> {
    let server = discussed(3).await?;
    let body = "<script async src=/embed.js></script><dumka-comments page=story load=eager isolate></dumka-comments>";
    let site = Site::with_body(body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    let inside = |selector: &str, number: usize| {
        format!(
            "document.querySelector('dumka-comments').shadowRoot?.querySelectorAll('{selector}').length === {number}"
        )
    };
    reader.holds(&inside(".dumka-comment", 5)).await?;
    reader.holds(&asked_for(PROGRAM)).await?;
    reader.holds(&inside("[class]:not([part])", 0)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn reply_vote_and_order_that_are_pressed_early_are_done_once_where_they_were_pressed() -> Result<()> {
    let server = discussed(5).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    site.hold(Some(PROGRAM));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.counts(".dumka-comment", 7).await?;
    let third = reader.finds("Comment number 1,").await?;
    let fifth = reader.finds("Comment number 3,").await?;
    reader.clicks(&format!("{third} .dumka-vote-up")).await?;
    reader.clicks(".dumka-newest").await?;
    reader.clicks(&format!("{fifth} .dumka-reply")).await?;

    site.hold(None);
    reader.counts(&format!("{fifth} .dumka-form"), 1).await?;
    reader.counts(".dumka-comment .dumka-form", 1).await?;
    reader.counts(&format!("{third} .dumka-vote-up[aria-pressed=true]"), 1).await?;
    reader.sees(&format!("{third} .dumka-score"), "1").await?;
    reader.counts("[aria-pressed=true]", 1).await?;
    reader.holds("document.querySelector('.dumka-body').textContent.startsWith('Comment number 4,')").await?;
    reader.counts(".dumka-newest[aria-current=true]", 1).await?;
    reader.counts("[aria-busy=true]", 0).await?;
    assert_eq!(reader.value("location.pathname + location.search").await?, "/");
    let client = Client::new(server.url("/api/v1/comments"), "story");
    // It is shown before it is kept.
    until("one vote is kept", async || {
        let votes = client.list().await?.into_iter().filter_map(|comment| comment["votes"]["up"].as_u64());
        Ok((votes.sum::<u64>() == 1).then_some(()))
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn reply_that_is_pressed_early_is_typed_at_once_when_its_form_is_there() -> Result<()> {
    let server = discussed(3).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    site.hold(Some(PROGRAM));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    let comment = reader.finds("Comment number 1,").await?;
    reader.clicks(&format!("{comment} .dumka-reply")).await?;
    site.hold(None);
    reader.holds(&format!("document.activeElement.matches('{comment} [name=text]')")).await?;
    reader.counts(".dumka-comment .dumka-form", 1).await
}
