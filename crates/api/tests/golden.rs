//! The JSON of the wire, letter by letter: a change here is a change for everybody outside.

use dumka_api::{
    Body, Comment, CommentEdit, CommentState, EditedAt, Feature, Latest, Listing, LiveAlive, LiveComment,
    LiveDeleted, LiveThread, LiveVotes, NewComment, NewPreview, NewReport, NewVote, Previewed, Problem,
    ProblemKind, ReportReason, SingleComment, Submitted, Thread, ThreadState, Voted,
};

#[test]
fn listing_keeps_its_json() {
    let json = r#"{"thread":{"site":"example.org","page":"news/42","title":"A title","url":null,"total":2,"state":"open","features":["reply"]},"comments":[{"id":"1","parent":null,"author":{"name":"Оля","badge":"staff","avatar":null},"created_at":"2026-05-01T09:30:00.000Z","edited_at":null,"state":"published","body":[{"paragraph":["Привіт"]}],"votes":{"up":0,"down":0}}],"next":"abc"}"#;
    let listing: Listing = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&listing).unwrap(), json);
}

#[test]
fn steered_thread_and_marked_comment_keep_their_json() {
    let json = r#"{"thread":{"site":"s","page":"p","title":null,"url":null,"total":1,"state":"open","notice":"Наживо","slow_secs":60,"features":["featured"]},"comments":[{"id":"1","parent":null,"author":{"name":"A","badge":null,"avatar":null},"created_at":"2026-05-01T09:30:00.000Z","edited_at":null,"state":"published","body":"hi","votes":{"up":0,"down":0},"featured":true,"pinned":true}],"next":null}"#;
    let listing: Listing = serde_json::from_str(json).unwrap();
    assert_eq!(listing.thread.features, [Feature::Featured]);
    assert_eq!(serde_json::to_string(&listing).unwrap(), json);
}

#[test]
fn comments_of_a_listing_are_called_as_who_decodes_them_singly_knows() {
    let listing = Listing { thread: Thread::default(), comments: Vec::new(), next: None, earlier: false };
    let json = serde_json::to_value(&listing).unwrap();
    assert!(json[Listing::COMMENTS].is_array(), "{json}");
}

#[test]
fn answer_that_begins_later_says_so() {
    let json = r#"{"thread":{"site":"s","page":"p","title":null,"url":null,"total":0,"state":"open","features":[]},"comments":[],"next":null,"earlier":true}"#;
    let listing: Listing = serde_json::from_str(json).unwrap();
    assert!(listing.earlier);
    assert_eq!(serde_json::to_string(&listing).unwrap(), json);
}

#[test]
fn minimal_endpoint_may_leave_out_everything_optional() {
    let json =
        r#"{"comments":[{"id":"1","author":{"name":"A"},"created_at":"2026-05-01T09:30:00Z","body":"hi"}]}"#;
    let listing: Listing = serde_json::from_str(json).unwrap();
    assert_eq!(listing.thread.state, ThreadState::Open);
    assert_eq!(listing.next, None);
    let Comment { body, state, .. } = &listing.comments[0];
    assert_eq!((body, *state), (&Body::Plain("hi".into()), CommentState::Published));
}

#[test]
fn features_of_a_newer_endpoint_are_ignored() {
    let json = r#"{"thread":{"features":["telepathy","reply"]},"comments":[]}"#;
    let listing: Listing = serde_json::from_str(json).unwrap();
    assert_eq!(listing.thread.features, [Feature::Unknown, Feature::Reply]);
}

#[test]
fn submission_keeps_its_json() {
    let json = r#"{"site":"s","page":"p","parent":null,"author":{"name":"A"},"text":"t"}"#;
    let new: NewComment = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&new).unwrap(), json);
}

#[test]
fn minimal_answer_to_a_post_needs_only_the_comment() {
    let json = r#"{"comment":{"id":"1","created_at":"2026-05-01T09:30:00Z","body":"hi"}}"#;
    let submitted: Submitted = serde_json::from_str(json).unwrap();
    assert_eq!((submitted.edit_token, submitted.edit_until, submitted.server_time), (None, None, None));
}

#[test]
fn answer_to_a_post_keeps_its_json() {
    let json = r#"{"comment":{"id":"1","parent":null,"author":{"name":"A","badge":null,"avatar":null},"created_at":"2026-05-01T09:30:00.000Z","edited_at":null,"state":"pending","body":"hi","votes":{"up":0,"down":0}},"edit_token":"t","edit_until":"2026-05-01T09:45:00.000Z","server_time":"2026-05-01T09:30:00.000Z"}"#;
    let submitted: Submitted = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&submitted).unwrap(), json);
}

#[test]
fn preview_keeps_its_json() {
    let asked: NewPreview = serde_json::from_str("{}").unwrap();
    assert_eq!(serde_json::to_string(&asked).unwrap(), r#"{"text":""}"#);
    let json = r#"{"body":[{"paragraph":["Привіт"]}]}"#;
    let previewed: Previewed = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&previewed).unwrap(), json);
}

#[test]
fn report_keeps_its_json() {
    let json = r#"{"reason":"personal_data","note":"n"}"#;
    let report: NewReport = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&report).unwrap(), json);
    let foreign: NewReport = serde_json::from_str(r#"{"reason":"boring"}"#).unwrap();
    assert_eq!(foreign, NewReport { reason: ReportReason::Unknown, note: None });
    for reason in ReportReason::ALL {
        assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        assert_eq!(ReportReason::from_word(reason.as_str()), Some(reason));
    }
}

#[test]
fn latest_keeps_its_json() {
    let json = r#"{"comments":[{"id":"1","page":"p","title":null,"url":null,"author":{"name":"A","badge":null,"avatar":null},"created_at":"2026-05-01T09:30:00.000Z","excerpt":"hi"}]}"#;
    let latest: Latest = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&latest).unwrap(), json);
}

#[test]
fn events_keep_their_json() {
    let comment = r#""id":"1","parent":null,"author":{"name":"A","badge":null,"avatar":null},"created_at":"2026-05-01T09:30:00.000Z","edited_at":null,"state":"published","body":"hi","votes":{"up":0,"down":0}"#;
    let json = format!("{{\"page\":\"p\",{comment},\"total\":2}}");
    let live: LiveComment = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::to_string(&live).unwrap(), json);
    for json in [
        r#"{"page":"p","id":"1","total":2}"#.into(),
        format!(r#"{{"page":"p","id":"1","total":2,"comment":{{{comment}}}}}"#),
    ] {
        let deleted: LiveDeleted = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&deleted).unwrap(), json);
    }
    let json = r#"{"page":"p","id":"1","votes":{"up":2,"down":1}}"#;
    let votes: LiveVotes = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&votes).unwrap(), json);
    for json in [
        r#"{"page":"p","state":"closed"}"#,
        r#"{"page":"p","state":"open","notice":"Наживо","slow_secs":60}"#,
    ] {
        let thread: LiveThread = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&thread).unwrap(), json);
        // A widget reads no more of it than this.
        let head: Thread = serde_json::from_str(json).unwrap();
        assert_eq!(
            (head.state, head.notice, head.slow_secs),
            (thread.state, thread.notice, thread.slow_secs)
        );
    }
    let json = r#"{"server_time":"2026-05-01T09:30:00.000Z","heartbeat_secs":15}"#;
    let alive: LiveAlive = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&alive).unwrap(), json);
}

#[test]
fn problem_of_a_foreign_kind_is_still_a_problem() {
    let problem: Problem = serde_json::from_str(r#"{"title":"No","kind":"weird","status":400}"#).unwrap();
    assert_eq!(problem.kind, ProblemKind::Unknown);
}

#[test]
fn every_kind_is_written_as_its_word() {
    for &kind in ProblemKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
}

#[test]
fn edit_keeps_its_json_and_tells_null_from_nothing() {
    for json in [
        r#"{"text":"t"}"#,
        r#"{"text":"t","edited_at":null}"#,
        r#"{"text":"t","edited_at":"2026-05-01T09:30:00.000Z"}"#,
    ] {
        let edit: CommentEdit = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&edit).unwrap(), json);
    }
    let edit: CommentEdit = serde_json::from_str(r#"{"text":"t","edited_at":null}"#).unwrap();
    assert_eq!(edit.edited_at, Some(EditedAt(None)));
}

#[test]
fn single_comment_keeps_its_json() {
    let public = r#"{"comment":{"id":"1","parent":null,"author":{"name":"A","badge":null,"avatar":null},"created_at":"2026-05-01T09:30:00.000Z","edited_at":null,"state":"published","body":"hi","votes":{"up":0,"down":0}}}"#;
    let own = public.replace(
        "}}}",
        r#"}},"text":"hi","edit_until":"2026-05-01T09:45:00.000Z","server_time":"2026-05-01T09:30:00.000Z"}"#,
    );
    for json in [public, &own] {
        let single: SingleComment = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&single).unwrap(), json);
    }
}

#[test]
fn vote_and_its_answer_keep_their_json() {
    let json = r#"{"value":-1}"#;
    let vote: NewVote = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&vote).unwrap(), json);
    let json = r#"{"votes":{"up":3,"down":1},"value":-1}"#;
    let voted: Voted = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&voted).unwrap(), json);
}
