//! Asks a server as fast as it answers, over a few connections, for a bounded time.

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
use crate::service::{POSTS, Post, Service};
use crate::threads::KEY;

const READERS: usize = 32;
const AUTHORS: usize = 8;

/// The duration of a load.
const DURATION: Duration = Duration::from_secs(3);

/// After so many answers a connection has asked enough.
const MAX_REQUESTS: usize = 20_000;

/// Makes the request with this number, counted from 0 over all connections and rounds.
type Asking = Arc<dyn Fn(usize) -> Request<Full<Bytes>> + Send + Sync>;

/// Reads the usual thread, then posts to another where the server takes comments.
pub(crate) async fn run(service: &Service, round: usize) -> Result<Sample> {
    let path = (service.list)(&format!("/{USUAL_SIZE}"));
    let address = service.address;
    let read = move |_| {
        let request = Request::get(&path).header(header::HOST, address.to_string());
        let request = request.header(header::ACCEPT_ENCODING, "br, gzip");
        request.body(Full::default()).expect("a path of ours makes a request")
    };
    let mut sample =
        ask(address, 0..READERS, Arc::new(read)).await?.sample(["reads/s", "read p50 ms", "read p99 ms"]);
    if let Some(post) = service.post {
        let posts =
            ask(address, round * AUTHORS..(round + 1) * AUTHORS, Arc::new(posting(address, post))).await?;
        sample.extend(posts.sample(["posts/s", "post p50 ms", "post p99 ms"]).without("answer KiB"));
    }
    if let Some(pid) = service.pid {
        sample.extend(memory::of_process(pid)?);
    }
    Ok(sample)
}

fn posting(
    address: SocketAddr,
    post: Post,
) -> impl Fn(usize) -> Request<Full<Bytes>> + Send + Sync + 'static {
    move |number| {
        let body = (post.body)(POSTS, &Value::Null, number).to_string();
        Request::post((post.path)(POSTS))
            .header(header::HOST, address.to_string())
            .header(header::CONTENT_TYPE, "application/json")
            .header(KEY, format!("load-{number}"))
            .body(Full::from(body))
            .expect("a path of ours makes a request")
    }
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
async fn ask(address: SocketAddr, connections: Range<usize>, asking: Asking) -> Result<Answers> {
    let started = Instant::now();
    let mut workers = JoinSet::new();
    for connection in connections {
        workers.spawn(ask_in_turn(address, connection * MAX_REQUESTS, Arc::clone(&asking)));
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

async fn ask_in_turn(address: SocketAddr, first: usize, asking: Asking) -> Result<(Vec<f64>, usize)> {
    let (started, mut times, mut bytes) = (Instant::now(), Vec::new(), 0);
    let mut connection = connect(address).await?;
    while started.elapsed() < DURATION && times.len() < MAX_REQUESTS {
        let asked = Instant::now();
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
