//! The real program in what operators run it in: variables that others have set, old zones, proxies nobody has told of.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::tempdir;

const SITE: &str = "[[sites]]\nid = \"news.example\"\norigins = [\"https://news.example\"]\n";

fn check(settings: &str, environment: &[(&str, &str)]) -> Output {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("dumka.toml"), settings).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dumka"));
    command.current_dir(&folder).arg("check-config").env_clear().envs(environment.iter().copied());
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat()
}

fn is_fine(settings: &str, environment: &[(&str, &str)]) -> String {
    let output = check(settings, environment);
    assert_eq!(output.status.code(), Some(0), "{environment:?}: {}", said(&output));
    said(&output)
}

fn is_refused(settings: &str, environment: &[(&str, &str)], words: &[&str]) {
    let output = check(settings, environment);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(2), "{environment:?}: {said}");
    assert!(words.iter().all(|word| said.contains(word)), "{said}");
}

#[test]
fn variables_of_kubernetes_and_empty_ones_are_no_settings() {
    is_fine(
        "",
        &[
            ("DUMKA_PORT", "tcp://10.0.0.11:80"),
            ("DUMKA_SERVICE_HOST", "10.0.0.11"),
            ("DUMKA_SERVICE_PORT", "80"),
            ("DUMKA_SERVICE_PORT_HTTP", "80"),
            ("DUMKA_PORT_80_TCP", "tcp://10.0.0.11:80"),
            ("DUMKA_PORT_80_TCP_PROTO", "tcp"),
            ("DUMKA_PORT_80_TCP_PORT", "80"),
            ("DUMKA_PORT_80_TCP_ADDR", "10.0.0.11"),
            ("DUMKA_SITES", ""),
            ("DUMKA_PUBLIC_URL", ""),
            ("DUMKA_LIMITS__POSTS_PER_MINUTE", " "),
        ],
    );
}

#[test]
fn server_may_be_reached_under_a_path() {
    for address in ["https://c.example", "https://news.example/dumka", "https://news.example/dumka/"] {
        is_fine(&format!("public_url = \"{address}\""), &[]);
    }
    is_refused("public_url = \"https://c.example/?a\"", &[], &["`public_url` is", "no query"]);
    is_refused("limits.reads_per_minute = \"x\"", &[], &["`limits.reads_per_minute` is", "whole number"]);
}

#[test]
fn misspelled_variables_are_refused_as_ever() {
    for name in ["DUMKA_LISTNE", "DUMKA_PORT", "DUMKA_SERVICE", "DUMKA_LIMITS__POST"] {
        is_refused("", &[(name, "8080")], &[name]);
    }
    is_refused("", &[("DUMKA_SERVICE_HOST", "10.0.0.1"), ("DUMKA_LISTEN", "8080")], &["DUMKA_LISTEN"]);
}

#[test]
fn empty_variable_leaves_the_file_alone() {
    is_refused("listen = \"x\"", &[("DUMKA_LISTEN", "")], &["dumka.toml", "`listen` is \"x\""]);
}

#[test]
fn section_that_is_given_a_value_names_its_keys() {
    let environment = |name, value, key| is_refused("", &[(name, value)], &[name, value, key]);
    environment("DUMKA_LOG", "debug", "DUMKA_LOG__LEVEL, DUMKA_LOG__FORMAT");
    environment("DUMKA_PROXY", "127.0.0.1", "DUMKA_PROXY__TRUSTED");
    environment("DUMKA_LIMITS", "0", "DUMKA_LIMITS__POSTS_PER_MINUTE");
    for (settings, words) in [
        ("log = \"debug\"", &["`log` is \"debug\"", "log.level, log.format"][..]),
        ("limits = 6", &["`limits` is 6", "limits.posts_per_minute"]),
        ("proxy = true", &["`proxy` is true", "proxy.trusted"]),
        ("sites = [\"news.example\"]", &["`sites.0` is \"news.example\"", "sites.0.id, sites.0.origins"]),
    ] {
        is_refused(settings, &[], words);
    }
}

#[test]
fn setting_with_one_mark_between_its_levels_is_named_with_two() {
    is_refused("", &[("DUMKA_LOG_LEVEL", "debug")], &["DUMKA_LOG_LEVEL", "DUMKA_LOG__LEVEL"]);
    is_refused("", &[("DUMKA_PROXY_TRUSTED", "::1")], &["DUMKA_PROXY__TRUSTED"]);
    is_refused("limits_votes_per_minute = 1", &[], &["limits.votes_per_minute"]);
}

#[test]
fn built_in_zones_answer_where_the_systems_do_not() {
    let (empty, old, none) = (tempdir().unwrap(), tempdir().unwrap(), "/nowhere/at/all");
    // A database of before Kyiv and Ciudad Juárez had their names: one zone, UTC (RFC 8536).
    let utc = b"TZif\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x04\0\0\0\0\0\0UTC\0";
    fs::create_dir(old.path().join("Europe")).unwrap();
    for name in ["UTC", "Europe/Kiev"] {
        fs::write(old.path().join(name), utc).unwrap();
    }
    for folder in [empty.path(), old.path(), Path::new(none)] {
        for zone in ["Europe/Kyiv", "America/Ciudad_Juarez", "Asia/Qostanay", "Europe/Kiev", "UTC"] {
            is_fine(&format!("{SITE}timezone = \"{zone}\""), &[("TZDIR", folder.to_str().unwrap())]);
        }
        let wrong = format!("{SITE}timezone = \"Europe/Kyyiv\"");
        is_refused(&wrong, &[("TZDIR", folder.to_str().unwrap())], &["Europe/Kyyiv", "IANA"]);
    }
}

#[test]
fn public_site_that_only_this_machine_reaches_wants_its_proxy_named() {
    let said = is_fine(SITE, &[]);
    assert!(said.contains("hint") && said.contains("trusted = [\"127.0.0.1\"]"), "{said}");
    let said = is_fine(&format!("listen = \"[::1]:8080\"\n{SITE}"), &[]);
    assert!(said.contains("trusted = [\"::1\"]"), "{said}");
    let local = SITE.replace("https://news.example", "http://localhost:3000");
    for quiet in [
        "",
        &format!("[proxy]\ntrusted = [\"127.0.0.1\"]\n{SITE}"),
        &format!("listen = \"0.0.0.0:8080\"\n{SITE}"),
        &local,
    ] {
        assert!(!is_fine(quiet, &[]).contains("hint"), "{quiet}");
    }
}

/// A program that serves, and what it says.
struct Serving {
    process: Child,
    log: BufReader<std::process::ChildStderr>,
    address: String,
}

fn serve(environment: &[(&str, &str)]) -> (Serving, tempfile::TempDir) {
    let folder = tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dumka"));
    command.current_dir(&folder).args(["serve", "--listen", "127.0.0.1:0"]).env_clear();
    command.envs(environment.iter().copied()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut log = BufReader::new(process.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("address=") {
        line.clear();
        assert_ne!(log.read_line(&mut line).unwrap(), 0, "it ended");
    }
    let address = line.trim().rsplit_once('=').unwrap().1.to_owned();
    (Serving { process, log, address }, folder)
}

impl Serving {
    async fn is_asked(&self, headers: &[(&str, &str)]) {
        let url = format!("http://{}/api/v1/comments?site=s&page=p", self.address);
        let request = reqwest::Client::new().get(url);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        assert_eq!(request.send().await.unwrap().status(), 200);
    }

    fn ended(mut self) -> String {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        let lines: Vec<_> = self.log.lines().map(Result::unwrap).collect();
        lines.join("\n")
    }
}

#[tokio::test]
async fn proxy_that_nobody_has_told_of_is_told_of_once() {
    let (server, _folder) = serve(&[]);
    server.is_asked(&[]).await;
    for header in ["x-forwarded-for", "forwarded", "x-real-ip"] {
        server.is_asked(&[(header, "203.0.113.9")]).await;
    }
    let log = server.ended();
    let warnings: Vec<_> =
        log.lines().filter(|line| line.contains("WARN") && line.contains("addresses")).collect();
    assert_eq!(warnings.len(), 1, "{log}");
    assert!(warnings[0].contains("[proxy]") && warnings[0].contains("trusted = [\"127.0.0.1\"]"), "{log}");
    assert!(!log.contains("203.0.113.9"), "{log}");
}

#[tokio::test]
async fn proxy_that_is_trusted_needs_no_word() {
    let (server, _folder) = serve(&[("DUMKA_PROXY__TRUSTED", "127.0.0.1")]);
    server.is_asked(&[("x-forwarded-for", "203.0.113.9"), ("x-real-ip", "203.0.113.9")]).await;
    let log = server.ended();
    assert!(!log.contains("trusted"), "{log}");
}

#[tokio::test]
async fn what_is_passed_over_is_said_to_whoever_looks_closely() {
    let environment =
        [("DUMKA_PORT", "tcp://10.0.0.11:80"), ("DUMKA_SERVICE_HOST", "10.0.0.11"), ("DUMKA_SITES", "")];
    for (level, is_said) in [("debug", true), ("info", false)] {
        let folder = tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_dumka"));
        // A port that cannot be: it says what it has to say and ends.
        command.current_dir(&folder).args(["serve", "--listen", "203.0.113.1:1"]).env_clear();
        let output = command.envs(environment).env("DUMKA_LOG__LEVEL", level).output().unwrap();
        let said = said(&output);
        for (name, _) in environment {
            assert_eq!(said.contains(name), is_said, "{said}");
        }
    }
}
