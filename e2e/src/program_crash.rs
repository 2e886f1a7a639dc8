//! Elements that a page removes from a thread so that its program crashes.

use anyhow::Result;
use serde_json::json;

use crate::hostile_page::Thread;
use crate::shadow_dom::{all, one};

/// The action after something was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Somebody answers the first comment.
    AnswerToFirst,
    /// Somebody answers the last comment of those that stood there first.
    AnswerToLast,
    /// Somebody answers whichever comment stands at the end now.
    AnswerToEnd,
    /// Somebody writes another comment.
    New,
    /// The reader writes another comment.
    Own,
}

/// An element that a page removes, and the action in which the program then crashes.
#[derive(Clone, Copy, Debug)]
pub struct Disturbance {
    /// The script that takes it away; `LAST` is the selector of the last comment.
    pub removal: &'static str,
    /// The order in which the thread is shown, as an attribute.
    pub sort: &'static str,
    /// The action after that.
    pub act: Act,
}

/// Those that a program which trusts the page does not survive.
pub const DISTURBANCES: [Disturbance; 6] = [
    disturbance("root.querySelector(LAST).remove()", "", Act::AnswerToFirst),
    disturbance(
        "root.querySelector(LAST).replaceWith(document.createElement('aside'))",
        "",
        Act::AnswerToFirst,
    ),
    disturbance("root.querySelectorAll('.dumka-votes').forEach(it => it.remove())", "", Act::AnswerToLast),
    disturbance("root.querySelector('.dumka-list').firstElementChild.remove()", "&sort=newest", Act::New),
    disturbance("root.querySelector('.dumka-list').replaceChildren()", "&sort=newest", Act::New),
    disturbance("root.querySelector('.dumka-list').replaceChildren()", "&sort=newest", Act::Own),
];

/// One that can be met again and again.
pub const AGAIN: Disturbance =
    disturbance("root.querySelectorAll('.dumka-votes').forEach(it => it.remove())", "", Act::AnswerToEnd);

const fn disturbance(removal: &'static str, sort: &'static str, act: Act) -> Disturbance {
    Disturbance { removal, sort, act }
}

impl Thread<'_> {
    /// Takes something away, and something happens that wants it.
    pub async fn is_disturbed(&self, Disturbance { removal, act, .. }: Disturbance) -> Result<()> {
        self.suffers(&removal.replace("LAST", &json!(self.last).to_string())).await?;
        let comments = self.client.list().await?;
        let key = format!("{}-{}", self.page, comments.len());
        let id =
            |selector: &str| selector.trim_start_matches("[id='comment-").trim_end_matches("']").to_owned();
        let answered = match act {
            Act::AnswerToFirst => id(&self.first),
            Act::AnswerToLast => id(&self.last),
            Act::AnswerToEnd => {
                comments.last().and_then(|it| it["id"].as_str()).unwrap_or_default().to_owned()
            }
            Act::New => return self.client.post("Ben", "Meanwhile.", &key).await.map(drop),
            Act::Own => return self.hostile.reader.clicks(".dumka-composer .dumka-submit").await,
        };
        self.client.reply(&answered, "Ben", "Meanwhile.", &key).await.map(drop)
    }

    /// The same, and the program stumbles over it: once it has been told of what is new, it shows that.
    pub async fn stumbles(&self, disturbance: Disturbance) -> Result<()> {
        self.is_disturbed(disturbance).await?;
        let shown = format!("({}?.click(), sessionStorage.restarts > 0)", one(".dumka-new"));
        self.hostile.reader.holds(&shown).await
    }

    /// Waits until there is on the screen what there is in the store, and nothing is said to be wrong.
    pub async fn is_whole(&self) -> Result<()> {
        let comments = self.client.list().await?.len();
        let reader = &self.hostile.reader;
        let shown =
            format!("({}?.click(), {}.length === {comments})", one(".dumka-new"), all(".dumka-comment"));
        reader.holds(&shown).await?;
        reader.counts(".dumka-error, [role=alert]", 0).await?;
        reader.counts("section.dumka", 1).await?;
        reader.sees(".dumka-count", &format!("({comments})")).await
    }
}
