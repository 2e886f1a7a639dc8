//! Errors in the settings, in one sentence: the source, the key, the value, the values that are accepted.

use std::path::PathBuf;

use figment::error::{Actual, Kind};

use super::section;

/// An error in the settings.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file named by `--config` is not there.
    #[error("the settings file {} is not there; create it or leave --config out", .0.display())]
    FileMissing(PathBuf),
    /// The path in `--config` leads to something that is no plain file.
    #[error("{} is {kind}; --config names a file", .path.display())]
    NoFile {
        /// The path.
        path: PathBuf,
        /// The kind of thing that is there.
        kind: &'static str,
    },
    /// A value is not accepted.
    #[error("{source_name}: `{key}` is {value}; accepted: {accepted}")]
    Value {
        /// The file, the environment or the flags.
        source_name: String,
        /// The key, dotted, or the environment variable.
        key: String,
        /// The value given.
        value: String,
        /// The values that are accepted.
        accepted: String,
    },
    /// There is no such key.
    #[error("{source_name}: there is no setting `{key}`; accepted here: {accepted}")]
    UnknownKey {
        /// The file or the environment.
        source_name: String,
        /// The key, dotted, or the environment variable.
        key: String,
        /// The keys there are.
        accepted: String,
    },
    /// A key that has no default is not there.
    #[error("{source_name}: `{key}` is missing")]
    MissingKey {
        /// The file or the environment.
        source_name: String,
        /// The key, dotted.
        key: String,
    },
    /// The file is not TOML, or something else stops it from being read.
    #[error("{0}")]
    Unreadable(String),
}

/// The name of the environment in errors.
const ENVIRONMENT: &str = "the environment";

impl From<figment::Error> for ConfigError {
    fn from(error: figment::Error) -> Self {
        let source_name = source_name(&error);
        let key = spelled(&error.path, &source_name);
        match error.kind {
            Kind::UnknownField(field, accepted) => {
                let mut path = error.path;
                if path.last().is_none_or(|last| *last != field) {
                    path.push(field);
                }
                let accepted = match section::meant(&path) {
                    Some(meant) => spelled(&meant, &source_name),
                    None => accepted.join(", "),
                };
                Self::UnknownKey { key: spelled(&path, &source_name), source_name, accepted }
            }
            Kind::MissingField(field) => Self::MissingKey { key: joined(&key, &field), source_name },
            Kind::InvalidType(actual, accepted) | Kind::InvalidValue(actual, accepted) => {
                let accepted = match section::keys(&accepted) {
                    Some(keys) => each(&error.path, &keys, &source_name),
                    None => in_words(accepted),
                };
                Self::Value { value: shown(&actual), source_name, key, accepted }
            }
            Kind::UnknownVariant(word, accepted) => {
                Self::Value { value: format!("\"{word}\""), source_name, key, accepted: accepted.join(", ") }
            }
            Kind::UnsupportedKey(actual, accepted) => {
                Self::Value { value: shown(&actual), source_name, key, accepted: accepted.into_owned() }
            }
            Kind::Message(message) if !error.path.is_empty() => {
                Self::Value { value: "not usable".into(), source_name, key, accepted: message }
            }
            other => Self::Unreadable(format!("{source_name}: {}", one_line(&other.to_string()))),
        }
    }
}

/// The source of the value at fault.
fn source_name(error: &figment::Error) -> String {
    let Some(metadata) = &error.metadata else { return "the settings".into() };
    if metadata.name.contains("environment") {
        return ENVIRONMENT.into();
    }
    match &metadata.source {
        Some(source) => source.to_string(),
        None => metadata.name.to_string(),
    }
}

/// A key as it is spelled in its source.
fn spelled(path: &[String], source_name: &str) -> String {
    if source_name == ENVIRONMENT {
        return format!("DUMKA_{}", path.join("__").to_uppercase());
    }
    path.join(".")
}

fn joined(key: &str, field: &str) -> String {
    if key.is_empty() { field.into() } else { format!("{key}.{field}") }
}

/// The settings of a section, for an error about a section that was given a single value.
fn each(path: &[String], keys: &[&str], source_name: &str) -> String {
    let key = |key: &&str| spelled(&[path, &[(*key).to_owned()]].concat(), source_name);
    format!("its settings, each by its name: {}", keys.iter().map(key).collect::<Vec<_>>().join(", "))
}

/// Translates Rust's names of types into words for an operator.
fn in_words(expected: String) -> String {
    match expected.as_str() {
        "u32" => format!("a whole number from 0 to {}", u32::MAX),
        "a string" => "text between quotes".into(),
        "a map" => "a table".into(),
        "a sequence" => "a list, in the file one [[sites]] block each".into(),
        "enum LogLevel" => "\"error\", \"warn\", \"info\" or \"debug\"".into(),
        "enum LogFormat" => "\"text\" or \"json\"".into(),
        "enum Moderation" => "\"after\" or \"before\"".into(),
        _ => expected,
    }
}

fn shown(actual: &Actual) -> String {
    match actual {
        Actual::Str(text) => format!("\"{text}\""),
        Actual::Unsigned(number) => number.to_string(),
        Actual::Signed(number) => number.to_string(),
        Actual::Float(number) => number.to_string(),
        Actual::Bool(word) => word.to_string(),
        other => format!("of the type {other}"),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
