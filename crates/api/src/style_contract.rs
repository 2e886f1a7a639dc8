//! The names that a site's style sheet may use, each with its meaning.
//!
//! `cargo xtask docs` writes the tables of `docs/styling.md` from this list, and tests compare it with the style sheet and
//! the markup of every state. Nothing here is in the program that a reader loads.

/// Classes of the widget's elements; with `isolate` each is a part, too.
pub const CLASSES: &[(&str, &str)] = &[
    ("dumka", "the whole widget"),
    ("dumka-count", "the heading with the number"),
    ("dumka-announcement", "the site's announcement, above the form"),
    ("dumka-slow", "how much time must pass between two comments of one person; a `dumka-notice` too"),
    ("dumka-composer", "what holds the opener and the thread's own form"),
    ("dumka-add", "opens and closes that form"),
    ("dumka-form", "a form: the thread's own, or one under a comment"),
    ("dumka-form-heading", "its heading"),
    ("dumka-field", "a field with its label"),
    ("dumka-label", "what the field is called"),
    ("dumka-hint", "what is said beside that"),
    ("dumka-char-count", "how many characters are left, near the limit, or too many"),
    ("dumka-preview-body", "what a text would look like; a `dumka-body` too"),
    ("dumka-buttons", "the row of buttons"),
    ("dumka-submit", "sends; `aria-busy` while it does"),
    ("dumka-preview", "shows the preview: `aria-pressed`"),
    ("dumka-cancel", "closes a form under a comment"),
    ("dumka-sort", "the choice of the order; the chosen one has `aria-current`"),
    ("dumka-oldest", "the oldest first"),
    ("dumka-newest", "the newest first"),
    ("dumka-best", "the best first"),
    ("dumka-featured", "the featured ones alone, where the thread has some"),
    ("dumka-new-bar", "stays in view under the list, and takes no room"),
    ("dumka-new", "«3 new comments», in it"),
    ("dumka-list", "a list of comments"),
    ("dumka-list-next", "with the one before: a list that follows the first in a long thread"),
    (
        "dumka-comment",
        "one comment, with `data-depth` from 0 to 6; `aria-current` on the one that the address names; `hidden` in a branch that is folded up",
    ),
    ("dumka-meta", "the line above its text"),
    ("dumka-author", "the name"),
    ("dumka-badge", "«staff» or «moderator»"),
    ("dumka-pinned-badge", "«pinned»; a `dumka-badge` too"),
    ("dumka-featured-badge", "«featured»; a `dumka-badge` too"),
    ("dumka-parent", "the link to the comment that it answers, cut to one line"),
    ("dumka-permalink", "the link to the comment itself"),
    ("dumka-time", "a time"),
    ("dumka-edited", "«edited», with its time"),
    ("dumka-pending", "it waits for a moderator"),
    ("dumka-body", "its text"),
    ("dumka-host", "the host name behind a link that would not show it"),
    ("dumka-actions", "the row under the text"),
    ("dumka-reply", "leads to a form; a link where the thread has a page of its own"),
    ("dumka-fold", "folds the replies up, and unfolds them: `aria-expanded`"),
    ("dumka-votes", "the votes"),
    ("dumka-vote-up", "for it; one's own has `aria-pressed=\"true\"`"),
    ("dumka-score", "votes for it less those against it"),
    ("dumka-vote-down", "against it"),
    ("dumka-edit", "changes one's own comment, as long as that can be"),
    ("dumka-delete", "deletes it"),
    ("dumka-countdown", "how long both can be done"),
    ("dumka-report", "leads to a form, as `dumka-reply` does"),
    ("dumka-all", "«show all comments»"),
    ("dumka-loading", "how far that is"),
    ("dumka-progress", "a `<progress>`, in it"),
    ("dumka-progress-label", "«340 / 1000», in it"),
    ("dumka-stop", "«stop», in it"),
    ("dumka-show-earlier", "«show the discussion from its beginning», where a page was opened for a comment"),
    ("dumka-empty", "there are no comments yet"),
    ("dumka-notice", "something is said: loading, published, closed, deleted"),
    ("dumka-sr-only", "what only screen readers say: all comments were asked for, all are there"),
    (
        "dumka-error",
        "something went wrong; at a field, above a form, under a comment or in the thread's place",
    ),
    ("dumka-retry", "«try again»"),
];

/// Classes of `<dumka-latest>`, which stands outside the widget and has no style sheet.
pub const LATEST_CLASSES: &[(&str, &str)] = &[
    ("dumka-latest-list", "the list"),
    ("dumka-latest-item", "one comment; `dumka-author` and `dumka-time` are in it"),
    ("dumka-latest-link", "its first words, which lead to it"),
    ("dumka-latest-title", "the title of its page"),
];

/// Classes of `<dumka-discussed>`, which stands there, too.
pub const DISCUSSED_CLASSES: &[(&str, &str)] = &[
    ("dumka-discussed-list", "the list"),
    ("dumka-discussed-item", "one page"),
    ("dumka-discussed-link", "its title, which leads to it"),
    ("dumka-discussed-count", "how many comments it has, in words"),
];

/// Custom properties, what they are, and what they are by default.
pub const PROPERTIES: &[(&str, &str, &str)] = &[
    (
        "--dumka-text",
        "colour of the text",
        "the page's own; light where the comments are dark and the page is not",
    ),
    (
        "--dumka-background",
        "what lies behind",
        "nothing; dark where the comments are dark and the page is not",
    ),
    ("--dumka-font", "a `font-family`", "the page's own"),
    ("--dumka-accent", "links, the button, the ring around what has the focus", "a blue, lighter in dark"),
    ("--dumka-accent-text", "text on the accent", "white; near black in dark"),
    ("--dumka-danger", "what went wrong", "a red, lighter in dark"),
    ("--dumka-border", "lines and borders", "a grey that suits both"),
    ("--dumka-muted", "opacity of what stands back: times, hints", "`0.72`"),
    ("--dumka-radius", "rounding of fields, button, badge and the whole", "`0.375rem`"),
    ("--dumka-space", "the distance most others follow", "`1rem`"),
    ("--dumka-indent", "indent of one level of replies", "`1.25rem`; half of it on narrow screens"),
    (
        "--dumka-scroll-margin",
        "room left above and below a comment that is scrolled to: the height of a header that stays",
        "`0px`",
    ),
    ("--dumka-depth", "on a `dumka-comment`: how many of these indents", "its `data-depth`"),
];

/// Attributes by which the element tells its state, and their values.
pub const STATES: &[(&str, &str)] = &[
    ("data-state", "`loading`, `empty`, `ready`, `failed`"),
    ("data-composer", "`closed`, `open`, `sending`, `rejected`"),
    (
        "data-scheme",
        "what the page itself is: `night` where its text is light, otherwise its computed `color-scheme`",
    ),
    ("data-reserved", "present while the element keeps room for a thread that is still to come"),
];
