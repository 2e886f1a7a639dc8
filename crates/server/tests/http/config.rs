//! The real program: settings and their refusals.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::{TempDir, tempdir};

/// Runs `dumka` in an empty folder with these arguments and nothing of the caller's environment.
pub fn dumka(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dumka"));
    command.current_dir(folder).args(arguments).env_clear().envs(environment.iter().copied());
    command.output().unwrap()
}

/// Checks that the program refuses with this code and one line that holds all these words.
pub fn assert_refused(output: &Output, code: i32, words: &[&str]) {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    let lines: Vec<_> = said.lines().filter(|line| line.starts_with("dumka: ")).collect();
    assert_eq!((output.status.code(), lines.len()), (Some(code), 1), "{said}");
    for word in words {
        assert!(lines[0].contains(word), "{word} is not in: {said}");
    }
}

fn folder_with(settings: &str) -> TempDir {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("dumka.toml"), settings).unwrap();
    folder
}

pub fn check(settings: &str) -> Output {
    dumka(folder_with(settings).path(), &["check-config"], &[])
}

fn check_environment(name: &str, value: &str) -> Output {
    dumka(tempdir().unwrap().path(), &["check-config"], &[(name, value)])
}

#[test]
fn settings_may_be_absent() {
    let output = dumka(tempdir().unwrap().path(), &["check-config"], &[]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn example_is_fine_and_says_the_defaults() {
    let example = include_str!("../../../../dumka.example.toml");
    assert_eq!(check(example).status.code(), Some(0));
    let uncommented: String =
        example.lines().map(|line| line.strip_prefix("#: ").unwrap_or(line).to_owned() + "\n").collect();
    let output = check(&uncommented);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn wrong_key_is_named_with_what_there_is() {
    let output = check("[limits]\nposts_per_minuet = 6\n");
    assert_refused(&output, 2, &["dumka.toml", "`limits.posts_per_minuet`", "posts_per_minute"]);
    let output = check("listn = \"127.0.0.1:1\"\n");
    assert_refused(&output, 2, &["`listn`", "listen, database"]);
}

#[test]
fn wrong_value_is_named_with_what_is_accepted() {
    let cases = [
        ("listen = \"localhost\"", "`listen` is \"localhost\"", "127.0.0.1:8080"),
        ("listen = 8080", "`listen` is 8080", "text"),
        ("public_url = \"c.example\"", "`public_url` is \"c.example\"", "https://news.example/comments"),
        ("database = \"mysql://x\"", "`database` is \"mysql://x\"", "sqlite://"),
        ("database = \"sqlite://:memory:\"", "`database` is \"sqlite://:memory:\"", "path of a file"),
        ("database = \"sqlite://x.db?cache=1\"", "`database` is \"sqlite://x.db?cache=1\"", "max_page_count"),
        ("limits.posts_per_minute = -1", "`limits.posts_per_minute` is -1", "0"),
        ("limits.posts_per_minute = \"many\"", "`limits.posts_per_minute` is \"many\"", "whole number"),
        ("limits.header_secs = 0", "`limits.header_secs` is 0", "from 1 to 3600"),
        ("log.level = \"loud\"", "`log.level` is \"loud\"", "error, warn, info, debug"),
        ("log.level = 1", "`log.level` is 1", "\"debug\""),
        ("log.format = 1", "`log.format` is 1", "\"text\" or \"json\""),
        ("sites = \"a\"", "`sites` is \"a\"", "[[sites]]"),
        ("proxy.trusted = [\"10.0.0.0/33\"]", "\"10.0.0.0/33\"", "10.0.0.0/8"),
        (
            "sites = [{id=\"a\", origins=[\"https://a.example/\"]}]",
            "\"https://a.example/\"",
            "https://news.example",
        ),
        (
            "sites = [{id=\"a\", origins=[\"https://новини.укр/\"]}]",
            "\"https://новини.укр/\"",
            "here https://xn--b1amarcd.xn--j1amh",
        ),
        ("sites = [{id=\" a\", origins=[\"https://a.example\"]}]", "`sites.0.id` is \" a\"", "space"),
        ("sites = [{id=\"a\", moderation=1, origins=[\"https://a.example\"]}]", "moderation", "\"before\""),
        ("sites = [{id=\"a\", origins=[\"*\"]}]", "\"*\"", "no *"),
        ("sites = [{id=\"a\", origins=[]}]", "`sites.0.origins`", "at least one"),
        ("sites = [{id=\"\", origins=[\"https://a.example\"]}]", "`sites.0.id`", "1 to 253 bytes"),
        ("sites = [{id=\"a\"}]", "origins", "missing"),
        (
            "sites = [{id=\"a\", origins=[\"https://a.example\"], words={uk={heading=\"Усе\"}}}]",
            "`sites.0.words.uk.heading` is \"Усе\"",
            "text with {n} in it once",
        ),
        (
            "sites = [{id=\"a\", origins=[\"https://a.example\"], lang=\"ukr\"}]",
            "`sites.0.lang` is \"ukr\"",
            "uk,",
        ),
        (
            "sites = [{id=\"a\", origins=[\"https://a.example\"], moderation=\"never\"}]",
            "\"never\"",
            "after, before",
        ),
    ];
    for (settings, at_fault, accepted) in cases {
        assert_refused(&check(settings), 2, &[at_fault, accepted]);
    }
}

#[test]
fn file_that_is_no_toml_is_refused_with_its_name() {
    assert_refused(&check("listen = \n"), 2, &["dumka.toml"]);
}

#[test]
fn file_that_is_named_and_missing_is_an_error() {
    let output = dumka(tempdir().unwrap().path(), &["check-config", "--config", "missing.toml"], &[]);
    assert_refused(&output, 2, &["missing.toml", "is not there"]);
}

#[test]
fn what_is_named_and_no_file_is_an_error_that_says_what_it_is() {
    for (path, kind) in [(".", "a folder"), ("/dev/null", "no plain file")] {
        let output = dumka(tempdir().unwrap().path(), &["check-config", "--config", path], &[]);
        assert_refused(&output, 2, &[path, kind]);
    }
}

#[test]
fn environment_is_read_and_judged_like_the_file() {
    assert_eq!(check_environment("DUMKA_LIMITS__POSTS_PER_MINUTE", "0").status.code(), Some(0));
    assert_eq!(check_environment("DUMKA_PROXY__TRUSTED", "127.0.0.1, 10.0.0.0/8").status.code(), Some(0));
    let sites = "[{id=\"news.example\", origins=[\"https://news.example\"]}]";
    assert_eq!(check_environment("DUMKA_SITES", sites).status.code(), Some(0));

    let wrong = check_environment("DUMKA_LIMITS__POSTS_PER_MINUTE", "many");
    assert_refused(&wrong, 2, &["DUMKA_LIMITS__POSTS_PER_MINUTE", "many"]);
    let unknown = check_environment("DUMKA_LIMITS__POSTS", "1");
    assert_refused(&unknown, 2, &["DUMKA_LIMITS__POSTS", "posts_per_minute"]);
    assert_refused(&check_environment("DUMKA_LISTNE", "x"), 2, &["DUMKA_LISTNE"]);
}

#[test]
fn flag_wins_over_environment_wins_over_file() {
    let folder = folder_with("listen = \"wrong\"\n");
    let environment = [("DUMKA_LISTEN", "127.0.0.1:1")];
    assert_eq!(dumka(folder.path(), &["check-config"], &environment).status.code(), Some(0));
    let output = dumka(folder.path(), &["check-config", "--listen", "nowhere"], &environment);
    assert_refused(&output, 2, &["listen", "\"nowhere\""]);
}

#[test]
fn moderators_command_makes_no_database() {
    let folder = tempdir().unwrap();
    let id = "01a20b7e-b22b-77e4-a5ee-4034d7d6e50b";
    for words in [&["comments", "list"][..], &["comments", "delete", id]] {
        let output = dumka(folder.path(), &[words, &["--database", "sqlite://mistyped.db"]].concat(), &[]);
        assert_refused(&output, 1, &["there is no database", "mistyped.db"]);
    }
    assert!(!folder.path().join("mistyped.db").exists());
}

#[test]
fn reader_that_has_read_enough_is_no_failure() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dumka"));
    let mut printing = command.arg("openapi").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(printing.stdout.take());
    let output = printing.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn wrong_usage_ends_with_2() {
    let output = dumka(tempdir().unwrap().path(), &["serve", "--port", "1"], &[]);
    assert_eq!(output.status.code(), Some(2));
}
