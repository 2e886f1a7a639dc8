//! Tests of the words.

use dumka_api::ReportReason;
use dumka_api::newsroom::{Act, ActorKind, DecisionReason, Queue, QueueSort, StaffRole, Status, ThreadMode};

use super::plural::{CATEGORIES, category};
use super::{Catalog, Key, Lang, PluralKey};
use crate::keys::KEYS;

#[test]
fn every_language_has_every_text_and_every_form() {
    for (lang, _) in Lang::ALL {
        let catalog = Catalog::read(lang.file());
        let named = |name: &str| catalog.named("", name).is_some_and(|text| !text.is_empty());
        let missing: Vec<_> = Key::NAMES.iter().filter(|name| !named(name)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", lang.tag());
        for number in [0, 1, 2, 5, 11, 12, 21, 22, 25, 101, 111] {
            let category = category(lang, number);
            assert!(CATEGORIES.contains(&category));
            for phrase in
                [PluralKey::Comments, PluralKey::Undone, PluralKey::SelectWhole, PluralKey::TakeBackSet]
            {
                assert!(catalog.form(phrase, category).contains("{n}"), "{} {phrase:?} {number}", lang.tag());
            }
        }
    }
}

#[test]
fn all_languages_hold_the_same_names() {
    let names = |lang: Lang| Catalog::read(lang.file()).names().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(names(Lang::Uk), names(Lang::En));
    assert_eq!(names(Lang::Ru), names(Lang::En));
}

#[test]
fn every_word_of_the_wire_has_its_text() {
    let catalog = Catalog::read(Lang::En.file());
    let mut asked: Vec<(&str, &str)> = Vec::new();
    asked.extend(Queue::ALL.iter().map(|it| ("queue_", it.as_str())));
    asked.extend(QueueSort::ALL.iter().map(|it| ("sort_", it.as_str())));
    asked.extend(Status::ALL.iter().map(|it| ("status_", it.as_str())));
    asked.extend(Act::ALL.iter().map(|it| ("done_", it.as_str())));
    asked.extend(DecisionReason::ALL.iter().map(|it| ("reason_", it.as_str())));
    asked.extend(ReportReason::ALL.iter().map(|it| ("report_", it.as_str())));
    asked.extend(ActorKind::ALL.iter().map(|it| ("actor_", it.as_str())));
    asked.extend(StaffRole::ALL.iter().map(|it| ("role_", it.as_str())));
    asked.extend(ThreadMode::ALL.iter().map(|it| ("state_", it.as_str())));
    asked.extend(KEYS.iter().map(|&(_, name)| ("key_", name)));
    for (prefix, word) in asked {
        assert!(catalog.named(prefix, word).is_some(), "{prefix}{word}");
    }
}

#[test]
fn numbers_take_the_forms_of_their_language() {
    let uk = [
        (1, "one"),
        (2, "few"),
        (5, "many"),
        (11, "many"),
        (12, "many"),
        (21, "one"),
        (25, "many"),
        (101, "one"),
    ];
    for (number, expected) in uk {
        assert_eq!(category(Lang::Uk, number), expected, "{number}");
    }
    assert_eq!((category(Lang::En, 1), category(Lang::En, 21)), ("one", "other"));
}
