//! A thread's own page in a real browser: it holds no script, and its policy would run none.

use anyhow::Result;
use e2e::{Client, Reader, Server};

#[tokio::test(flavor = "multi_thread")]
async fn comment_is_refused_corrected_and_found_without_any_script() -> Result<()> {
    let server = Server::serve().await?;
    let reader = Reader::new().await?;
    reader.open(&server.url("/thread?site=news.example&page=news/42&lang=ru")).await?;
    reader.sees(".dumka-count", "Комментарии (0)").await?;
    reader.holds("document.scripts.length === 0 && document.styleSheets.length === 2").await?;

    reader.writes(" ", "Без единого скрипта").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-field .dumka-error", "Укажите имя").await?;
    reader.holds("document.querySelector('.dumka-form [name=text]').value === 'Без единого скрипта'").await?;

    reader.types(".dumka-form [name=name]", "Аня").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "Без единого скрипта").await?;
    reader.sees(".dumka-notice", "опубликован").await?;
    reader.holds("document.querySelector(':target')?.classList.contains('dumka-comment') === true").await?;

    reader.reload().await?;
    reader.counts(".dumka-comment", 1).await
}

/// A thread with three comments; the ids.
async fn discussed(server: &Server) -> Result<Vec<String>> {
    let client = Client::new(server.url("/api/v1/comments"), "story");
    let mut ids = Vec::new();
    for text in ["First.", "Second.", "Third."] {
        ids.push(client.post("Ann", text, text).await?);
    }
    Ok(ids)
}

fn page(server: &Server) -> String {
    server.url("/thread?site=127.0.0.1&page=story&lang=en")
}

/// Every button that is seen sends its form.
async fn nothing_needs_a_script(reader: &Reader) -> Result<()> {
    reader
        .holds(
            "[...document.querySelectorAll('button:not([type=submit])')].every(it => !it.checkVisibility())",
        )
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_is_answered_under_itself_without_any_script() -> Result<()> {
    let server = Server::serve().await?;
    let ids = discussed(&server).await?;
    let reader = Reader::new().await?;
    reader.web().goto(page(&server)).await?;
    let second = format!("[id='comment-{}']", ids[1]);
    nothing_needs_a_script(&reader).await?;
    reader.clicks(&format!("{second} .dumka-reply")).await?;
    reader.sees(&format!("{second} .dumka-form"), "Your reply to Ann").await?;
    reader.counts(".dumka-comment .dumka-form", 1).await?;
    nothing_needs_a_script(&reader).await?;

    reader.types(&format!("{second} [name=text]"), "An answer that takes its time").await?;
    reader.clicks(&format!("{second} .dumka-submit")).await?;
    reader.sees(&format!("{second} .dumka-form .dumka-error"), "Enter a name.").await?;
    reader
        .holds(&format!(
            "document.querySelector(\"{second} [name=text]\").value === 'An answer that takes its time'"
        ))
        .await?;
    reader.holds("document.querySelector('.dumka-composer [name=text]').value === ''").await?;

    reader.types(&format!("{second} [name=name]"), "Ben").await?;
    reader.clicks(&format!("{second} .dumka-submit")).await?;
    let reply = reader.finds("An answer that takes its time").await?;
    reader.counts(&format!("{second} + {reply}:target[data-depth='1']"), 1).await?;
    reader.sees(".dumka-notice", "published").await?;
    reader.counts(".dumka-comment .dumka-form", 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_is_reported_and_the_order_chosen_without_any_script() -> Result<()> {
    let server = Server::with(&[("DUMKA_LIMITS__REPORTS_TO_HOLD", "1")]).await?;
    let ids = discussed(&server).await?;
    let reader = Reader::new().await?;
    reader.web().goto(page(&server)).await?;
    reader.clicks(".dumka-newest").await?;
    reader.holds("document.querySelector('.dumka-body').textContent === 'Third.'").await?;
    reader.counts(".dumka-sort > .dumka-newest[aria-current]", 1).await?;

    let second = format!("[id='comment-{}']", ids[1]);
    reader.clicks(&format!("{second} .dumka-report")).await?;
    reader.sees(&format!("{second} .dumka-form"), "What is wrong with this comment?").await?;
    reader.clicks(&format!("{second} .dumka-submit")).await?;
    reader.sees(&format!("{second} .dumka-form .dumka-error"), "Choose a reason.").await?;
    reader.types(&format!("{second} select"), "an insult").await?;
    reader.clicks(&format!("{second} .dumka-submit")).await?;
    reader.sees(".dumka-notice", "Thank you! The moderators will look at this comment.").await?;
    reader.counts(&second, 0).await?;
    reader.counts(".dumka-comment", 2).await
}

#[tokio::test(flavor = "multi_thread")]
async fn reader_votes_and_changes_their_own_words_without_any_script() -> Result<()> {
    let server = Server::serve().await?;
    let ids = discussed(&server).await?;
    let reader = Reader::new().await?;
    reader.web().goto(page(&server)).await?;
    let first = format!("[id='comment-{}']", ids[0]);
    for (button, score) in [("up", "1"), ("down", "\u{2212}1"), ("down", "0"), ("up", "1")] {
        reader.clicks(&format!("{first} .dumka-vote-{button}")).await?;
        reader
            .holds(&format!("document.querySelector(\"{first} .dumka-score\")?.textContent === '{score}'"))
            .await?;
    }
    reader.counts(&format!("{first}:target .dumka-vote-up[aria-pressed=true]"), 1).await?;

    reader.web().goto(page(&server)).await?;
    reader.counts("[aria-pressed=true]", 1).await?;
    reader.writes("Ann", "Half a thought").await?;
    reader.clicks(".dumka-submit").await?;
    let own = reader.finds("Half a thought").await?;
    nothing_needs_a_script(&reader).await?;
    reader.clicks(&format!("{own} .dumka-edit")).await?;
    reader.types(&format!("{own} [name=text]"), ", thought to its end").await?;
    nothing_needs_a_script(&reader).await?;
    reader.clicks(&format!("{own} .dumka-submit")).await?;
    reader.sees(&format!("{own} .dumka-body"), "Half a thought, thought to its end").await?;
    reader.sees(&format!("{own} .dumka-edited"), "edited").await?;

    reader.clicks(&format!("{own} .dumka-delete")).await?;
    reader.sees(&format!("{own} .dumka-form"), "Delete").await?;
    reader.clicks(&format!("{own} .dumka-submit")).await?;
    reader.counts(&own, 0).await?;
    reader.counts(".dumka-comment", 3).await?;
    reader.counts(".dumka-edit", 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn form_that_a_link_opens_is_in_view_on_a_telephone_however_long_the_thread() -> Result<()> {
    const IS_IN_VIEW: &str = "(it => it.top >= -1 && (it.top < innerHeight / 2 || it.bottom <= innerHeight))(document.querySelector('FORM').getBoundingClientRect())";
    let server = Server::serve().await?;
    let client = Client::new(server.url("/api/v1/comments"), "story");
    let root = client.post("Ann", &"Many words. ".repeat(60), "root").await?;
    let mut last = root.clone();
    for number in 0..8 {
        let text = format!("Reply number {number}. {}", "Many words. ".repeat(40));
        last = client.reply(&root, "Ben", &text, &format!("key-{number}")).await?;
    }
    let reader = Reader::new().await?;
    reader.resize(360, 640).await?;
    reader.web().goto(page(&server)).await?;
    reader.writes("Ann", "Half a thought").await?;
    reader.clicks(".dumka-submit").await?;
    let own = reader.finds("Half a thought").await?;
    let answered = format!("[id='comment-{last}']");
    for (comment, action) in [(&answered, "reply"), (&answered, "report"), (&own, "edit"), (&own, "delete")] {
        reader.clicks(&format!("{comment} .dumka-{action}")).await?;
        let form = format!("{comment} .dumka-form");
        reader.counts(&form, 1).await?;
        reader.holds(&IS_IN_VIEW.replace("FORM", &form.replace('\'', "\\'"))).await?;
    }
    // Also where the link says nothing of it, as the widget's own, and where the form comes back.
    reader.web().goto(format!("{}&reply={last}", page(&server))).await?;
    let form = format!("{answered} .dumka-form").replace('\'', "\\'");
    reader.holds(&IS_IN_VIEW.replace("FORM", &form)).await?;
    reader.clicks(&format!("{answered} .dumka-form .dumka-submit")).await?;
    reader.sees(&format!("{answered} .dumka-form .dumka-error"), "Write a comment.").await?;
    reader.holds(&IS_IN_VIEW.replace("FORM", &form)).await
}
