//! The rules of a new comment, one by one.

use dumka_api::NewAuthor;

use super::*;

fn checked(new: &NewComment) -> Result<CheckedComment, Invalid> {
    check(check_thread(&new.site, &new.page)?, new)
}

fn new_comment() -> NewComment {
    NewComment {
        site: "news.example".into(),
        page: "news/42".into(),
        parent: None,
        author: NewAuthor { name: "Олена".into(), email: None },
        text: "Думка".into(),
        title: None,
        url: None,
    }
}

fn fault(change: impl FnOnce(&mut NewComment)) -> (ProblemKind, &'static str, Option<u64>) {
    let mut new = new_comment();
    change(&mut new);
    let invalid = checked(&new).expect_err("the change breaks a rule");
    (invalid.kind, invalid.field, invalid.limit)
}

fn accepted(change: impl FnOnce(&mut NewComment)) -> CheckedComment {
    let mut new = new_comment();
    change(&mut new);
    checked(&new).expect("the change keeps the rules")
}

#[test]
fn plain_comment_is_accepted_as_it_is() {
    let draft = accepted(|_| ());
    assert_eq!((draft.author_name.as_str(), draft.text.as_str()), ("Олена", "Думка"));
}

#[test]
fn blank_text_and_name_are_empty() {
    for blank in ["", "  \n\t ", "\u{200B}\u{FEFF}", "\u{3164}", "\u{202E}\u{2066}"] {
        assert_eq!(fault(|new| new.text = blank.into()), (ProblemKind::TextEmpty, "text", None), "{blank:?}");
        let name = fault(|new| new.author.name = blank.into());
        assert_eq!(name, (ProblemKind::NameEmpty, "name", None), "{blank:?}");
    }
}

#[test]
fn of_several_wrong_fields_the_first_of_the_form_is_named() {
    let all = |new: &mut NewComment| {
        new.text = " ".into();
        new.author.name = String::new();
        new.author.email = Some("nobody".into());
    };
    assert_eq!(fault(all).0, ProblemKind::TextEmpty);
    let two = |new: &mut NewComment| {
        all(new);
        new.text = "Думка".into();
    };
    assert_eq!(fault(two).0, ProblemKind::NameEmpty);
}

#[test]
fn lengths_are_counted_in_characters_after_trimming() {
    let longest = "ї".repeat(10_000);
    assert_eq!(accepted(|new| new.text = format!(" {longest}\n")).text, longest);
    let too_long = fault(|new| new.text = format!("{longest}x"));
    assert_eq!(too_long, (ProblemKind::TextTooLong, "text", Some(10_000)));
    assert_eq!(accepted(|new| new.author.name = "є".repeat(80)).author_name.chars().count(), 80);
    let too_long = fault(|new| new.author.name = "є".repeat(81));
    assert_eq!(too_long, (ProblemKind::NameTooLong, "name", Some(80)));
    let too_long = fault(|new| new.title = Some("є".repeat(301)));
    assert_eq!(too_long, (ProblemKind::TitleTooLong, "title", Some(300)));
}

#[test]
fn page_and_site_are_counted_in_bytes() {
    assert_eq!(accepted(|new| new.page = "ї".repeat(256)).thread.page.len(), 512);
    assert_eq!(fault(|new| new.page = "ї".repeat(257)), (ProblemKind::PageTooLong, "page", Some(512)));
    assert_eq!(fault(|new| new.page = " ".into()), (ProblemKind::PageEmpty, "page", None));
    assert_eq!(fault(|new| new.site = String::new()), (ProblemKind::SiteEmpty, "site", None));
    assert_eq!(fault(|new| new.site = "a".repeat(254)), (ProblemKind::SiteUnknown, "site", Some(253)));
}

#[test]
fn control_characters_are_refused_with_the_field_named() {
    let refused = |field| (ProblemKind::ControlCharacters, field, None);
    let controls = ["a\0b", "a\u{1B}[31mb", "a\u{7F}b", "a\u{9B}b"];
    let noncharacters = ["a\u{FFFE}b", "\u{FFFF}", "a\u{FDD0}", "a\u{1FFFE}b", "\u{10FFFF}b"];
    for control in controls.into_iter().chain(noncharacters) {
        assert_eq!(fault(|new| new.text = control.into()), refused("text"));
        assert_eq!(fault(|new| new.author.name = control.into()), refused("name"));
        assert_eq!(fault(|new| new.author.email = Some(format!("{control}@example.org"))), refused("email"));
        assert_eq!(fault(|new| new.page = control.into()), refused("page"));
        assert_eq!(fault(|new| new.site = control.into()), refused("site"));
    }
}

/// The reader did not write it: a page's odd title costs them nothing.
#[test]
fn title_loses_what_names_lose() {
    let title = |text: &str| accepted(|new| new.title = Some(text.into())).title;
    assert_eq!(title("a\0b\u{1B} \n c\u{7F}\u{9B}").as_deref(), Some("ab c"));
    assert_eq!(title("\u{202E}Стаття\u{2066}").as_deref(), Some("Стаття"));
    for blank in ["\u{202E}", "\u{1B}", "\u{200B} \u{2060}"] {
        assert_eq!(title(blank), None, "{blank:?}");
    }
}

#[test]
fn page_and_site_come_in_their_one_form() {
    let thread = accepted(|new| {
        new.site = "Новини.укр".into();
        new.page = "/%D0%BD%d0%be%D0%B2ии\u{306}/".into();
    });
    assert_eq!(
        (thread.thread.site.as_str(), thread.thread.page.as_str()),
        ("xn--b1amarcd.xn--j1amh", "/новий")
    );
    let encoded = |letters: usize| format!("/новини/{}", "%D0%B9".repeat(letters));
    assert_eq!(accepted(|new| new.page = encoded(80)).thread.page.len(), 14 + 160);
    assert_eq!(fault(|new| new.page = encoded(250)), (ProblemKind::PageTooLong, "page", Some(512)));
    let endless = "%20".repeat(1_000_000);
    assert_eq!(fault(|new| new.page = endless.clone()), (ProblemKind::PageTooLong, "page", Some(512)));
    assert_eq!(fault(|new| new.site = "я".repeat(600)).0, ProblemKind::SiteUnknown);
}

#[test]
fn line_breaks_become_one_kind_and_tabs_stay() {
    assert_eq!(accepted(|new| new.text = "a\r\nb\rc\n\td".into()).text, "a\nb\nc\n\td");
}

#[test]
fn name_is_one_line_without_direction_overrides() {
    let name =
        accepted(|new| new.author.name = " \u{202E}Ada\n\t \u{2066}Lovelace\u{2069} ".into()).author_name;
    assert_eq!(name, "Ada Lovelace");
}

#[test]
fn email_is_plausible_or_absent() {
    for email in ["a@example.org", "a.b+c@sub.example.org", "олена@пошта.укр", "a@localhost"] {
        assert_eq!(
            accepted(|new| new.author.email = Some(email.into())).author_email.as_deref(),
            Some(email)
        );
    }
    assert_eq!(accepted(|new| new.author.email = Some("  ".into())).author_email, None);
    let long = format!("{}@example.org", "a".repeat(250));
    for email in
        ["a", "@example.org", "a@", "a b@example.org", "a@b@c.org", "a@.org", "a@-b.org", "a@b_c.org", &long]
    {
        assert_eq!(
            fault(|new| new.author.email = Some(email.into())).0,
            ProblemKind::EmailInvalid,
            "{email}"
        );
    }
}

#[test]
fn page_address_is_of_the_web() {
    let url = "https://news.example/42?a=b";
    assert_eq!(accepted(|new| new.url = Some(url.into())).url.as_deref(), Some(url));
    let long = format!("https://news.example/{}", "a".repeat(2_048));
    let disguised = "https://news.example@evil.example/";
    for url in ["javascript:alert(1)", "/news/42", disguised, "ftp://news.example/", "https://", &long] {
        assert_eq!(fault(|new| new.url = Some(url.into())).0, ProblemKind::UrlInvalid, "{url}");
    }
    let torn = "https://news.example/\n42";
    assert_eq!(fault(|new| new.url = Some(torn.into())).0, ProblemKind::ControlCharacters);
}

#[test]
fn parent_that_is_no_id_is_not_found() {
    assert_eq!(fault(|new| new.parent = Some("7".into())), (ProblemKind::ParentNotFound, "parent", None));
}
