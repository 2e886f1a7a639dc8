//! The surroundings of a comment: what it answers, what answers it, reports, decisions, the author's numbers and others.

use dumka_api::newsroom::{AuthorNumbers, CommentDetail, Decision, NewsroomComment, ReportSeen};
use yew::{Html, classes, html};

use super::control::{failure, link, time};
use super::{Ui, body};
use crate::i18n::Key;
use crate::state::Place;

/// Draws the surroundings where they are open for this comment.
pub(super) fn panel(ui: &Ui, id: &str) -> Html {
    let Some(context) = ui.state.context.as_ref().filter(|context| context.id == id) else {
        return Html::default();
    };
    match &context.detail {
        None => html! { <p class="quiet" role="status">{ ui.words.text(Key::Loading) }</p> },
        Some(Err(why)) => failure(ui, Some(why)),
        Some(Ok(detail)) => surroundings(ui, detail),
    }
}

fn surroundings(ui: &Ui, detail: &CommentDetail) -> Html {
    html! {
        <div class="context">
            { comments(ui, Key::Ancestors, &detail.ancestors) }
            { comments(ui, Key::Replies, &detail.replies) }
            if !detail.reports.is_empty() {
                <section><h2>{ ui.words.text(Key::ReportsHeading) }</h2>
                    <ul class="plain-list">{ for detail.reports.iter().map(|it| report(ui, it)) }</ul></section>
            }
            if !detail.decisions.is_empty() {
                <section><h2>{ ui.words.text(Key::Decisions) }</h2>
                    <ul class="plain-list">{ for detail.decisions.iter().map(|it| decision(ui, it)) }</ul></section>
            }
            <section><h2>{ ui.words.text(Key::Author) }</h2>{ numbers(ui, detail.author) }</section>
            { comments(ui, Key::Others, &detail.others) }
            <p>{ link(ui, Place::Comment(detail.comment.comment.id.to_string()), "", html! { { ui.words.text(Key::LinkToThis) } }) }</p>
        </div>
    }
}

fn comments(ui: &Ui, heading: Key, comments: &[NewsroomComment]) -> Html {
    html! {
        if !comments.is_empty() {
            <section>
                <h2>{ ui.words.text(heading) }</h2>
                <ol class="plain-list">{ for comments.iter().map(|it| brief(ui, it)) }</ol>
            </section>
        }
    }
}

fn brief(ui: &Ui, comment: &NewsroomComment) -> Html {
    let name = comment.comment.author.name.clone();
    html! {
        <li class="brief">
            <p class="brief-head">
                <strong>{ name }</strong>
                <span class="quiet">{ time(ui, &comment.comment.created_at) }</span>
                <span class={classes!("status", comment.status.as_str())}>{ ui.words.named("status_", comment.status.as_str()) }</span>
                { link(ui, Place::Comment(comment.comment.id.to_string()), "quiet", html! { { ui.words.text(Key::Open) } }) }
            </p>
            <div class="text">{ body::body(&comment.comment.body, &[]) }</div>
        </li>
    }
}

fn report(ui: &Ui, report: &ReportSeen) -> Html {
    html! {
        <li>
            <strong>{ ui.words.named("report_", report.reason.as_str()) }</strong>{ " " }
            <span class="quiet">{ time(ui, &report.created_at) }</span>
            if let Some(note) = &report.note { <p class="said-by-reader">{ note }</p> }
        </li>
    }
}

/// Draws a decision in one line, with its note and its words below.
pub(super) fn decision(ui: &Ui, decision: &Decision) -> Html {
    html! {
        <li class={classes!(decision.undone_by.is_some().then_some("undone"))}>
            { sentence(ui, decision) }
            if let Some(note) = &decision.note { <p class="said-by-reader">{ note }</p> }
            if let Some(words) = &decision.words {
                <p class="said-by-reader">{ [ui.words.text(Key::WordsToAuthor), ": ", words].concat() }</p>
            }
        </li>
    }
}

/// Draws who did what and when, and why.
pub(super) fn sentence(ui: &Ui, decision: &Decision) -> Html {
    let who = decision.by.name.as_deref();
    let who = who.unwrap_or_else(|| ui.words.named("actor_", decision.by.kind.as_str()));
    let reason = decision.reason.map(|reason| ui.words.named("reason_", reason.as_str()));
    let rule = decision.rule.as_deref().map(|rule| ui.words.named("phase_", rule));
    html! {
        <p class="sentence">
            <strong>{ who }</strong>{ " " }
            <span>{ ui.words.named("done_", decision.kind.as_str()) }</span>
            { for [reason, rule].into_iter().flatten().map(|why| html! { <>{ " " }<span class="chip">{ why }</span></> }) }
            { " " }<span class="quiet">{ time(ui, &decision.at) }</span>
            if decision.undone_by.is_some() { { " " }<span class="chip">{ ui.words.text(Key::TakenBack) }</span> }
        </p>
    }
}

fn numbers(ui: &Ui, numbers: AuthorNumbers) -> Html {
    let number = |status: &str, count: u64| {
        html! { <div><dt>{ ui.words.named("status_", status) }</dt><dd>{ count }</dd></div> }
    };
    html! {
        <dl class="numbers">
            { number("published", numbers.published) }
            { number("pending", numbers.pending) }
            { number("rejected", numbers.rejected) }
            { number("deleted", numbers.deleted) }
        </dl>
    }
}
