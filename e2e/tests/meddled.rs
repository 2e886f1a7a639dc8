//! A reader's whole story on pages that meddle with the comments: everything is done once, nothing is lost or thrown.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::keyboard::is_at;
use e2e::meddling::{Meddlesome, account, is_well, seeds};
use e2e::reader_steps::{
    Arrival, Article, corrects_what_was_refused, finds_nothing_written, reads_writes_and_comes_back,
};
use e2e::shadow_dom::{all, one};
use e2e::{Client, Reader, Server, story, until};
use serde_json::Value;

/// The character that pages replace by a picture; one that every driver can type.
const EMOJI: &str = "❤";

/// One round: two readers on pages that meddle by one seed.
struct Round<'a> {
    server: &'a Server,
    page: &'a Meddlesome,
    readers: [&'a Reader; 2],
    seed: u32,
}

#[tokio::test(flavor = "multi_thread")]
async fn reader_does_everything_once_however_the_comments_are_meddled_with() -> Result<()> {
    let server = Server::demo().await?;
    let page = Meddlesome::serve(&server).await?;
    let (reader, second) = (Reader::new().await?, Reader::new().await?);
    for seed in seeds()? {
        let round = Round { server: &server, page: &page, readers: [&reader, &second], seed };
        if let Err(failure) = round.is_survived().await {
            let told = format!(
                "{} by the seed {seed}: {}; the second reader's: {}",
                round.title(),
                account(&reader).await,
                account(&second).await
            );
            return Err(failure.context(told));
        }
    }
    Ok(())
}

impl Round<'_> {
    /// The program is still on its way when the reader begins.
    fn is_early(&self) -> bool {
        self.seed.is_multiple_of(2)
    }

    fn is_isolated(&self) -> bool {
        self.seed % 4 >= 2
    }

    fn title(&self) -> String {
        let arrival = if self.is_early() { "early" } else { "running" };
        let place = if self.is_isolated() { "in a shadow root" } else { "in the page" };
        format!("the page meddles, {arrival}, {place},")
    }

    fn article(&self, path: &str, fragment: &str) -> Article {
        let isolate = if self.is_isolated() { "data-isolate" } else { "" };
        let (arrival, load) =
            if self.is_early() { (Arrival::Page, "") } else { (Arrival::Program, "&data-load=eager") };
        Article::at(self.page.address(path, self.seed, &[isolate, load, fragment].concat()), arrival)
    }

    fn client(&self, page: &str) -> Client {
        Client::new(self.server.url("/api/v1/comments"), page)
    }

    async fn is_survived(&self) -> Result<()> {
        let held_back = Duration::from_millis(u64::from(100 + self.seed * 377 % 900));
        self.page.holds_the_program_back(self.is_early().then_some(held_back));
        let opened = self.page.opened();
        self.reads().await.context("while the reader reads and writes")?;
        self.argues().await.context("while the reader argues")?;
        ensure!(self.page.opened() - opened == 6, "articles were opened more often than the reader did");
        Ok(())
    }

    /// The story of every reader, with everything done once.
    async fn reads(&self) -> Result<()> {
        let [reader, second] = self.readers;
        let text = format!("Ехал первым вагоном, рейс {}. Спасибо, что напомнили про дверь!", self.seed);
        let typed = format!("{text} {EMOJI}");
        reads_writes_and_comes_back(&self.article("/demo/", ""), self.readers, [&typed, &text]).await?;
        is_well(reader).await?;
        is_well(second).await?;
        finds_nothing_written(&self.article("/demo/en/", ""), reader).await?;
        corrects_what_was_refused(&self.article("/demo/en/", ""), reader).await?;
        is_well(reader).await?;
        let written = self.client("news/42").list().await?;
        ensure!(containing(&written, &typed).len() == 1, "the comment is there once, as it was typed");
        ensure!(self.client("news/44").list().await?.is_empty(), "nobody wrote under the other article");
        Ok(())
    }

    /// Answers somebody, votes, reports, edits; each is done once.
    async fn argues(&self) -> Result<()> {
        let (seed, [reader, _]) = (self.seed, self.readers);
        let client = self.client("news/43");
        let id =
            client.post("Олена", &format!("Думка {seed}, про бібліотеку."), &format!("round-{seed}")).await?;
        let comment = format!("[id='comment-{id}']");
        let (reports, english) = (self.reports().await?, format!("&data-lang=en#comment-{id}"));
        self.article("/demo/uk/", &english).opens(reader).await?;
        is_at(reader, &comment).await?;

        reader.clicks(&format!("{comment} .dumka-vote-up")).await?;
        reader.sees(&format!("{comment} .dumka-score"), "1").await?;
        reader.replies(&comment, "Ірина", &format!("Відповідь {seed}, з помилкою")).await?;
        let reply = reader.finds(&format!("Відповідь {seed},")).await?;
        reader.counts(&format!("{comment} + {reply}"), 1).await?;
        reader.clicks(&format!("{reply} .dumka-edit")).await?;
        reader.types(&format!("{reply} [name=text]"), " і без неї").await?;
        reader.clicks(&format!("{reply} .dumka-submit")).await?;
        reader.sees(&format!("{reply} .dumka-body"), "з помилкою і без неї").await?;
        reader.counts(&format!("{reply} .dumka-form"), 0).await?;
        reader.clicks(&format!("{comment} .dumka-report")).await?;
        reader.types(&format!("{comment} [name=reason]"), "advert").await?;
        reader.types(&format!("{comment} [name=text]"), "Що це?").await?;
        reader.clicks(&format!("{comment} .dumka-submit")).await?;
        reader.sees(".dumka-notice", "Thank you! The moderators will look at this comment.").await?;
        is_well(reader).await?;
        if self.seed.is_multiple_of(3) {
            self.is_robbed(&client, &reply).await.context("while the page takes elements away")?;
        }

        ensure!(self.reports().await? == reports + 1, "the report is there once");
        let written = client.list().await?;
        let own = containing(&written, &format!("Відповідь {seed},"));
        ensure!(own.len() == 1 && own[0]["parent"] == *id, "the reply is there once");
        ensure!(!containing(own.iter().copied(), "з помилкою і без неї").is_empty(), "it was edited");
        until("the vote is kept", async || {
            let voted = client.list().await?.into_iter().find(|comment| comment["id"] == *id);
            Ok((voted.context("the comment is there")?["votes"]["up"] == 1).then_some(()))
        })
        .await
    }

    /// The page takes something away while the reader writes, and the program stumbles over it: it begins anew, and the
    /// words stay.
    async fn is_robbed(&self, client: &Client, reply: &str) -> Result<()> {
        let (seed, [reader, _]) = (self.seed, self.readers);
        let (text, half) = (one(".dumka-composer [name=text]"), format!("Half a thought, {seed}"));
        story::is_live(reader).await?;
        reader.clicks(".dumka-add").await?;
        reader.types(".dumka-composer [name=text]", &half).await?;
        reader.value(&format!("void {}.forEach(it => it.remove())", all(".dumka-votes"))).await?;
        let id = reply.trim_start_matches("#comment-");
        client.reply(id, "Тарас", &format!("Тим часом, {seed}."), &format!("meanwhile-{seed}")).await?;
        reader.holds(&format!("({}?.click(), sessionStorage.restarts === '1')", one(".dumka-new"))).await?;
        reader.holds(&format!("({}?.click(), {text}?.value === '{half}')", one(".dumka-new"))).await?;
        reader.finds(&format!("Тим часом, {seed}.")).await?;
        reader.clicks(".dumka-composer .dumka-submit").await?;
        reader.finds(&half).await?;
        let thrown = reader.value("(sessionStorage.seen ?? '').match(/^thrown.*/gm)").await?;
        ensure!(thrown.is_null() && reader.value("sessionStorage.restarts").await? == "1", "{thrown}");
        reader.value("void (localStorage.clear(), sessionStorage.clear())").await?;
        let written = client.list().await?;
        ensure!(containing(&written, &half).len() == 1, "the comment is there once");
        Ok(())
    }

    async fn reports(&self) -> Result<u64> {
        let metrics = reqwest::get(self.server.url("/metrics")).await?.text().await?;
        let line = metrics.lines().find_map(|line| line.strip_prefix("dumka_reports_accepted_total "));
        Ok(line.context("reports are counted")?.parse()?)
    }
}

fn containing<'a>(comments: impl IntoIterator<Item = &'a Value>, text: &str) -> Vec<&'a Value> {
    comments.into_iter().filter(|comment| comment["body"].to_string().contains(text)).collect()
}
