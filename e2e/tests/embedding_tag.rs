//! The tag in the ways that sites insert it: either there are comments, or one line on the console says why not.

use std::fmt::Write;

use anyhow::{Context, Result, ensure};
use e2e::shadow_dom::all;
use e2e::{Client, Reader, Server, Site};
use serde_json::json;

/// Keeps what is said on the console, and what is thrown.
const NOTES: &str = "<script>self.lines = []; self.thrown = []; \
    for (const name of ['log', 'info', 'warn', 'error']) { const say = console[name]; console[name] = (...words) => (lines.push(words.join(' ')), say(...words)) } \
    addEventListener('error', event => thrown.push(event.message)); \
    addEventListener('unhandledrejection', event => thrown.push(String(event.reason)))</script>";

const ELEMENT: &str = "<dumka-comments page=story></dumka-comments>";

/// The expected outcome of a way to insert the tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// There are comments.
    Comments,
    /// There are comments, or one line says why not.
    CommentsOrLine,
}

use Outcome::{Comments, CommentsOrLine};

/// Ways to bring the tag with the address `EMBED` onto a page: `ELEMENT` stands for an element beside it.
const WAYS: [(&str, &str, Outcome); 19] = [
    ("a plain tag", "ELEMENT<script src=EMBED></script>", Comments),
    ("a tag that places the element", "<script async src=EMBED data-page=story></script>", Comments),
    ("deferred", "<script defer src=EMBED></script>ELEMENT", Comments),
    ("a module", "<script type=module src=EMBED></script>ELEMENT", Comments),
    (
        "a module that places the element",
        "<script type=module src=EMBED data-page=story></script>",
        CommentsOrLine,
    ),
    ("imported", "ELEMENT<script type=module>import 'EMBED'</script>", CommentsOrLine),
    ("imported by a classic script", "ELEMENT<script>import('EMBED')</script>", CommentsOrLine),
    (
        "imported before there is an element",
        "<script>import('EMBED').then(() => document.querySelector('h1').insertAdjacentHTML('afterend', 'ELEMENT'))</script>",
        CommentsOrLine,
    ),
    (
        "jQuery's html() with an element",
        "<div id=box></div><script>box.innerHTML = '<script src=\"EMBED\"></scr' + 'ipt>ELEMENT'; fetch('EMBED').then(it => it.text()).then(text => (0, eval)(text))</script>",
        Comments,
    ),
    (
        "jQuery's html() with a tag that places the element",
        "<div id=box></div><script>box.innerHTML = '<script src=\"EMBED\" data-page=story></scr' + 'ipt>'; fetch('EMBED').then(it => it.text()).then(text => (0, eval)(text))</script>",
        CommentsOrLine,
    ),
    (
        "jQuery's globalEval: a script of the text, taken away at once",
        "<div id=box></div><script>box.innerHTML = '<script src=\"EMBED\" data-page=story></scr' + 'ipt>ELEMENT'; fetch('EMBED').then(it => it.text()).then(text => { \
         const it = document.createElement('script'); it.text = text; document.head.append(it); it.remove() })</script>",
        Comments,
    ),
    (
        "the text alone, without any tag",
        "ELEMENT<script>fetch('EMBED').then(it => it.text()).then(text => new Function(text)())</script>",
        CommentsOrLine,
    ),
    (
        "inserted and removed at once",
        "ELEMENT<script>{ const it = document.createElement('script'); it.src = 'EMBED'; document.body.append(it); it.remove() }</script>",
        Comments,
    ),
    (
        "inserted and removed at once, to place the element",
        "<script>{ const it = document.createElement('script'); it.src = 'EMBED'; it.dataset.page = 'story'; document.body.append(it); it.remove() }</script>",
        CommentsOrLine,
    ),
    (
        "removed as soon as it has run",
        "<script>{ const it = document.createElement('script'); it.src = 'EMBED'; it.dataset.page = 'story'; it.onload = () => it.remove(); document.body.append(it) }</script>",
        Comments,
    ),
    (
        "written by a script",
        "<script>document.write('<script src=\"EMBED\" data-page=story></scr' + 'ipt>')</script>",
        Comments,
    ),
    (
        "run later by a copy, as optimisers do",
        "<script type=text/later src=EMBED data-page=story></script><script>addEventListener('load', () => { const old = document.querySelector('[type=\"text/later\"]'); \
         const it = document.createElement('script'); for (const { name, value } of old.attributes) if (name !== 'type') it.setAttribute(name, value); old.replaceWith(it) })</script>",
        Comments,
    ),
    (
        "from an address that tells nothing",
        "ELEMENT<script>fetch('EMBED').then(it => it.blob()).then(blob => { const it = document.createElement('script'); \
         it.src = URL.createObjectURL(new Blob([blob], { type: 'text/javascript' })); document.body.append(it) })</script>",
        CommentsOrLine,
    ),
    (
        "twice, in both ways",
        "<script type=module src=EMBED></script>ELEMENT<script async src=EMBED></script>",
        Comments,
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn however_the_tag_comes_there_are_comments_or_one_line_says_why_not() -> Result<()> {
    let server = Server::serve().await?;
    Client::new(server.url("/api/v1/comments"), "story").writes("A comment.", "key").await?;
    let reader = Reader::new().await?;
    let mut said = String::new();
    for embed in ["/embed.js".to_owned(), server.url("/embed.js")] {
        for (name, way, outcome) in WAYS {
            let body = way.replace("EMBED", &embed).replace("ELEMENT", ELEMENT);
            let site = Site::with_body(&[NOTES, &body].concat(), server.url("")).await?;
            reader.web().goto(site.url()).await?;
            if let Err(failure) = comes(&reader, outcome).await {
                let why = failure.chain().map(ToString::to_string).last();
                writeln!(said, "{name}, {embed}: {why:?}")?;
            }
        }
    }
    ensure!(said.is_empty(), "\n{said}");
    Ok(())
}

async fn comes(reader: &Reader, outcome: Outcome) -> Result<()> {
    let is_there = format!("{}.length === 1", all(".dumka-comment"));
    reader.holds(&format!("{is_there} || lines.length > 0 || thrown.length > 0")).await?;
    let [lines, thrown] = [reader.value("lines").await?, reader.value("thrown").await?];
    ensure!(thrown == json!([]), "thrown: {thrown}");
    if reader.value(&is_there).await? == true {
        ensure!(lines == json!([]), "said: {lines}");
        reader.value("void document.querySelector('dumka-comments').scrollIntoView()").await?;
        reader.clicks(".dumka-add").await?;
        return reader.counts("dumka-comments[data-composer=open]", 1).await;
    }
    ensure!(outcome == CommentsOrLine, "no comments, but: {lines}");
    let line = lines[0].as_str().context("a line is text")?;
    let names_it = line.starts_with("dumka") && line.contains("embed.js");
    ensure!(lines[1].is_null() && names_it, "said: {lines}");
    Ok(())
}
