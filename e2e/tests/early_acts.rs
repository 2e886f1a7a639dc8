//! Presses before the program is there, or while it takes over, are done at once, in order and once; the program goes on
//! from there.

use anyhow::{Context, Result, ensure};
use e2e::early_story::{EarlyStory as Story, at_every_moment};
use e2e::until;
use serde_json::json;

const SEND: &str = "press('.dumka-add'); write('.dumka-form [name=text]', 'Написано рано\\nи дважды нажато'); \
    write('.dumka-form [name=name]', 'Ann'); press('.dumka-submit'); press('.dumka-submit')";

#[tokio::test(flavor = "multi_thread")]
async fn comment_is_sent_at_every_moment_and_is_its_authors() -> Result<()> {
    at_every_moment(3, SEND, async |story| {
        let reader = &story.reader;
        let own = reader.finds("Написано рано").await?;
        reader.counts(".dumka-comment", 6).await?;
        reader.counts(&format!("{own} .dumka-edit"), 1).await?;
        reader.holds("document.querySelector('.dumka-form [name=text]').value === ''").await?;
        reader.holds("document.querySelector('.dumka-form [name=name]').value === 'Ann'").await?;
        reader.sees(".dumka-count", "6").await?;
        assert_eq!(story.said("Написано рано").await?, 1);
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn several_acts_at_once_are_done_in_their_order_at_every_moment() -> Result<()> {
    let acts = "press('.dumka-vote-up'); press('.dumka-fold'); press('.dumka-newest'); \
        press('.dumka-comment[data-depth=\"0\"] .dumka-reply')";
    at_every_moment(5, acts, async |story| {
        let reader = &story.reader;
        reader.counts(".dumka-newest[aria-current=true]", 1).await?;
        let first = reader.finds("First").await?;
        reader.counts(&format!("{first} .dumka-vote-up[aria-pressed=true]"), 1).await?;
        reader.counts("[aria-pressed=true]", 1).await?;
        reader.sees(&format!("{first} .dumka-score"), "1").await?;
        reader.counts(".dumka-comment .dumka-form [name=text]", 1).await?;
        until("one vote is kept", async || {
            let votes = story.client().list().await?.into_iter().filter_map(|it| it["votes"]["up"].as_u64());
            Ok((votes.sum::<u64>() == 1).then_some(()))
        })
        .await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn all_are_shown_at_every_moment_and_stay_shown() -> Result<()> {
    at_every_moment(30, "press('.dumka-all')", async |story| {
        story.reader.counts(".dumka-comment", 32).await?;
        story.reader.counts(".dumka-all", 0).await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn branch_is_folded_at_every_moment_and_stays_folded() -> Result<()> {
    at_every_moment(3, "press('.dumka-fold')", async |story| {
        story.reader.counts(".dumka-comment[hidden]", 2).await?;
        story.reader.sees(".dumka-fold[aria-expanded=false]", "show 2 replies").await
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn typed_reply_goes_over_with_its_form_and_is_sent() -> Result<()> {
    let story = Story::of(3).await?;
    let reader = &story.reader;
    story.opens("", "thread", 0).await?;
    let comment = reader.finds("Comment number 1,").await?;
    let text = format!("{comment} [name=text]");
    reader.clicks(&format!("{comment} .dumka-reply")).await?;
    reader.types(&text, "Half an answer").await?;
    reader.types(&format!("{comment} [name=name]"), "Ben").await?;
    reader
        .value(&format!(
            "void (it => {{ it.focus(); it.setSelectionRange(4, 4) }})(document.querySelector('{text}'))"
        ))
        .await?;
    story.is_taken_over().await?;
    reader
        .holds(&format!(
            "document.activeElement?.matches('{text}') && document.activeElement.selectionStart === 4"
        ))
        .await?;
    reader.holds(&format!("document.querySelector('{text}').value === 'Half an answer'")).await?;
    reader.counts(".dumka-comment .dumka-form", 1).await?;
    reader.clicks(&format!("{comment} .dumka-submit")).await?;
    let reply = reader.finds("Half an answer").await?;
    reader.counts(&format!("{comment} + {reply}[data-depth='1']"), 1).await
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_beyond_what_is_shown_stays_where_it_was_sent_to() -> Result<()> {
    let story = Story::of(30).await?;
    let reader = &story.reader;
    story.opens(SEND, "thread", 0).await?;
    let own = reader.finds("Написано рано").await?;
    reader.counts(&format!("{own}:last-child"), 1).await?;
    reader.counts(".dumka-all", 1).await?;
    story.is_taken_over().await?;
    reader.counts(&format!("{own}:last-child .dumka-edit"), 1).await?;
    reader.clicks(".dumka-all").await?;
    reader.counts(".dumka-comment", 33).await?;
    reader.clicks(&format!("{own} .dumka-edit")).await?;
    reader.types(&format!("{own} [name=text]"), " Исправлено").await?;
    reader.clicks(&format!("{own} .dumka-submit")).await?;
    reader.sees(&format!("{own} .dumka-body"), "Исправлено").await
}

#[tokio::test(flavor = "multi_thread")]
async fn own_comment_is_edited_and_deleted_without_the_program() -> Result<()> {
    let story = Story::of(3).await?;
    let reader = &story.reader;
    story.opens(SEND, "thread", 0).await?;
    let own = reader.finds("Написано рано").await?;
    reader.clicks(&format!("{own} .dumka-edit")).await?;
    reader
        .holds(&format!(
            "document.querySelector('{own} [name=text]').value === 'Написано рано\\nи дважды нажато'"
        ))
        .await?;
    reader.types(&format!("{own} [name=text]"), "!").await?;
    reader.clicks(&format!("{own} button.dumka-preview")).await?;
    reader.sees(&format!("{own} .dumka-preview-body"), "нажато!").await?;
    reader.clicks(&format!("{own} .dumka-submit")).await?;
    reader.sees(&format!("{own} > .dumka-body"), "нажато!").await?;
    reader.counts(&format!("{own} .dumka-form"), 0).await?;
    reader.clicks(&format!("{own} .dumka-delete")).await?;
    reader.clicks(&format!("{own} .dumka-form .dumka-submit")).await?;
    reader.counts(&own, 0).await?;
    reader.sees(".dumka-count", "5").await?;
    story.is_taken_over().await?;
    reader.counts(".dumka-comment", 5).await
}

#[tokio::test(flavor = "multi_thread")]
async fn comment_whose_answer_was_lost_is_sent_again_and_there_once() -> Result<()> {
    for is_taken_over in [false, true] {
        let story = Story::of(3).await?;
        let reader = &story.reader;
        story.opens("", "thread", 0).await?;
        reader
            .holds("performance.getEntriesByType('resource').some(it => it.name.endsWith('forms.js'))")
            .await?;
        reader.writes("Ann", "Lost on the way back").await?;
        story.site.lose_answers(Some("POST"));
        reader.clicks(".dumka-submit").await?;
        reader.sees(".dumka-form .dumka-error", "your text has been kept").await?;
        reader.holds("document.querySelector('[name=text]').value === 'Lost on the way back'").await?;
        story.site.lose_answers(None);
        if is_taken_over {
            reader.types("[name=text]", "!\u{E003}").await?;
            story.is_taken_over().await?;
            reader.holds("document.querySelector('[name=text]').value === 'Lost on the way back'").await?;
        }
        reader.clicks(".dumka-submit").await?;
        reader.sees(".dumka-body", "Lost on the way back").await?;
        assert_eq!(story.said("Lost on the way back").await?, 1);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_comment_says_why_and_goes_over_with_its_words() -> Result<()> {
    let story = Story::of(3).await?;
    let reader = &story.reader;
    story.opens("", "thread", 0).await?;
    reader.writes("", "Nobody's words").await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-field .dumka-error", "Enter a name").await?;
    reader.counts("dumka-comments[data-composer=rejected]", 1).await?;
    reader.types("[name=name]", "Ann").await?;
    story.is_taken_over().await?;
    reader.counts("dumka-comments[data-composer=open]", 1).await?;
    reader.clicks(".dumka-submit").await?;
    reader.sees(".dumka-body", "Nobody's words").await?;
    assert_eq!(story.said("Nobody's words").await?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_act_or_the_page_takes_away_meanwhile_holds_up_no_other_press() -> Result<()> {
    const WRITE: &str =
        "write('.dumka-composer [name=text]', 'Said after all'); write('.dumka-composer [name=name]', 'Ann')";
    let acts = [
        // The answer to a vote brings both buttons anew, and the answer to a preview the form.
        "press('.dumka-vote-up'); press('.dumka-vote-down'); WRITE; press('.dumka-submit')",
        "press('.dumka-add'); WRITE; press('button.dumka-preview'); press('.dumka-submit')",
        // What the page has taken away is not done to anything else.
        "const gone = document.querySelector('.dumka-votes'); gone.firstElementChild.click(); gone.remove(); WRITE; press('.dumka-submit')",
        "press('.dumka-vote-down'); setTimeout(() => { document.querySelectorAll('.dumka-reply')[1].click(); document.querySelectorAll('.dumka-actions')[1].remove() }, 20); WRITE; press('.dumka-submit')",
    ];
    for (number, acts) in acts.into_iter().enumerate() {
        for moment in [0, 800] {
            let story = Story::of(3).await?;
            let said = || format!("{acts}, {moment} ms after the thread");
            let told = async {
                story.opens(&acts.replace("WRITE", WRITE), "thread", moment).await?;
                story.reader.finds("Said after all").await?;
                let scores = story.client().list().await?.into_iter().map(|it| it["votes"].clone());
                let votes: Vec<_> = scores.filter(|it| it["up"] != 0 || it["down"] != 0).collect();
                match number {
                    0 | 3 => ensure!(votes == [json!({ "up": 0, "down": 1 })], "{votes:?}"),
                    _ => ensure!(votes.is_empty(), "{votes:?}"),
                }
                ensure!(story.said("Said after all").await? == 1, "it was sent once");
                story.is_taken_over().await?;
                story.reader.finds("Said after all").await?;
                Ok(())
            };
            told.await.with_context(said)?;
        }
    }
    Ok(())
}
