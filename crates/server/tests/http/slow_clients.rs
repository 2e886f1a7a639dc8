//! Clients that dawdle, and clients that speak HTTP badly.

use std::time::Duration;

use dumka_server::config::Settings;
use tokio::io::{AsyncReadExt, AsyncWriteExt, Interest};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use crate::running::{Running, comment_with, running_with};

/// Far above every timeout that the tests set: what it cuts short has hung.
const PATIENCE: Duration = Duration::from_secs(30);

const HEAD: &str =
    "POST /api/v1/comments HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\nidempotency-key: k\r\n";

async fn impatient(change: impl FnOnce(&mut Settings)) -> Running {
    running_with(|settings| {
        settings.limits.header_secs = 1;
        settings.limits.body_secs = 1;
        settings.limits.write_secs = 1;
        change(settings);
    })
    .await
}

/// Everything the server says until it closes the connection.
async fn said(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset closes the connection as well as an end does.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut bytes))
        .await
        .expect("the server keeps the connection open");
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn ask(server: &Running, request: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    // Who is refused before the end of the request may be cut.
    let _ = stream.write_all(request.as_bytes()).await;
    said(&mut stream).await
}

#[tokio::test]
async fn silent_client_is_cut() {
    let server = impatient(|_| ()).await;
    assert_eq!(ask(&server, "").await, "");
}

#[tokio::test]
async fn head_that_never_ends_is_cut() {
    let server = impatient(|_| ()).await;
    let said = ask(&server, "GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ").await;
    assert!(!said.contains("200 OK"), "{said}");
}

#[tokio::test]
async fn idle_connection_is_cut_after_its_answer() {
    let server = impatient(|_| ()).await;
    assert!(ask(&server, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test]
async fn body_that_never_ends_is_answered_with_408() {
    let server = impatient(|_| ()).await;
    let said = ask(&server, &format!("{HEAD}content-length: 100\r\n\r\n{{")).await;
    assert!(said.starts_with("HTTP/1.1 408") && said.contains("request_timeout"), "{said}");
}

#[tokio::test]
async fn body_too_large_without_a_length_is_answered_with_413() {
    let server = impatient(|_| ()).await;
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(65_536));
    let said =
        ask(&server, &format!("{HEAD}transfer-encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n")).await;
    assert!(said.starts_with("HTTP/1.1 413") && said.contains("body_too_large"), "{said}");
}

#[tokio::test]
async fn broken_framing_is_refused() {
    let server = impatient(|_| ()).await;
    for framing in [
        "transfer-encoding: chunked\r\n\r\nnot-a-length\r\n",
        "content-length: 2\r\ncontent-length: 3\r\n\r\n{}}",
        "content-length: x\r\n\r\n",
    ] {
        let said = ask(&server, &format!("{HEAD}{framing}")).await;
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{framing}: {said}");
    }
}

#[tokio::test]
async fn head_beyond_its_limit_is_refused() {
    let server = impatient(|settings| settings.limits.header_bytes = 8_192).await;
    let said = ask(&server, &format!("GET /healthz HTTP/1.1\r\nx: {}\r\n\r\n", "x".repeat(20_000))).await;
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 431"), "{said}");
}

/// A request whose head is so long, to the byte.
fn head_of(bytes: usize, filled: &str) -> String {
    let (before, after) = match filled {
        "query" => ("GET /healthz?", " HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"),
        _ => ("GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx: ", "\r\n\r\n"),
    };
    [before, &"x".repeat(bytes - before.len() - after.len()), after].concat()
}

#[tokio::test]
async fn head_is_taken_up_to_its_limit_and_no_further() {
    for limit in [8_192, 10_000, 32_768, 50_000] {
        let server = impatient(|settings| settings.limits.header_bytes = limit).await;
        let limit = limit as usize;
        for filled in ["query", "header"] {
            for bytes in [limit / 2, limit - 1, limit] {
                let said = ask(&server, &head_of(bytes, filled)).await;
                assert!(said.starts_with("HTTP/1.1 200"), "{filled} {bytes} of {limit}: {said}");
            }
            for bytes in [limit + 1, limit + 1_000, limit + 8_192] {
                let said = ask(&server, &head_of(bytes, filled)).await;
                assert!(said.is_empty() || said.starts_with("HTTP/1.1 431"), "{filled} {bytes}: {said}");
            }
        }
    }
}

#[tokio::test]
async fn head_that_comes_in_pieces_is_measured_as_a_whole() {
    let server = impatient(|settings| settings.limits.header_bytes = 10_000).await;
    for (bytes, expected) in [(10_000, "HTTP/1.1 200"), (10_001, "HTTP/1.1 431")] {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        stream.set_nodelay(true).unwrap();
        for piece in head_of(bytes, "header").as_bytes().chunks(3_000) {
            // One that is refused already takes no more.
            let _ = stream.write_all(piece).await;
            tokio::task::yield_now().await;
        }
        let said = said(&mut stream).await;
        assert!(said.starts_with(expected) || (bytes > 10_000 && said.is_empty()), "{bytes}: {said}");
    }
}

#[tokio::test]
async fn client_that_does_not_read_is_cut() {
    let server = impatient(|_| ()).await;
    for n in 0..20 {
        server.accepted(&n.to_string(), &comment_with("text", "ї".repeat(10_000))).await;
    }
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut stream = socket.connect(server.address()).await.unwrap();
    // Answers of 250 KB each, many more than the kernel would take for a client that reads none.
    let ask = "GET /thread?site=s&page=p&limit=all HTTP/1.1\r\nhost: x\r\n\r\n";
    stream.write_all(ask.repeat(80).as_bytes()).await.unwrap();

    let cut = timeout(PATIENCE, async {
        while stream.write_all(b" ").await.is_ok() {
            tokio::task::yield_now().await;
        }
    });

    assert!(cut.await.is_ok());
}

#[tokio::test]
async fn client_that_leaves_a_single_answer_unread_is_reset() {
    let server = impatient(|_| ()).await;
    for n in 0..20 {
        server.accepted(&n.to_string(), &comment_with("text", "ї".repeat(10_000))).await;
    }
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut stream = socket.connect(server.address()).await.unwrap();
    // One answer of 250 KB, which the kernel would take whole and keep.
    let ask = "GET /thread?site=s&page=p&limit=all HTTP/1.1\r\nhost: x\r\n\r\n";
    stream.write_all(ask.as_bytes()).await.unwrap();

    assert!(timeout(PATIENCE, stream.ready(Interest::ERROR)).await.is_ok());
}

#[tokio::test]
async fn polite_client_is_served_while_every_seat_is_taken_by_silent_ones() {
    let server = impatient(|settings| settings.limits.connections = 8).await;
    let mut silent = Vec::new();
    for _ in 0..8 {
        silent.push(TcpStream::connect(server.address()).await.unwrap());
    }
    let response = timeout(PATIENCE, server.get("/healthz").send()).await.unwrap().unwrap();
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn stopping_server_finishes_the_request_in_flight() {
    let server = running_with(|_| ()).await;
    let body = crate::running::comment().to_string();
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    let head = format!("{HEAD}expect: 100-continue\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");

    let finish = async {
        stream.write_all(body.as_bytes()).await.unwrap();
        said(&mut stream).await
    };
    let ((), said) = tokio::join!(server.stop(), finish);

    assert!(said.starts_with("HTTP/1.1 201"), "{said}");
}
