//! The page changes ids, wraps elements of the thread or takes its forms over, and the thread is used as ever.

use anyhow::{Context, Result};
use e2e::hostile_page::{Case, HostilePage};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn comments_are_known_whatever_becomes_of_their_ids() -> Result<()> {
    let hostile = HostilePage::with("").await?;
    let examples = ["it.removeAttribute('id')", "it.id = ''", "it.id = 'user-content-' + it.id"];
    for (number, what) in examples.into_iter().enumerate() {
        for case in Case::of_example(number).iter().copied() {
            let thread = hostile.opens(case).await?;
            let once = format!(
                "const seen = new WeakSet(); const change = () => {{ for (const it of root.querySelectorAll('.dumka-comment')) {{ \
                 if (seen.has(it)) continue; seen.add(it); {what} }} }}; change(); \
                 new MutationObserver(change).observe(root, {{ childList: true, subtree: true }})"
            );
            thread.suffers(&once).await?;
            thread.is_used().await.with_context(|| format!("{case:?} {what}"))?;
            thread.is_unharmed().await?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn program_goes_on_where_the_page_has_put_elements_of_ours_into_its_own() -> Result<()> {
    const WRAP: &str = "for (const it of root.querySelectorAll(OURS)) { const around = document.createElement('div'); \
        it.replaceWith(around); around.append(it) }";
    let hostile = HostilePage::with("").await?;
    for ours in [".dumka-votes", ".dumka-reply, .dumka-report", ".dumka-body", ".dumka-meta, .dumka-actions"]
    {
        let thread = hostile.opens(Case::RUNNING[0]).await?;
        let reader = &hostile.reader;
        thread.suffers(&WRAP.replace("OURS", &json!(ours).to_string())).await?;
        thread.receives("Written meanwhile.").await?;
        reader.clicks(".dumka-new").await?;
        reader.finds("Written meanwhile.").await.context(ours)?;
        reader.clicks(&format!("{} .dumka-vote-up", thread.answer)).await?;
        thread.has_votes(&thread.answer, 1).await.context(ours)?;
        reader.replies(&thread.last, "Ben", "Answered meanwhile.").await?;
        reader.finds("Answered meanwhile.").await.context(ours)?;
        thread.is_unharmed().await?;
    }
    // What goes does so from there.
    let thread = hostile.opens(Case::RUNNING[0]).await?;
    hostile.reader.clicks(&format!("{} .dumka-reply", thread.first)).await?;
    thread.suffers(&WRAP.replace("OURS", "'.dumka-comment .dumka-form'")).await?;
    hostile.reader.clicks(".dumka-comment .dumka-form .dumka-cancel").await?;
    hostile.reader.counts(".dumka-comment .dumka-form", 0).await?;
    thread.is_unharmed().await
}

#[tokio::test(flavor = "multi_thread")]
async fn page_that_sends_every_form_by_itself_leaves_ours_to_us() -> Result<()> {
    let taken = "<script>document.addEventListener('submit', event => { event.preventDefault(); event.stopPropagation() }, true)</script>";
    let hostile = HostilePage::with(taken).await?;
    for case in Case::ALL {
        let thread = hostile.opens(case).await?;
        thread.is_used().await.with_context(|| format!("{case:?}"))?;
        thread.is_unharmed().await?;
    }
    Ok(())
}
