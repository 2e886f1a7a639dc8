//! Threads as ready HTML, by the widget's own view and state; the only place that knows the widget.

mod failure;
mod heading_level;
mod lang;
mod languages;
mod moment;
mod page;
mod script;
mod tongue;
mod tree;
mod words;

use std::sync::Arc;

use dumka_api::{Listing, Problem, Sort};
use dumka_widget::config::Config;
use dumka_widget::i18n::{Catalog, Locale};
use dumka_widget::render::Drawn;
use dumka_widget::state::{Action, Draft, Failure, State};
use jiff::tz::TimeZone;

use crate::domain::comment::UnixMillis;

pub use dumka_widget::state::composer::Purpose;
pub use dumka_widget::state::session::{Own, Session, Vote};
pub use dumka_widget::state::{Field, Outcome};
pub use failure::{FailureScene, failure};
pub use heading_level::HeadingLevel;
pub use lang::Lang;
pub use page::{CONTENT_POLICY, Frame, page};
pub use script::{script, script_envelope};
use tongue::ServerTongue;
pub use words::{OwnWords, Phrase, Refused, WordSettings, refused};

/// What is drawn.
#[derive(Debug)]
pub struct Scene {
    /// The thread and its comments.
    pub listing: Listing,
    /// The language.
    pub lang: Lang,
    /// The site's own words, in every language.
    pub words: Arc<OwnWords>,
    /// The zone of its times.
    pub zone: TimeZone,
    /// The level of its heading, where one was asked for.
    pub heading_level: Option<HeadingLevel>,
    /// The order of the comments.
    pub sort: Sort,
    /// Top-level comments asked for.
    pub limit: u32,
    /// Where the form and the links of the thread lead: its own page, with a query.
    pub address: String,
    /// The article's address, where links to the comments shall name it.
    pub article: Option<String>,
    /// What has just been done.
    pub outcome: Option<Outcome>,
    /// What the page comes for.
    pub answer: Option<Answer>,
    /// Who acts on it.
    pub audience: Audience,
    /// What is the reader's own in it, and the moment by which that is judged, in an answer for them alone.
    pub own: Option<(Session, UnixMillis)>,
}

/// Who acts on what is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// A browser by itself: forms and links do all.
    Browser,
    /// A script, which hears what is pressed.
    Script,
}

/// What a page is the answer to, beyond showing the thread.
#[derive(Debug)]
pub enum Answer {
    /// A form is open.
    Form(OpenForm),
    /// What was asked for at the comment with this id did not happen.
    Trouble(String, Problem),
}

/// A form that is open when the page comes.
#[derive(Debug)]
pub struct OpenForm {
    /// What it is for.
    pub purpose: Purpose,
    /// Its fields as they are filled in.
    pub fields: Vec<(Field, String)>,
    /// Why it came back.
    pub problem: Option<Problem>,
}

impl Scene {
    /// What is said in it.
    fn catalog(&self) -> Arc<Catalog> {
        self.words.in_lang(self.lang).map_or_else(|| self.lang.catalog(), |own| own.catalog.clone())
    }
}

/// How a fragment brings its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// By a link, which a browser follows once and keeps what it leads to.
    Linked,
    /// In itself: larger, and drawn one round trip earlier.
    Inline,
}

/// The style of a fragment.
#[derive(Debug)]
pub enum Sheet {
    /// The address of the style sheet.
    At(String),
    /// The style sheet itself.
    Text(String),
}

/// Draws the thread after its style, to be put into a page as it is.
pub async fn fragment(scene: Scene, sheet: Option<Sheet>) -> String {
    let style = match sheet {
        None => String::new(),
        Some(Sheet::At(address)) => page::link_to_sheet(Some(&address)),
        // Our own file, in which nothing ends the element.
        Some(Sheet::Text(text)) => ["<style>", &text, "</style>"].concat(),
    };
    style + &section(scene).await
}

/// Draws the thread as the `<section class="dumka">` that the widget would draw.
async fn section(scene: Scene) -> String {
    dumka_widget::render::render(move || staged(scene)).await
}

fn staged(scene: Scene) -> Drawn {
    let catalog = scene.catalog();
    let Scene { listing, lang, words, zone, heading_level, sort, limit, address, .. } = scene;
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
    // No key is ever drawn: nothing that is the reader's own may stand in an answer for all.
    let mut state = State::new(config, Draft::default(), String::new(), String::new);
    if let Some((session, now)) = scene.own {
        state = state.going_on(session, now.0);
    }
    state.apply(Action::Listed(0, Ok(listing)));
    state.show_at_once();
    state.outcome = scene.outcome;
    state.is_own_page = scene.audience == Audience::Browser;
    state.article = scene.article;
    let failure = |problem| Failure::Problem(Box::new(problem));
    match scene.answer {
        Some(Answer::Form(OpenForm { purpose, fields, problem })) => {
            let form = state.open(purpose);
            state.fill(form, fields, problem.map(failure));
        }
        Some(Answer::Trouble(comment, problem)) => {
            state.has_trouble(&comment, failure(problem));
        }
        None => {}
    }
    let locale = Locale::new(lang.as_str().into(), catalog, ServerTongue::new(lang, zone));
    Drawn { state, locale, words: words.in_lang(lang).map(|reworded| reworded.own.clone()) }
}

#[cfg(test)]
mod languages_tests;
#[cfg(test)]
mod tests;
