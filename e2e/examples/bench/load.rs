//! Sends a server requests over a few connections for a bounded time: as fast as it answers, or at a steady rate.

use std::net::SocketAddr;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::figures::Sample;
use crate::memory;
use crate::plan::USUAL_SIZE;
use crate::service::{BURNING, POSTS, Post, Service};
use crate::threads::KEY;

const READERS: usize = 32;
const AUTHORS: usize = 8;

/// The duration of a load.
const DURATION: Duration = Duration::from_secs(3);

/// After so many answers a connection has asked enough.
const MAX_REQUESTS: usize = 20_000;

/// The time from one comment to the next of an author of a burning thread: 300 comments a second of all authors together.
const PAUSE: Duration = Duration::from_micros(26_667);

const READ_COLUMNS: [&str; 3] = ["reads/s", "read p50 ms", "read p99 ms"];
const POST_COLUMNS: [&str; 3] = ["posts/s", "post p50 ms", "post p99 ms"];

/// Makes the request with this number, counted from 0 over all connections and rounds.
type Asking = Arc<dyn Fn(usize) -> Request<Full<Bytes>> + Send + Sync>;

/// The moment at which a connection sends its next request.
#[derive(Debug, Clone, Copy)]
enum Pace {
    /// Once it has the response to the last one.
    Fastest,
    /// At so many a second, or late where the server is; then its time counts from when it was due.
    Every(Duration),
}

/// Reads the usual thread, then posts to another where the server takes comments.
pub(crate) async fn run(service: &Service, round: usize) -> Result<Sample> {
    let reads = reading(service, &format!("/{USUAL_SIZE}"));
    let mut sample = ask(service.reads, 0..READERS, Pace::Fastest, reads).await?.sample(READ_COLUMNS);
    if let Some(post) = service.post {
        let posts = posting(service, post, POSTS);
        let posts = ask(service.address, authors(round), Pace::Fastest, posts).await?;
        sample.extend(posts.sample(POST_COLUMNS).without("answer KiB"));
    }
    if let Some(pid) = service.pid {
        sample.extend(memory::of_process(pid)?);
    }
    Ok(sample)
}

/// Reads one thread while comments go to it at a steady rate.
pub(crate) async fn burn(service: &Service, post: Post, round: usize) -> Result<Sample> {
    let address = service.address;
    let (reads, posts) = tokio::try_join!(
        ask(service.reads, 0..READERS, Pace::Fastest, reading(service, BURNING)),
        ask(address, authors(round), Pace::Every(PAUSE), posting(service, post, BURNING)),
    )?;
    let mut sample = reads.sample(READ_COLUMNS);
    sample.extend(posts.sample(POST_COLUMNS).without("answer KiB"));
    Ok(sample)
}

/// The connections of a round's authors, each of which numbers its comments in a range of its own.
fn authors(round: usize) -> Range<usize> {
    round * AUTHORS..(round + 1) * AUTHORS
}

fn reading(service: &Service, page: &str) -> Asking {
    let (path, address) = ((service.list)(page), service.reads);
    Arc::new(move |_| {
        let request = Request::get(&path).header(header::HOST, address.to_string());
        let request = request.header(header::ACCEPT_ENCODING, "br, gzip");
        request.body(Full::default()).expect("a path of ours makes a request")
    })
}

fn posting(service: &Service, post: Post, page: &'static str) -> Asking {
    let (address, texts) = (service.address, service.texts);
    Arc::new(move |number| {
        let body = (post.body)(page, &Value::Null, texts.written(number)).to_string();
        Request::post((post.path)(page))
            .header(header::HOST, address.to_string())
            .header(header::CONTENT_TYPE, "application/json")
            .header(KEY, format!("load-{page}-{number}"))
            .body(Full::from(body))
            .expect("a path of ours makes a request")
    })
}

/// The responses under load.
struct Answers {
    /// Milliseconds that each took, from the shortest.
    times: Vec<f64>,
    /// The body bytes of all of them.
    bytes: usize,
    /// The duration of the whole.
    elapsed: Duration,
}

impl Answers {
    fn sample(&self, [rate, half, most]: [&'static str; 3]) -> Sample {
        let count = number(self.times.len());
        let at = |percent: usize| self.times.get(self.times.len() * percent / 100).copied();
        Sample::new([
            (rate, Some(count / self.elapsed.as_secs_f64())),
            (half, at(50)),
            (most, at(99)),
            ("answer KiB", Some(number(self.bytes) / count / 1024.0)),
        ])
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a few seconds are far below 2^52")]
fn number(count: usize) -> f64 {
    count as f64
}

/// Each connection numbers its requests in a range of its own.
async fn ask(address: SocketAddr, connections: Range<usize>, pace: Pace, asking: Asking) -> Result<Answers> {
    let started = Instant::now();
    let mut workers = JoinSet::new();
    for connection in connections {
        workers.spawn(ask_in_turn(address, connection * MAX_REQUESTS, pace, Arc::clone(&asking)));
    }
    let (mut times, mut bytes) = (Vec::new(), 0);
    while let Some(worker) = workers.join_next().await {
        let (took, length) = worker??;
        times.extend(took);
        bytes += length;
    }
    let elapsed = started.elapsed();
    times.sort_by(f64::total_cmp);
    Ok(Answers { times, bytes, elapsed })
}

async fn ask_in_turn(
    address: SocketAddr,
    first: usize,
    pace: Pace,
    asking: Asking,
) -> Result<(Vec<f64>, usize)> {
    let (started, mut times, mut bytes) = (Instant::now(), Vec::new(), 0);
    let mut connection = connect(address).await?;
    while started.elapsed() < DURATION && times.len() < MAX_REQUESTS {
        let asked = match pace {
            Pace::Fastest => Instant::now(),
            Pace::Every(pause) => {
                let due = started + pause * u32::try_from(times.len())?;
                tokio::time::sleep_until(due.into()).await;
                due
            }
        };
        // A server may close after each answer; a reader would pay for the new connection too.
        if connection.ready().await.is_err() {
            connection = connect(address).await?;
        }
        let answer = connection.send_request(asking(first + times.len())).await?;
        let status = answer.status();
        bytes += answer.into_body().collect().await?.to_bytes().len();
        ensure!(status.is_success(), "{address} answers {status} under load");
        times.push(asked.elapsed().as_secs_f64() * 1000.0);
    }
    Ok((times, bytes))
}

async fn connect(address: SocketAddr) -> Result<SendRequest<Full<Bytes>>> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // How a connection ends is seen by the next request.
    tokio::spawn(async { drop(connection.await) });
    Ok(sender)
}
