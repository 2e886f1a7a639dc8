//! Draws the state; emits actions.

mod body;
mod card;
mod choice;
mod context;
mod control;
mod filters;
mod help;
mod log;
mod me;
mod outcome;
mod queue;
mod reply;
mod shell;
mod sign_in;
mod staff;
mod thread;
mod threads;
mod undo_bar;

use dumka_api::newsroom::Queue;
use yew::{Callback, Html, html};

use crate::i18n::{Key, Lang, Locale};
use crate::preferences::Theme;
use crate::state::{Access, Action, Place, State};

/// The things that every part of the view draws from and speaks to.
pub struct Ui<'a> {
    /// The state.
    pub state: &'a State,
    /// The words.
    pub words: &'a Locale,
    /// The theme.
    pub theme: Theme,
    /// The path of the newsroom.
    pub base: &'a str,
    /// True where the browser has passkeys.
    pub has_passkeys: bool,
    /// Takes what a moderator does.
    pub act: Callback<Action>,
    /// Takes where a moderator goes.
    pub go: Callback<Place>,
    /// Takes another language.
    pub speak: Callback<Lang>,
    /// Takes another theme.
    pub dress: Callback<Theme>,
}

/// The id of a comment's card in the page.
pub fn card_id(comment: &str) -> String {
    ["card-", comment].concat()
}

/// Draws everything.
pub fn draw(ui: &Ui) -> Html {
    match &ui.state.access {
        Access::Asking => {
            html! { <main class="alone"><p class="quiet" role="status">{ ui.words.text(Key::Loading) }</p></main> }
        }
        Access::SignedOut | Access::Invited(_) => sign_in::page(ui),
        Access::SignedIn(_) => html! {
            <>
                { shell::draw(ui, screen(ui)) }
                if ui.state.is_help_open { { help::dialog(ui) } }
            </>
        },
        Access::Expired(_) => html! { <>{ shell::draw(ui, screen(ui)) }{ sign_in::dialog(ui) }</> },
    }
}

fn screen(ui: &Ui) -> Html {
    match &ui.state.place {
        Place::Home => Html::default(),
        Place::Queue(_) => queue::screen(ui),
        Place::Comment(_) => queue::single(ui),
        Place::Threads(_) => threads::screen(ui),
        Place::Thread(_) => thread::screen(ui),
        Place::Log(_) => log::screen(ui),
        Place::Staff => staff::screen(ui),
        Place::Me => me::screen(ui),
    }
}

/// The name of the screen that is shown.
fn heading(state: &State, words: &Locale) -> String {
    let key = match &state.place {
        Place::Queue(query) => {
            let queue = query.queue.unwrap_or_default();
            return words.named("queue_", queue.as_str()).to_owned();
        }
        Place::Home => return words.named("queue_", Queue::Pending.as_str()).to_owned(),
        Place::Comment(_) => Key::Comment,
        Place::Threads(_) => Key::Threads,
        Place::Thread(_) => Key::Thread,
        Place::Log(_) => Key::Log,
        Place::Staff => Key::Staff,
        Place::Me => Key::Me,
    };
    words.text(key).to_owned()
}

/// The title of the window: what waits, the screen, the program.
pub fn title(state: &State, words: &Locale) -> String {
    if state.access.me().is_none() {
        return [words.text(Key::Newsroom), " · Dumka"].concat();
    }
    let waiting = match &state.place {
        Place::Queue(query) => state.live.count(query.queue.unwrap_or_default(), query.site.as_deref()),
        _ => state.live.count(Queue::Pending, None),
    };
    let count = waiting.filter(|&count| count > 0).map(|count| format!("({count}) ")).unwrap_or_default();
    [&count, &heading(state, words), " · Dumka"].concat()
}
