//! Threads on their way out: as JSON, as a fragment, as a script, as a page; ready where they are still true.

use std::sync::Arc;

use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, REFERRER_POLICY, VARY};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::response::Response;
use dumka_api::{Feature, Listing, Thread, ThreadState, paths};
use url::form_urlencoded::Serializer;

use super::query::Query;
use super::tagged;
use crate::app::App;
use crate::assets::Asset;
use crate::cache::{CacheKey, CachedResponse, Encoded, Envelope, Links, Rendered, Representation};
use crate::commands::SitePolicy;
use crate::domain::article;
use crate::domain::comment::StoredComment;
use crate::domain::submission::check_thread;
use crate::domain::thread::{StoredThread, ThreadKey};
use crate::problem::Failure;
use crate::public_url::PublicUrl;
use crate::render::{self, CONTENT_POLICY, Lang, Mode, PageFrame, StyleMode, StyleSource, ThreadView};
use crate::sites::SiteLocale;
use crate::storage::{ListQuery, Page};

pub(super) const JSON: &str = "application/json; charset=utf-8";
pub(super) const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The server's root, as it is found from its pages and its script, and from the collection.
pub(super) const BESIDE: &str = ".";
const ABOVE: &str = "../..";

/// The loader with a place for a thread.
pub(super) const READY_LOADER: &str = "assets/embed.ready.js";
const STYLE_SHEET: &str = "assets/widget.css";

/// The thread that a query names.
pub(super) fn asked_thread(query: &Query) -> Result<ThreadKey, Failure> {
    let (site, page) = (query.one("site")?, query.one("page")?);
    Ok(check_thread(site.unwrap_or_default(), page.unwrap_or_default())?)
}

/// The thread as a query spells it, where that is not its one form.
pub(super) fn spelled(query: &Query, thread: &ThreadKey) -> Result<Option<ThreadKey>, Failure> {
    let word = |name| Ok::<_, Failure>(query.one(name)?.unwrap_or_default().to_owned());
    let spelled = ThreadKey { site: word("site")?, page: word("page")? };
    Ok(Some(spelled).filter(|spelled| spelled != thread))
}

/// The language of ready HTML: the one asked for, else the site's, else the browser's, else English.
pub(super) fn lang(app: &App, site: &str, query: &Query, headers: &HeaderMap) -> Result<Lang, Failure> {
    let of_site = app.sites.locale(site).lang;
    let asked = query.one("lang")?.and_then(Lang::from_tag);
    let lang = asked.or_else(|| Lang::from_tag(&of_site?)).or_else(|| liked(headers));
    Ok(lang.unwrap_or_else(Lang::english))
}

/// Likewise of what is said where nothing else is certain, whatever is wrong with the query.
pub(super) fn likely_lang(app: &App, uri: &Uri, headers: &HeaderMap) -> Lang {
    let query = Query::parse(uri.query().unwrap_or_default());
    let site = |query: &Query| query.one("site").ok().flatten().unwrap_or_default().to_owned();
    let lang = query.and_then(|query| lang(app, &site(&query), &query, headers));
    lang.unwrap_or_else(|_| liked(headers).unwrap_or_else(Lang::english))
}

/// The language that the browser likes best.
fn liked(headers: &HeaderMap) -> Option<Lang> {
    Lang::preferred(headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?)
}

/// Answers with the thread, which everybody gets alike.
pub(super) async fn answer(
    app: &App,
    policy: &SitePolicy,
    asked: &CacheKey,
    request: &HeaderMap,
) -> Result<Response, Failure> {
    let make = |page| make(app, policy, asked, page);
    let CachedResponse { encoded, .. } = app.response_cache.get_or_render(&app.context, asked, make).await?;
    let mut response = tagged::ready(request, &encoded).await;
    if asked.representation != Representation::Json {
        response.headers_mut().append(VARY, HeaderValue::from_static("accept-language"));
    }
    if let Representation::Fragment(..) = asked.representation {
        // A CDN hands out for some seconds what it holds, and scripts get other links than servers.
        let headers = HeaderValue::from_static("sec-fetch-mode, sec-fetch-dest");
        response.headers_mut().append(VARY, headers);
    }
    if let Representation::Page(..) = asked.representation {
        // Readers who have acted there get a page of their own.
        response.headers_mut().append(VARY, HeaderValue::from_static("cookie"));
        guard_page(&mut response);
    }
    Ok(response)
}

/// The page's own rules instead of those of answers for programs.
pub(super) fn guard_page(response: &mut Response) {
    let policy = HeaderValue::from_static(&CONTENT_POLICY);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    // With `no-referrer` a browser would name no origin when it sends the form.
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
}

pub(super) async fn make(app: &App, policy: &SitePolicy, asked: &CacheKey, page: Page) -> Rendered {
    let opened_at = page.thread.opened_at;
    let shown = page.comments.iter().map(|comment| comment.id).collect();
    let listing = listing(app, policy, &asked.query.thread, page);
    let is_open = listing.thread.state == ThreadState::Open;
    let expires_at = opened_at.filter(|_| is_open).and_then(|opened| policy.closes_at(opened));
    let encoded = match &asked.representation {
        Representation::Json => {
            let json = serde_json::to_vec(&listing).expect("wire types have string keys only");
            Encoded::new(JSON, json)
        }
        &Representation::Fragment(lang, style, heading_level, ref links) => {
            let article = article(links, &listing.thread);
            let address = address(server(app, ABOVE), &asked.query, lang);
            let scene =
                ThreadView { heading_level, address, article, ..scene(app, &asked.query, lang, listing) };
            Encoded::new(HTML, render::fragment(scene, sheet(app, style)).await.into_bytes())
        }
        &Representation::Script(lang, heading_level) => {
            let address = address(server(app, BESIDE), &asked.query, lang);
            let scene = ThreadView { heading_level, address, ..scene(app, &asked.query, lang, listing) };
            let thread = asked.spelled.as_ref().unwrap_or(&asked.query.thread);
            let script = render::script(scene, thread).await;
            Encoded::enveloped(SCRIPT, script_envelope(app).await, script.as_bytes())
        }
        &Representation::Page(lang, mode, announcement) => {
            let scene = ThreadView { announcement, mode, ..scene(app, &asked.query, lang, listing) };
            Encoded::new(HTML, framed(app, scene).await.into_bytes())
        }
    };
    Rendered { encoded, expires_at, shown }
}

/// The address that links to the comments begin with. A route in a fragment leaves no room for another one, and needs
/// scripts, which know better.
fn article(links: &Links, thread: &Thread) -> Option<String> {
    let Links::Article(given) = links else { return None };
    let known = given.clone().or_else(|| thread.url.clone());
    known.or_else(|| article::page_path(&thread.page)).filter(|address| !address.contains('#'))
}

/// What stands around every thread in a script, compressed when the first is asked for.
async fn script_envelope(app: &App) -> Arc<Envelope> {
    let widget = app.widget;
    let make = move || {
        let text = |name| widget.find(name).map(Asset::text).unwrap_or_default();
        let (before, after) = render::script_envelope(&text(READY_LOADER), &text(STYLE_SHEET));
        Arc::new(Envelope::new(&before, &after))
    };
    let envelope = app.script_envelope.get_or_init(async || {
        tokio::task::spawn_blocking(make).await.expect("compressing in memory does not fail")
    });
    Arc::clone(envelope.await)
}

pub(super) async fn framed(app: &App, scene: ThreadView) -> String {
    let article = scene.listing.thread.url.clone();
    render::page(scene, PageFrame { style_sheet: style_sheet(app, BESIDE), article }).await
}

/// The style of a fragment, if this program has a style sheet.
fn sheet(app: &App, style: StyleMode) -> Option<StyleSource> {
    match style {
        StyleMode::Linked => style_sheet(app, server(app, ABOVE)).map(StyleSource::Url),
        StyleMode::Inline => {
            app.widget.find(STYLE_SHEET).map(|asset| StyleSource::Text(asset.text().into_owned()))
        }
    }
}

/// Where the style sheet is, if this program has one.
fn style_sheet(app: &App, server: &str) -> Option<String> {
    let address = |_| format!("{server}/assets/{}/widget.css", app.widget.hash);
    app.widget.find(STYLE_SHEET).map(address)
}

/// Where browsers reach this server; where that is not known, where it is from the address of the answer itself, which
/// holds under whatever path a proxy has put it.
fn server<'a>(app: &'a App, relative: &'a str) -> &'a str {
    app.public_url.as_ref().map_or(relative, PublicUrl::as_str)
}

pub(super) fn scene(app: &App, query: &ListQuery, lang: Lang, listing: Listing) -> ThreadView {
    let SiteLocale { phrases, zone, .. } = app.sites.locale(&query.thread.site);
    ThreadView {
        phrases,
        zone,
        // A page leads to itself by whichever name it was reached.
        address: address(BESIDE, query, lang),
        heading_level: None,
        sort: query.sort,
        limit: query.limits.top_level,
        announcement: None,
        form_response: None,
        mode: Mode::Script,
        article: None,
        session: None,
        listing,
        lang,
    }
}

/// Where the thread has a page of its own.
pub(super) fn address(server: &str, query: &ListQuery, lang: Lang) -> String {
    let start = format!("{server}{}?", paths::THREAD);
    let from = start.len();
    let mut pairs = Serializer::for_suffix(start, from);
    pairs.append_pair("site", &query.thread.site).append_pair("page", &query.thread.page);
    pairs.append_pair("lang", lang.as_str()).append_pair("sort", query.sort.as_str());
    pairs.finish()
}

pub(super) fn listing(app: &App, policy: &SitePolicy, key: &ThreadKey, page: Page) -> Listing {
    let StoredThread { title, url, total, opened_at, revision } = page.thread;
    let closes_before = policy.opening_cutoff(app.context.clock.now());
    let is_closed = opened_at.zip(closes_before).is_some_and(|(opened, before)| opened < before);
    let state = if is_closed { ThreadState::Closed } else { ThreadState::Open };
    let edit = policy.lets_authors_edit().then_some(Feature::Edit);
    let live = app.live.is_on().then_some(Feature::Live);
    let always = [Feature::Reply, Feature::Preview, Feature::Vote, Feature::Report];
    let features = always.into_iter().chain(edit).chain(live).collect();
    let event = revision.map(|revision| revision.to_string());
    let (site, page_id) = (key.site.clone(), key.page.clone());
    let url = url.filter(|address| app.sites.has_page(&site, address));
    Listing {
        thread: Thread { site, page: page_id, title, url, total, state, features, event },
        comments: page.comments.into_iter().map(StoredComment::for_everybody).collect(),
        next: page.next.map(|cursor| cursor.to_string()),
        earlier: page.earlier,
    }
}
