//! `GET /api/v1/comments?…&format=tree`, from which scripts build a thread

use serde_json::json;

use crate::running::{comment_with, header, running};

#[tokio::test]
async fn script_gets_a_tree_with_the_controls_of_all_comments_once() {
    let server = running().await;
    let author = json!({"name": "Ann {id} <b>"});
    let id = server.accepted("1", &comment_with("author", author)).await.comment.id;
    server.accepted("2", &comment_with("parent", id.as_str())).await;
    let tree = async |query: &str| {
        let response = server.list(&format!("site=s&format=tree&lang=en&{query}")).send().await.unwrap();
        assert_eq!(header(&response, "content-type"), "application/json; charset=utf-8");
        response.text().await.unwrap()
    };
    let thread = tree("page=p").await;
    assert!(thread.starts_with(r#"[["div",{"class":"dumka-actions"},["a",{"#), "{thread}");
    assert_eq!(thread.matches("dumka-vote-up").count(), 1);
    let (row, comments) = thread.split_once(r#",["section",{"#).unwrap();
    assert!(row.contains(r#""aria-label":"reply: {name}""#) && row.contains("reply={id}"), "{row}");
    let values = |values| comments.matches(&format!(r#"["span",{{}},"{values}"]]"#)).count();
    assert_eq!((values("0+"), values("0")), (1, 1), "one has a reply: {comments}");
    assert!(comments.contains(r"Ann {id} \u003cb>"), "{comments}");
    let html = server.list("site=s&page=p&format=html").send().await.unwrap().text().await.unwrap();
    assert_eq!(html.matches("class=\"dumka-vote-up\"").count(), 2);
    assert!(tree("page=empty").await.starts_with(r#"[["section""#), "nobody would take it");
}
