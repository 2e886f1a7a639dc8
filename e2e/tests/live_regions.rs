//! The live regions, and the names in the browser's own accessibility tree.

/// The accessibility tree is told by Chromium's own protocol.
mod chromium_alone {
    use anyhow::{Context, Result, ensure};
    use e2e::story::{client, discussed, opens};
    use e2e::{Reader, Server, Site, Trouble, until};
    use serde_json::Value;

    const PAGE: &str = "<script async src=/embed.js></script><dumka-comments page=story load=eager limit=3></dumka-comments>";

    /// The accessibility tree, flat, without what is ignored.
    async fn tree(reader: &Reader) -> Result<Vec<Value>> {
        let tree = reader.web().cdp().send_raw("Accessibility.getFullAXTree", serde_json::json!({})).await?;
        tree["nodes"].as_array().cloned().context("the tree is a list of nodes")
    }

    fn property<'a>(node: &'a Value, name: &str) -> Option<&'a Value> {
        let properties = node["properties"].as_array()?;
        properties.iter().find(|it| it["name"] == name).map(|it| &it["value"]["value"])
    }

    /// The text of a node: of all static texts under it, in their order.
    fn text(nodes: &[Value], node: &Value) -> String {
        if node["role"]["value"] == "StaticText" {
            return node["name"]["value"].as_str().unwrap_or_default().to_owned();
        }
        let children = node["childIds"].as_array().into_iter().flatten();
        children
            .filter_map(|id| nodes.iter().find(|it| it["nodeId"] == *id))
            .map(|child| text(nodes, child))
            .collect()
    }

    /// The texts of the live regions of this role, each as it is: «polite», «assertive».
    async fn said(reader: &Reader, role: &str) -> Result<Vec<(String, String)>> {
        let nodes = tree(reader).await?;
        let regions = nodes.iter().filter(|node| node["role"]["value"] == role);
        let live = |node| property(node, "live").and_then(Value::as_str).unwrap_or("off").to_owned();
        Ok(regions
            .map(|node| (live(node), text(&nodes, node)))
            .filter(|(_, text)| !text.is_empty())
            .collect())
    }

    /// Waits until a live region says this and nothing else.
    async fn hears(reader: &Reader, role: &str, words: &str) -> Result<()> {
        let manner = if role == "alert" { "assertive" } else { "polite" };
        let expected = vec![(manner.to_owned(), words.to_owned())];
        until(&format!("«{words}» is heard"), async || {
            let said = said(reader, role).await?;
            ensure!(said == expected, "{said:?}");
            Ok(Some(()))
        })
        .await
    }

    /// The names of everything of this role.
    async fn names(reader: &Reader, role: &str) -> Result<Vec<String>> {
        let nodes = tree(reader).await?;
        let named = nodes.iter().filter(|node| node["role"]["value"] == role);
        Ok(named.filter_map(|node| node["name"]["value"].as_str().map(ToOwned::to_owned)).collect())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_the_reader_did_is_heard() -> Result<()> {
        let (_server, site) = discussed(PAGE, 2).await?;
        let reader = Reader::new().await?;
        opens(&reader, &site).await?;
        assert_eq!(said(&reader, "status").await?, []);
        reader.writes("Olha", "Mine").await?;
        reader.clicks(".dumka-composer .dumka-submit").await?;
        hears(&reader, "status", "Your comment has been published.").await?;
        let own = reader.finds("Mine").await?;
        reader.clicks(&format!("{own} .dumka-edit")).await?;
        reader.types(&format!("{own} [name=text]"), ", once more").await?;
        reader.clicks(&format!("{own} .dumka-submit")).await?;
        hears(&reader, "status", "Your comment has been changed.").await?;
        reader.clicks(&format!("{own} .dumka-delete")).await?;
        reader.clicks(&format!("{own} .dumka-submit")).await?;
        hears(&reader, "status", "Your comment has been deleted.").await?;
        let first = reader.finds("Comment number 1").await?;
        reader.clicks(&format!("{first} .dumka-report")).await?;
        reader.types(&format!("{first} [name=reason]"), "advert").await?;
        reader.clicks(&format!("{first} .dumka-submit")).await?;
        hears(&reader, "status", "Thank you! The moderators will look at this comment.").await?;
        reader.clicks(".dumka-newest").await?;
        hears(&reader, "status", "Sort by: newest").await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals_are_alerts_and_what_is_wrong_belongs_to_its_field() -> Result<()> {
        let (_server, site) = discussed(PAGE, 1).await?;
        let reader = Reader::new().await?;
        opens(&reader, &site).await?;
        reader.clicks(".dumka-add").await?;
        reader.clicks(".dumka-submit").await?;
        hears(&reader, "alert", "Write a comment.").await?;
        until("the field says what is wrong with it", async || {
            let fields = tree(&reader).await?;
            let field = fields.iter().find(|node| property(node, "invalid").is_some_and(|it| it == "true"));
            let field = field.context("a field is invalid")?;
            let said = [&field["name"]["value"], &field["description"]["value"]];
            ensure!(said[0] == "Comment" && said[1] == "Write a comment.", "{said:?}");
            Ok(Some(()))
        })
        .await?;
        reader.fills(".dumka-composer", "Olha", "Words").await?;
        site.set_trouble(Some(Trouble { address: "", method: "POST", status: 502, answer: "Bad" }));
        reader.clicks(".dumka-submit").await?;
        hears(
            &reader,
            "alert",
            "Your comment was not sent; your text has been kept. The server is having trouble at the moment.",
        )
        .await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn held_comment_says_that_it_waits() -> Result<()> {
        let server = Server::moderated_demo().await?;
        let reader = Reader::new().await?;
        reader.open(&server.url("/demo/en/")).await?;
        reader.writes("Olha", "Mine").await?;
        reader.clicks(".dumka-submit").await?;
        hears(
            &reader,
            "status",
            "Thank you! Your comment is waiting for a moderator; nobody else can see it yet.",
        )
        .await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn rest_that_comes_is_heard_twice_and_its_progress_not_at_all() -> Result<()> {
        let (_server, site) = discussed(PAGE, 8).await?;
        let reader = Reader::new().await?;
        opens(&reader, &site).await?;
        site.hold(Some("cursor="));
        reader.clicks(".dumka-all").await?;
        hears(&reader, "status", "loading the rest of the comments…").await?;
        assert_eq!(names(&reader, "progressbar").await?, ["loading the rest of the comments…"]);
        reader.counts(":is([role=status], [role=alert], [aria-live]) progress", 0).await?;
        site.hold(None);
        reader.counts(".dumka-comment", 8).await?;
        hears(&reader, "status", "All comments are shown.").await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn first_of_the_new_comments_is_heard_and_not_each() -> Result<()> {
        let (server, site) = discussed(PAGE, 1).await?;
        let reader = Reader::new().await?;
        opens(&reader, &site).await?;
        client(&server).post("Ben", "News.", "news").await?;
        hears(&reader, "status", "1 new comment").await?;
        client(&server).post("Ben", "More news.", "more").await?;
        reader.sees(".dumka-new", "2 new comments").await?;
        let nodes = tree(&reader).await?;
        let region =
            nodes.iter().find(|node| node["role"]["value"] == "status" && text(&nodes, node).contains("new"));
        let region = region.context("the region is there")?;
        // Another number on the same button is no addition.
        assert_eq!(property(region, "relevant").context("it says what is of interest")?, "additions");
        assert_ne!(property(region, "atomic"), Some(&Value::Bool(true)));
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn controls_that_are_alike_say_whose_comment_they_act_on() -> Result<()> {
        let server = Server::serve().await?;
        let first = client(&server).post("Ann", "Trams.", "first").await?;
        client(&server).reply(&first, "Ben", "Buses.", "reply").await?;
        let site = Site::with_body(PAGE, server.url("")).await?;
        let reader = Reader::new().await?;
        opens(&reader, &site).await?;
        let all = [names(&reader, "link").await?, names(&reader, "button").await?].concat();
        for author in ["Ann", "Ben"] {
            for words in ["reply", "agree (0)", "disagree (0)", "report"] {
                let name = format!("{words}: {author}");
                assert_eq!(all.iter().filter(|it| **it == name).count(), 1, "{name} among {all:?}");
            }
        }
        ensure!(all.contains(&"hide replies: Ann".to_owned()), "{all:?}");
        let votes = "[aria-label='agree (0): Ann'].dumka-vote-up";
        reader.clicks(votes).await?;
        until("the vote is heard with the score it made", async || {
            let nodes = tree(&reader).await?;
            let vote = nodes.iter().find(|node| node["name"]["value"] == "agree (1): Ann");
            Ok(vote.filter(|it| property(it, "pressed").is_some_and(|it| it == "true")).map(|_| ()))
        })
        .await
    }
}
