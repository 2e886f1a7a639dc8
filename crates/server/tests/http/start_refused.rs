//! The real program says why it cannot start.

use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::process::{Command, Output};

use sqlx::{AnyConnection, Connection, Executor};
use tempfile::tempdir;

use crate::config::{assert_refused, dumka};

/// The user who owns no file.
const NOBODY: u32 = 65_534;

#[test]
fn port_in_use_is_said() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = dumka(tempdir().unwrap().path(), &["serve", "--listen", &address], &[]);
    assert_refused(&output, 1, &["listen", &address, "in use"]);
}

#[test]
fn database_that_cannot_be_used_is_said() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("foreign.db"), "this is no database, and long enough to be read as one")
        .unwrap();
    for (database, word) in [("sqlite://missing/dumka.db", "missing"), ("sqlite://foreign.db", "foreign.db")]
    {
        let output = dumka(folder.path(), &["serve", "--listen", "127.0.0.1:0", "--database", database], &[]);
        assert_refused(&output, 1, &["database", word]);
    }
}

/// Run by somebody who owns nothing here: no file mode stops a superuser.
#[tokio::test]
async fn database_that_may_not_be_written_is_said_and_left_alone() {
    let folder = tempdir().unwrap();
    let (file, program) = (folder.path().join("dumka.db"), folder.path().join("dumka"));
    dumka_server::storage::open(&format!("sqlite://{}", file.display())).await.unwrap().close().await;
    let before = fs::read(&file).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_dumka"), &program).unwrap();
    for (path, mode) in [(file.as_path(), 0o444), (&program, 0o555), (folder.path(), 0o555)] {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    let mut command = Command::new(&program);
    command.current_dir(&folder).args(["serve", "--listen", "127.0.0.1:0"]).env_clear();
    if fs::metadata(&folder).unwrap().uid() == 0 {
        command.uid(NOBODY);
    }
    let output = output_once_closed(&mut command);
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();

    assert_refused(&output, 1, &["dumka.db", "written"]);
    assert_eq!(fs::read(&file).unwrap(), before);
}

/// Runs a fresh copy of a program and returns what it prints. A process that another test is just starting may hold the copy open for
/// writing until it has become its own program; before that, nobody may run it.
fn output_once_closed(command: &mut Command) -> Output {
    loop {
        match command.output() {
            Err(busy) if busy.kind() == ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
            output => return output.unwrap(),
        }
    }
}

#[tokio::test]
async fn database_of_a_newer_version_is_left_alone() {
    let folder = tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("dumka.db").display());
    dumka_server::storage::open(&url).await.unwrap().close().await;
    let mut database = AnyConnection::connect(&url).await.unwrap();
    let future = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
        VALUES (9999, 'future', TRUE, X'00', 0)";
    database.execute(future).await.unwrap();
    database.execute("UPDATE meta SET value = '9999' WHERE name = 'oldest_schema'").await.unwrap();
    database.close().await.unwrap();

    let output = dumka(folder.path(), &["serve", "--listen", "127.0.0.1:0"], &[]);

    assert_refused(&output, 1, &["dumka.db", "newer version"]);
}
