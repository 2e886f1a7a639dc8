//! Without WebAssembly the thread is read, and comments are posted, in its place on the page.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site, Trouble};

const TAG: &str = "<script async src=/embed.js></script><dumka-comments page=story></dumka-comments>";
const NO_PROGRAM: Trouble = Trouble { address: ".wasm", method: "GET", status: 404, answer: "No" };

fn client(server: &Server) -> Client {
    Client::new(server.url("/api/v1/comments"), "story")
}

async fn fill(server: &Server, comments: usize) -> Result<()> {
    for number in 0..comments {
        client(server).post("Ann", &format!("Comment number {number}."), &format!("key-{number}")).await?;
    }
    Ok(())
}

/// Reads, is refused, corrects, posts and shows all, all on the page at `url`.
async fn discusses(reader: &Reader, server: &Server, url: &str) -> Result<()> {
    reader.open(url).await?;
    reader.counts("dumka-comments[data-state=ready] .dumka-comment", 20).await?;
    reader.writes(" ", "Written without any program").await?;
    reader.counts("dumka-comments[data-composer=open]", 1).await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-field .dumka-error", "Enter a name").await?;
    reader.counts("dumka-comments[data-composer=rejected]", 1).await?;
    reader.holds("document.activeElement.name === 'name'").await?;
    reader.holds("document.querySelector('[name=text]').value === 'Written without any program'").await?;

    reader.types("[name=name]", "Ann").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "Written without any program").await?;
    reader.sees(".dumka-notice", "published").await?;
    reader.holds("document.activeElement.textContent.includes('Written without any program')").await?;
    reader.counts("dumka-comments[data-composer=closed]", 1).await?;
    assert_eq!(reader.value("location.pathname").await?, "/");
    assert_eq!(client(server).list().await?.len(), 31);

    reader.reload().await?;
    reader.counts(".dumka-comment", 20).await?;
    reader.writes("", "A draft that stays").await?;
    reader.clicks(".dumka-all").await?;
    reader.counts(".dumka-comment", 31).await?;
    reader.holds("document.querySelector('[name=text]').value === 'A draft that stays'").await?;
    reader.holds("document.activeElement === document.querySelectorAll('.dumka-comment')[20]").await
}

#[tokio::test(flavor = "multi_thread")]
async fn program_that_does_not_come_is_done_without() -> Result<()> {
    let server = Server::serve().await?;
    fill(&server, 30).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    site.set_trouble(Some(NO_PROGRAM));
    discusses(&Reader::new().await?, &server, site.url()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn policy_that_forbids_webassembly_is_no_obstacle() -> Result<()> {
    let server = Server::serve().await?;
    fill(&server, 30).await?;
    let (body, own) = (TAG.replace("/embed.js", &server.url("/embed.js")), server.url(""));
    let policy = format!(
        "default-src 'none'; script-src {own}; connect-src {own}; style-src {own}; base-uri 'none'; form-action 'none'"
    );
    let site = Site::with_policy(&policy, &body, server.url("")).await?;
    discusses(&Reader::new().await?, &server, site.url()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_program_is_done_without() -> Result<()> {
    let server = Server::serve().await?;
    fill(&server, 30).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    site.set_trouble(Some(Trouble { status: 200, answer: "\0asm\u{1}\0\0\0", ..NO_PROGRAM }));
    discusses(&Reader::new().await?, &server, site.url()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn program_that_hangs_is_not_waited_for() -> Result<()> {
    let server = Server::serve().await?;
    fill(&server, 2).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    site.hold(Some(".wasm"));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.writes("Ann", "Posted while the program hangs").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "Posted while the program hangs").await?;
    site.hold(None);
    assert_eq!(client(&server).list().await?.len(), 3);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn trouble_with_the_form_is_said_and_trying_again_posts_once() -> Result<()> {
    let mut server = Server::serve().await?;
    let body = TAG.replace("/embed.js", &server.url("/embed.js"));
    let policy = format!("script-src {}", server.url(""));
    let site = Site::with_policy(&policy, &body, server.url("")).await?;
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.writes("Ann", "Kept in spite of everything").await?;
    // What works the forms is there before the server goes.
    reader.clicks(".dumka-form [name=email]").await?;
    reader.holds("performance.getEntriesByType('resource').some(it => it.name.endsWith('forms.js'))").await?;
    reader.holds("performance.getEntriesByType('resource').some(it => it.name.endsWith('en.json'))").await?;

    server.kill()?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-form .dumka-error", "your text has been kept").await?;
    reader.holds("document.querySelector('[name=text]').value === 'Kept in spite of everything'").await?;
    server.restart().await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "Kept in spite of everything").await?;
    assert_eq!(client(&server).list().await?.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_but_the_thread_itself_is_said_in_plain_words_where_even_the_loader_is_alone() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    site.set_trouble(Some(Trouble { address: "/assets/", ..NO_PROGRAM }));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.writes("Ann", "Waiting for a better line").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-form [role=alert] button", "Try again?").await?;
    reader.holds("document.querySelector('[name=text]').value === 'Waiting for a better line'").await?;
    reader.sees("h1", "News").await?;

    site.set_trouble(None);
    // With a mouse it comes even before the button is pressed.
    reader.value("void document.querySelector('.dumka-form [role=alert] button')?.click()").await?;
    reader.sees(".dumka-body", "Waiting for a better line").await?;
    assert_eq!(client(&server).list().await?.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn form_that_something_else_refuses_keeps_its_words_and_says_so() -> Result<()> {
    let server = Server::serve().await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    site.set_trouble(Some(NO_PROGRAM));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    reader.writes("Ann", "Stopped on the way").await?;
    reader.holds("performance.getEntriesByType('resource').some(it => it.name.endsWith('forms.js'))").await?;
    // Of the script's form and of the program, which may come now.
    site.set_trouble(Some(Trouble { address: "", method: "POST", status: 403, answer: "<h1>No</h1>" }));
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-form .dumka-error", "The server refused the request.").await?;
    reader.holds("document.querySelector('[name=text]').value === 'Stopped on the way'").await?;

    site.set_trouble(None);
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "Stopped on the way").await?;
    assert_eq!(client(&server).list().await?.len(), 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_is_answered_and_reported_in_its_place() -> Result<()> {
    let server = Server::serve().await?;
    fill(&server, 5).await?;
    let site = Site::with_body(TAG, server.url("")).await?;
    site.set_trouble(Some(NO_PROGRAM));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    let comment = reader.finds("Comment number 2.").await?;
    reader.clicks(&format!("{comment} .dumka-reply")).await?;
    reader.holds(&format!("document.activeElement.matches('{comment} [name=text]')")).await?;
    reader.counts("dumka-comments[data-composer=open]", 1).await?;
    reader.types(&format!("{comment} [name=text]"), "An answer without any program").await?;
    reader.reload().await?;
    reader.clicks(&format!("{comment} .dumka-reply")).await?;
    let text = format!("document.querySelector('{comment} [name=text]')?.value");
    reader.holds(&format!("{text} === 'An answer without any program'")).await?;
    reader.clicks(".dumka-newest").await?;
    reader.counts(".dumka-newest[aria-current]", 1).await?;
    reader.clicks(&format!("{comment} .dumka-reply")).await?;
    reader.holds(&format!("{text} === 'An answer without any program'")).await?;
    reader.holds("document.querySelector('.dumka-composer [name=text]').value === ''").await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    reader.sees(&format!("{comment} .dumka-form .dumka-error"), "Enter a name.").await?;
    reader.counts("dumka-comments[data-composer=rejected]", 1).await?;
    reader.types(&format!("{comment} [name=name]"), "Ben").await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    let reply = reader.finds("An answer without any program").await?;
    reader.counts(&format!("{comment} + {reply}[data-depth='1']"), 1).await?;
    reader.holds(&format!("document.activeElement.matches('{reply}')")).await?;
    reader.counts("dumka-comments[data-composer=closed]", 1).await?;

    reader.clicks(&format!("{comment} .dumka-reply")).await?;
    reader
        .holds(&format!("{text} === '' && document.querySelector('{comment} [name=name]').value === 'Ben'"))
        .await?;
    reader.clicks(&format!("{comment} .dumka-cancel")).await?;
    reader.counts(&format!("{comment} .dumka-form"), 0).await?;
    reader.clicks(&format!("{comment} .dumka-report")).await?;
    reader.types(&format!("{comment} select"), "advert").await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    reader.sees(".dumka-notice", "Thank you! The moderators will look at this comment.").await?;
    reader.clicks(&format!("{comment} .dumka-vote-up")).await?;
    reader.sees(&format!("{comment} .dumka-score"), "1").await?;
    reader.counts(&format!("{comment} .dumka-vote-up[aria-pressed=true]"), 1).await?;
    assert_eq!(reader.value("location.pathname").await?, "/");
    assert_eq!(client(&server).list().await?.len(), 6);
    Ok(())
}
