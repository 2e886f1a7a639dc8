//! Branches fold the same way with the program and without it.

use anyhow::Result;
use e2e::story::client;
use e2e::{Client, Reader, Server, Site, Trouble};
use serde_json::Value;

const TAG: &str =
    "<script async src=/embed.js></script><dumka-comments page=story load=eager></dumka-comments>";
const NO_PROGRAM: Trouble = Trouble { address: ".wasm", method: "GET", status: 404, answer: "No" };

/// Each comment with whether it is hidden, and its fold with its words, its accessible name and its state.
const SHOWN: &str = "[...document.querySelectorAll('.dumka-comment')].map(it => {
    const fold = it.querySelector('.dumka-fold')
    return [it.id, it.hidden, fold?.textContent, fold?.ariaLabel, fold?.ariaExpanded].join(' ')
})";

/// A tree with several branches: one deeper than what is shown as deeper, with tombstones on the way down.
struct Tree {
    comments: usize,
    /// Ids of comments, the top one first; every one has replies.
    chain: Vec<String>,
    /// A short branch of another comment.
    beside: String,
}

async fn plant(server: &Server) -> Result<Tree> {
    let client: Client = client(server);
    let mut chain = vec![client.post("Ann", "Root.", "root").await?];
    for depth in 1..=10 {
        let above = chain[depth - 1].clone();
        let says = async |what: &str| {
            let text = format!("{what} at {depth}.");
            client.reply(&above, "Ben", &text, &format!("{what}-{depth}")).await
        };
        chain.push(says("Down").await?);
        let aside = says("Aside").await?;
        client
            .reply(&aside, "Cem", &format!("Under the one aside at {depth}."), &format!("under-{depth}"))
            .await?;
    }
    let beside = client.post("Dana", "Another root.", "another").await?;
    client.reply(&beside, "Ann", "Its only reply.", "only").await?;
    // The last has no reply, so that it would be gone.
    for depth in [2, 5, 7, 8] {
        server.moderate("delete", &chain[depth])?;
    }
    chain.pop();
    Ok(Tree { comments: 33, chain, beside })
}

/// Opens the page and shows the whole thread.
async fn opens(site: &Site, tree: &Tree, worked_by: &str) -> Result<Reader> {
    let reader = Reader::new().await?;
    reader.open(site.url()).await?;
    let is_there =
        format!("performance.getEntriesByType('resource').some(it => it.name.endsWith('{worked_by}'))");
    reader.clicks(".dumka-newest").await?;
    reader.counts(".dumka-newest[aria-current]", 1).await?;
    reader.holds(&is_there).await?;
    if reader.count(".dumka-all").await? > 0 {
        reader.clicks(".dumka-all").await?;
    }
    reader.counts(".dumka-comment", tree.comments).await?;
    Ok(reader)
}

/// Presses the fold of a comment, and tells what is shown then.
async fn folds(reader: &Reader, id: &str) -> Result<Value> {
    let fold = format!("document.getElementById('comment-{id}').querySelector('.dumka-fold')");
    let before = reader.value(&format!("{fold}.ariaExpanded")).await?;
    reader.value(&format!("void {fold}.click()")).await?;
    reader.holds(&format!("{fold}.ariaExpanded !== '{}'", before.as_str().unwrap_or_default())).await?;
    reader.value(SHOWN).await
}

#[tokio::test(flavor = "multi_thread")]
async fn branch_hides_and_shows_the_same_comments_with_the_program_and_without() -> Result<()> {
    let server = Server::serve().await?;
    let tree = plant(&server).await?;
    let whole = Site::with_body(TAG, server.url("")).await?;
    let bare = Site::with_body(TAG, server.url("")).await?;
    bare.set_trouble(Some(NO_PROGRAM));
    let readers = [opens(&whole, &tree, "live.js").await?, opens(&bare, &tree, "forms.js").await?];
    let [program, forms] = &readers;
    assert_eq!(program.value(SHOWN).await?, forms.value(SHOWN).await?, "at first");

    // Each by itself, away and back.
    for (depth, id) in tree.chain.iter().enumerate() {
        for way in ["away", "back"] {
            assert_eq!(folds(program, id).await?, folds(forms, id).await?, "at {depth}, {way}");
        }
    }
    // One inside another, from the inside and from the outside; what was folded inside stays so.
    for depth in [8, 6, 7, 5, 2, 0, 0, 2, 5, 6, 8, 7] {
        let id = &tree.chain[depth];
        let is_shown = format!("!document.getElementById('comment-{id}').hidden");
        assert_eq!(program.value(&is_shown).await?, forms.value(&is_shown).await?, "at {depth}");
        assert_eq!(folds(program, id).await?, folds(forms, id).await?, "at {depth}");
    }
    assert_eq!(folds(program, &tree.beside).await?, folds(forms, &tree.beside).await?);
    let hidden = "document.querySelectorAll('.dumka-comment[hidden]').length";
    assert!(program.value(hidden).await?.as_u64() > Some(0), "something is folded in the end");
    Ok(())
}
