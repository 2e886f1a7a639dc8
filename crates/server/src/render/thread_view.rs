//! Renders a thread as the `<section class="dumka">` that the widget would draw, alone or behind its style.

use std::sync::Arc;

use dumka_api::{Listing, Sort, Submitted};
use dumka_widget::config::Config;
use dumka_widget::i18n::{Catalog, Locale};
use dumka_widget::render::SsrInput;
use dumka_widget::state::{Action, Controls, Draft, State};
use jiff::tz::TimeZone;

use super::document::stylesheet_link;
use super::locale_rules::IcuLocale;
use super::{Announcement, FormResponse, HeadingLevel, Lang, Session, SitePhrases};
use crate::domain::comment::UnixMillis;

/// A thread, and the way it is rendered.
#[derive(Debug)]
pub struct ThreadView {
    /// The thread and its comments.
    pub listing: Listing,
    /// The language.
    pub lang: Lang,
    /// The site's own phrases, in every language.
    pub phrases: Arc<SitePhrases>,
    /// The zone of its times.
    pub zone: TimeZone,
    /// The level of its heading, where one was asked for.
    pub heading_level: Option<HeadingLevel>,
    /// The order of the comments.
    pub sort: Sort,
    /// Top-level comments asked for.
    pub limit: u32,
    /// The address of the thread's own page, with a query, to which its form and its links lead.
    pub address: String,
    /// The article's address, where links to the comments shall name it.
    pub article: Option<String>,
    /// The action that is announced.
    pub announcement: Option<Announcement>,
    /// The outcome of a form, where the page is the response to one.
    pub form_response: Option<FormResponse>,
    /// The way in which readers act on it.
    pub mode: Mode,
    /// The reader's own things, and the time by which they are judged, in a response for that reader alone.
    pub session: Option<(Session, UnixMillis)>,
    /// The answer to a comment that a script has sent, in a response for that script alone.
    pub submitted: Option<Box<Submitted>>,
}

/// The way in which readers act on a rendered thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The browser follows links and submits forms.
    Browser,
    /// A script listens to what is pressed where one runs, else the browser follows links.
    Either,
    /// A script builds the thread, and listens to what is pressed. The controls of comments are one row, which it repeats.
    Script,
}

/// The way in which a fragment brings its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StyleMode {
    /// By a link, which a browser follows once and caches.
    Linked,
    /// In a `<style>` element: larger, and drawn one round trip earlier.
    Inline,
}

/// The style sheet of a fragment.
#[derive(Debug)]
pub enum StyleSource {
    /// Its address.
    Url(String),
    /// Its text.
    Text(String),
}

impl Mode {
    fn controls(self) -> Controls {
        match self {
            Self::Browser => Controls::Forms,
            Self::Either => Controls::Mixed,
            Self::Script => Controls::Template,
        }
    }
}

impl ThreadView {
    /// The words of the thread in its language.
    pub(super) fn catalog(&self) -> Arc<Catalog> {
        self.phrases.catalog(self.lang)
    }
}

/// Renders the thread behind its style, as a fragment that is put into a page as it is.
pub async fn fragment(view: ThreadView, style: Option<StyleSource>) -> String {
    let style = match style {
        None => String::new(),
        Some(StyleSource::Url(address)) => stylesheet_link(Some(&address)),
        // Our own file, in which nothing ends the element.
        Some(StyleSource::Text(text)) => ["<style>", &text, "</style>"].concat(),
    };
    style + &section(view).await
}

/// Renders the thread as one `<section class="dumka">`.
pub(super) async fn section(view: ThreadView) -> String {
    dumka_widget::render::render(move || {
        let (phrases, lang, zone) = (Arc::clone(&view.phrases), view.lang, view.zone.clone());
        let locale = Locale::new(lang.as_str().into(), phrases.catalog(lang), IcuLocale::new(lang, zone));
        let json = |submitted| serde_json::to_string(submitted).expect("wire types have string keys only");
        let submitted = view.submitted.as_deref().map(json);
        let words = phrases.overrides(lang).map(ToOwned::to_owned);
        SsrInput { state: build_state(view), locale, words, submitted }
    })
    .await
}

/// The widget's state once it has loaded the thread.
fn build_state(view: ThreadView) -> State {
    let ThreadView { listing, lang, heading_level, sort, limit, address, .. } = view;
    let config = Config {
        site: listing.thread.site.clone(),
        page: listing.thread.page.clone(),
        lang: lang.as_str().into(),
        limit,
        sort,
        thread_page: Some(address),
        heading_level: heading_level.map(HeadingLevel::number),
        ..Config::default()
    };
    // No key is ever drawn: nothing that is the reader's own may stand in a response for all.
    let mut state = State::new(config, Draft::default(), String::new(), String::new);
    if let Some((session, now)) = view.session {
        state = state.with_session(session.into_widget(), now.0);
    }
    state.apply(Action::ListLoaded(0, Ok(listing)));
    state.show_at_once();
    state.announcement = view.announcement.map(Announcement::into_widget);
    state.controls = view.mode.controls();
    state.article = view.article;
    if let Some(response) = view.form_response {
        response.show_in(&mut state);
    }
    state
}
