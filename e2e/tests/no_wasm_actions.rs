//! Without WebAssembly the actions at a comment work, or an error says why not.

use anyhow::Result;
use e2e::{Client, Reader, Server, Site, Trouble, until};

const TAG: &str = "<script async src=/embed.js></script><dumka-comments page=story></dumka-comments>";
const NO_PROGRAM: Trouble = Trouble { address: ".wasm", method: "GET", status: 404, answer: "No" };

fn client(server: &Server) -> Client {
    Client::new(server.url("/api/v1/comments"), "story")
}

async fn open(server: &Server) -> Result<(Site, Reader)> {
    let site = Site::with_body(TAG, server.url("")).await?;
    site.set_trouble(Some(NO_PROGRAM));
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    Ok((site, reader))
}

#[tokio::test(flavor = "multi_thread")]
async fn vote_counts_can_be_withdrawn_and_is_known_to_the_program_that_comes_later() -> Result<()> {
    let server = Server::serve().await?;
    for text in ["First.", "Second."] {
        client(&server).post("Ann", text, text).await?;
    }
    let (site, reader) = open(&server).await?;
    let comment = reader.finds("First.").await?;
    let presses = async |button: &str, score: &str| {
        reader.clicks(&format!("{comment} .dumka-vote-{button}")).await?;
        reader.sees(&format!("{comment} .dumka-score"), score).await?;
        reader.counts("[aria-busy=true]", 0).await
    };
    presses("up", "1").await?;
    presses("up", "0").await?;
    presses("down", "\u{2212}1").await?;
    reader.counts(&format!("{comment} .dumka-vote-down[aria-pressed=true]"), 1).await?;
    reader.counts("[aria-pressed=true]", 1).await?;
    assert_eq!(client(&server).list().await?[0]["votes"]["down"], 1);

    site.set_trouble(None);
    reader.reload().await?;
    reader.clicks(&format!("{comment} .dumka-vote-up")).await?;
    reader.counts(&format!("{comment} .dumka-vote-up[aria-pressed=true]"), 1).await?;
    reader.sees(&format!("{comment} .dumka-score"), "1").await?;
    // The program shows a vote before the server has it.
    until("the reader has one vote, the other way", async || {
        let votes = &client(&server).list().await?[0]["votes"];
        Ok((votes["up"] == 1 && votes["down"] == 0).then_some(()))
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn vote_that_is_not_taken_says_once_why_and_when_to_try_again() -> Result<()> {
    let mut server = Server::with(&[("DUMKA_LIMITS__VOTES_PER_ADDRESS", "1")]).await?;
    let id = client(&server).post("Ann", "First.", "key").await?;
    for text in ["Second.", "Third."] {
        client(&server).post("Ann", text, text).await?;
    }
    let (_site, reader) = open(&server).await?;
    let comment = reader.finds("First.").await?;
    client(&server).votes(&id, 1).await?;
    for button in ["up", "down"] {
        reader.clicks(&format!("{comment} .dumka-vote-{button}")).await?;
        reader.sees(&format!("{comment} .dumka-error"), "That did not work. Too many attempts").await?;
        reader.sees(&format!("{comment} .dumka-error"), "Try again in").await?;
        reader.counts(".dumka-error", 1).await?;
        reader.counts("[aria-busy=true]", 0).await?;
    }
    reader.clicks(".dumka-newest").await?;
    reader.counts(".dumka-newest[aria-current]", 1).await?;
    reader.counts(".dumka-error", 0).await?;
    server.kill()?;
    reader.clicks(&format!("{comment} .dumka-vote-up")).await?;
    reader.sees(&format!("{comment} .dumka-error"), "That did not work.").await?;
    reader.counts("[aria-pressed=true]", 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_are_folded_up_in_their_place() -> Result<()> {
    let server = Server::serve().await?;
    let mut parent = client(&server).post("Ann", "Root.", "root").await?;
    let root = format!("#comment-{parent}");
    // Deeper than what is shown as deeper.
    for number in 0..9 {
        let (text, key) = (format!("Reply {number}."), format!("key-{number}"));
        parent = client(&server).reply(&parent, "Ben", &text, &key).await?;
    }
    client(&server).post("Ann", "Another root.", "another").await?;
    let (_site, reader) = open(&server).await?;
    let seen = ".dumka-comment:not([hidden])";
    reader.counts(seen, 11).await?;
    let deep = reader.finds("Reply 6.").await?;
    reader.clicks(&format!("{deep} .dumka-fold")).await?;
    reader.counts(seen, 9).await?;
    reader.sees(&format!("{deep} .dumka-fold[aria-expanded=false]"), "show 2 replies").await?;
    reader.clicks(&format!("{root} .dumka-fold")).await?;
    reader.counts(seen, 2).await?;
    reader.sees(&format!("{root} .dumka-fold"), "show 9 replies").await?;
    reader.clicks(&format!("{root} .dumka-fold")).await?;
    reader.counts(seen, 9).await?;
    reader.sees(&format!("{root} .dumka-fold[aria-expanded=true]"), "hide replies").await?;
    reader.clicks(&format!("{deep} .dumka-fold")).await?;
    reader.counts(seen, 11).await
}
