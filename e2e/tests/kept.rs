//! Order, votes, drafts and name stay, whether the program comes or the scripts do without it.

use anyhow::Result;
use e2e::story::client;
use e2e::{Reader, Server, Site, Trouble};

const TAG: &str =
    "<script async src=/embed.js></script><dumka-comments page=story load=eager></dumka-comments>";
const NO_PROGRAM: Trouble = Trouble { address: ".wasm", method: "GET", status: 404, answer: "No" };

/// Waits until the page is worked by the program, or by the scripts without it.
async fn is_worked_by(reader: &Reader, file: &str) -> Result<()> {
    let is_there = format!("performance.getEntriesByType('resource').some(it => it.name.endsWith('{file}'))");
    reader.holds(&is_there).await
}

/// Finds the order and these votes, and no others.
async fn finds_order_and_votes(reader: &Reader, sort: &str, votes: &[&str]) -> Result<()> {
    reader.counts(&format!(".dumka-{sort}[aria-current]"), 1).await?;
    reader.counts("[aria-pressed=true]", votes.len()).await?;
    for vote in votes {
        reader.counts(&format!("{vote}[aria-pressed=true]"), 1).await?;
    }
    Ok(())
}

/// Finds both drafts and the name; opens the form under a comment for that.
async fn finds_drafts_and_name(
    reader: &Reader,
    comment: &str,
    [draft, reply, name]: [&str; 3],
) -> Result<()> {
    let value = |field: &str| format!("document.querySelector('{field}')?.value");
    reader.holds(&format!("{} === '{draft}'", value(".dumka-composer [name=text]"))).await?;
    reader.holds(&format!("{} === '{name}'", value(".dumka-composer [name=name]"))).await?;
    reader.clicks(&format!("{comment} .dumka-reply")).await?;
    reader.holds(&format!("{} === '{reply}'", value(&format!("{comment} [name=text]")))).await?;
    reader.holds(&format!("{} === '{name}'", value(&format!("{comment} [name=name]")))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn order_votes_drafts_and_name_stay_whether_the_program_comes_or_not() -> Result<()> {
    let server = Server::serve().await?;
    for text in ["First.", "Second.", "Third."] {
        client(&server).post("Ann", text, text).await?;
    }
    let site = Site::with_body(TAG, server.url("")).await?;
    site.set_trouble(Some(NO_PROGRAM));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    let [first, second, third] =
        [reader.finds("First.").await?, reader.finds("Second.").await?, reader.finds("Third.").await?];
    reader.clicks(".dumka-newest").await?;
    reader.counts(".dumka-newest[aria-current]", 1).await?;
    reader.clicks(&format!("{first} .dumka-vote-up")).await?;
    reader.counts(&format!("{first} .dumka-vote-up[aria-pressed=true]"), 1).await?;
    reader.counts("[aria-busy=true]", 0).await?;
    reader.writes("Olha", "A draft").await?;
    reader.clicks(&format!("{second} .dumka-reply")).await?;
    reader.types(&format!("{second} [name=text]"), "An answer").await?;

    site.set_trouble(None);
    reader.reload().await?;
    is_worked_by(&reader, "focus.js").await?;
    let up = format!("{first} .dumka-vote-up");
    let down = format!("{third} .dumka-vote-down");
    finds_order_and_votes(&reader, "newest", &[&up]).await?;
    finds_drafts_and_name(&reader, &second, ["A draft", "An answer", "Olha"]).await?;
    reader.clicks(&down).await?;
    reader.counts(&format!("{down}[aria-pressed=true]"), 1).await?;
    reader.types(&format!("{second} [name=text]"), " goes on").await?;
    reader.clicks(".dumka-add").await?;
    reader.types(".dumka-composer [name=text]", " goes on").await?;
    reader.types(".dumka-composer [name=name]", " B.").await?;
    reader.clicks(".dumka-oldest").await?;
    reader.counts(".dumka-oldest[aria-current]", 1).await?;
    let is_kept = "['draft', 'session', 'name'].every((what, n) => Object.entries(localStorage)
        .some(([key, value]) => key.startsWith('dumka:' + what) && value.includes(['A draft goes on', 'down ', ' B.'][n])))";
    reader.holds(is_kept).await?;

    site.set_trouble(Some(NO_PROGRAM));
    reader.reload().await?;
    is_worked_by(&reader, "forms.js").await?;
    finds_order_and_votes(&reader, "oldest", &[&up, &down]).await?;
    // What the program knew as cast is withdrawn without it.
    reader.clicks(&up).await?;
    reader.counts("[aria-pressed=true]", 1).await?;
    reader.sees(&format!("{first} .dumka-score"), "0").await?;
    reader.counts("[aria-busy=true]", 0).await?;
    // Last, since the page that the form comes with begins at its comment.
    finds_drafts_and_name(&reader, &second, ["A draft goes on", "An answer goes on", "Olha B."]).await
}
