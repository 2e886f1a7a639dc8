//! Renders threads as HTML, by the widget's own view and state; the only module that knows the widget.

mod announcement;
mod dates;
mod document;
mod failure_page;
mod form;
mod heading_level;
mod html_to_json;
mod invalid_phrase;
mod lang;
mod languages;
mod loader_script;
mod locale_rules;
mod page;
mod phrases;
mod session;
mod thread_view;

pub use announcement::Announcement;
pub use document::CONTENT_POLICY;
pub use failure_page::{FailurePage, failure_page};
pub use form::{Field, FormKind, FormResponse, OpenForm};
pub use heading_level::HeadingLevel;
pub use invalid_phrase::{InvalidPhrase, validate_phrases};
pub use lang::Lang;
pub use loader_script::{script, script_envelope, tree};
pub use page::{PageFrame, page};
pub use phrases::{Phrase, PhraseSettings, SitePhrases};
pub use session::{OwnedComment, Session};
pub use thread_view::{Mode, StyleMode, StyleSource, ThreadView, fragment};

#[cfg(test)]
mod languages_tests;
#[cfg(test)]
mod tests;
