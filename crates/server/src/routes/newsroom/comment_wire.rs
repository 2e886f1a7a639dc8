//! Comments and decisions as the newsroom's clients get them, without what the caller's role does not show.

use dumka_api::newsroom::{
    Actor as ActorWire, CommentAuthor, Decision, EmailHint, NewsroomComment, ReportSeen,
};

use crate::commands::Actor;
use crate::domain::staff::Right;
use crate::storage::{DecisionRecord, NewsroomRecord, OpenReport};

/// Returns a comment as it is sent to `actor`.
pub(super) fn comment(record: NewsroomRecord, actor: &Actor<'_>) -> NewsroomComment {
    let shows_private = actor.may(Right::ReadPrivate, &record.thread.site);
    let status = record.comment.status;
    let author_of = CommentAuthor {
        key: Some(record.comment.id.to_string()),
        email: record.author_email.as_deref().filter(|_| shows_private).and_then(email_hint),
    };
    NewsroomComment {
        comment: record.comment.for_newsroom(),
        site: record.thread.site,
        page: record.thread.page,
        title: record.title,
        url: record.url,
        text: record.text,
        text_revision: record.text_revision,
        status,
        detected: record.detected,
        reports: record.open_reports,
        author_of,
    }
}

/// Returns comments as they are sent to `actor`.
pub(super) fn comments(records: Vec<NewsroomRecord>, actor: &Actor<'_>) -> Vec<NewsroomComment> {
    records.into_iter().map(|record| comment(record, actor)).collect()
}

/// Returns a decision as it is sent to `actor`; notes are for those who see what is private.
pub(super) fn decision(record: DecisionRecord, actor: &Actor<'_>) -> Decision {
    let shows_private = actor.may(Right::ReadPrivate, &record.site);
    Decision {
        id: record.id.0.to_string(),
        comment: record.comment.to_string().into(),
        text_revision: record.text_revision,
        found_automatically: record.is_found_automatically(),
        decided_automatically: record.is_decided_automatically(),
        by: ActorWire { kind: record.by.kind, id: record.by.id, name: record.by_name },
        at: record.at.into(),
        from: record.from,
        to: record.to,
        kind: record.act,
        reason: record.words.reason,
        rule: record.rule,
        note: record.words.note.filter(|_| shows_private),
        words: record.words.words,
        notice: None,
        undoes: record.undoes.map(|undone| undone.0.to_string()),
        undone_by: record.undone_by.map(|undone_by| undone_by.0.to_string()),
        site: record.site,
    }
}

/// Returns a report as it is sent to `actor`; the reader's own words are private.
pub(super) fn report(report: OpenReport, site: &str, actor: &Actor<'_>) -> ReportSeen {
    let note = report.note.filter(|_| actor.may(Right::ReadPrivate, site));
    ReportSeen { reason: report.reason, note, created_at: report.created_at.into() }
}

fn email_hint(email: &str) -> Option<EmailHint> {
    let (_, domain) = email.rsplit_once('@')?;
    Some(EmailHint { domain: domain.into() })
}
