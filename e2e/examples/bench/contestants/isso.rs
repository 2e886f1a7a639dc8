//! Isso from `PyPI`, with gevent as its documentation advises, behind a proxy that compresses.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use e2e::{Site, until};
use serde_json::{Value, json};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::contestant::{Composer, Contestant};
use crate::service::{Post, Service};
use crate::texts::{Texts, Written};
use crate::{newspaper, threads};

const COMPOSER: Composer = Composer {
    open: None,
    text: ".isso-postbox .isso-textarea",
    name: ".isso-postbox [name=author]",
    submit: ".isso-postbox [type=submit]",
};

const POST: Post = Post { path: |page| format!("/new?uri={page}"), body, id: |answer| &answer["id"] };

/// A larger thread takes it minutes to be filled with, and minutes to draw.
const MAX_COMMENTS: usize = 1_000;

/// The most bytes that a page sends.
const MAX_BODY_BYTES: usize = 1 << 20;

/// A running Isso; dropped, it is ended.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // Already gone is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Installs Isso and starts it once, for two: as it comes, and asked for twenty comments.
/// None where it cannot be installed.
pub(crate) async fn start(sizes: &[usize], texts: Texts, folder: &Path) -> Result<Vec<Contestant>> {
    let program = match install(folder) {
        Ok(program) => program,
        Err(failure) => {
            eprintln!("without Isso, which cannot be installed: {failure:#}");
            return Ok(Vec::new());
        }
    };
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let proxy = Arc::new(proxy(address).await?);
    let (whole, twenty) = (tag(&proxy, "inf"), tag(&proxy, "20"));
    let newspapers = (newspaper::open(whole).await?, newspaper::open(twenty).await?);
    let process = Arc::new(serve(&program, address, [&newspapers.0, &newspapers.1]).await?);
    let service =
        Service { address, reads: address, pid: Some(process.0.id()), list, texts, post: Some(POST) };
    let sizes: Vec<_> = sizes.iter().copied().filter(|&size| size <= MAX_COMMENTS).collect();
    threads::fill(&service, &sizes).await?;
    let alive = (process, proxy);
    let twenty = Contestant {
        name: "Isso, 20 asked for",
        shown: threads::with_twenty_on_top,
        service: None,
        ..contestant(newspapers.1, service.clone(), Box::new(alive.clone()))
    };
    Ok(vec![contestant(newspapers.0, service, Box::new(alive)), twenty])
}

fn contestant(site: Site, service: Service, alive: Box<(Arc<Process>, Arc<Site>)>) -> Contestant {
    Contestant {
        name: "Isso",
        site,
        comment: "isso-comment",
        ready: ".isso-postbox",
        shown: |size| size,
        most: MAX_COMMENTS,
        all: None,
        composer: Some(COMPOSER),
        service: Some(service),
        _alive: alive,
    }
}

fn tag(proxy: &Site, top: &'static str) -> impl Fn(usize) -> String + Send + Sync + 'static {
    let url = proxy.url().to_owned();
    move |size| {
        format!(
            "<script async src={url}js/embed.min.js data-isso={url} data-isso-max-comments-top={top}></script>\
             <section id=isso-thread data-isso-id=/{size} data-title=Bench></section>"
        )
    }
}

/// Makes a virtual environment in `folder`, where there is none yet.
fn install(folder: &Path) -> Result<PathBuf> {
    let folder = folder.join("isso");
    let program = folder.join("bin/isso");
    if program.exists() {
        return Ok(program);
    }
    eprintln!("installing Isso from PyPI into {}", folder.display());
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    run(Command::new(folder.join("bin/pip")).args(["install", "--quiet", "isso", "gevent"]))?;
    Ok(program)
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.stdout(Stdio::null()).status().with_context(|| format!("{command:?}"))?;
    ensure!(status.success(), "{command:?}: {status}");
    Ok(())
}

/// Starts it on an empty database, for pages of `sites`.
async fn serve(program: &Path, address: SocketAddr, sites: [&Site; 2]) -> Result<Process> {
    let folder = program.parent().and_then(Path::parent).context("the program lies in a folder")?;
    let (settings, database) = (folder.join("bench.cfg"), folder.join("bench.db"));
    if database.exists() {
        fs::remove_file(&database)?;
    }
    let hosts = sites.map(Site::url).join("\n    ");
    let text = format!(
        "[general]\ndbpath = {}\nhost =\n    {hosts}\n[server]\nlisten = http://{address}\n[guard]\nenabled = false\n",
        database.display()
    );
    fs::write(&settings, text)?;
    let log = File::create(folder.join("bench.log"))?;
    let mut command = Command::new(program);
    command.arg("-c").arg(settings).arg("run").stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    let process = Process(command.spawn().with_context(|| program.display().to_string())?);
    let script = format!("http://{address}/js/embed.min.js");
    until("Isso is ready", async || Ok(reqwest::get(&script).await?.status().is_success().then_some(())))
        .await?;
    Ok(process)
}

/// Answers in Isso's place, compressed.
async fn proxy(upstream: SocketAddr) -> Result<Site> {
    let compression = CompressionLayer::new().quality(CompressionLevel::Precise(5));
    let router =
        Router::new().fallback(pass_on).layer(compression).with_state((upstream, reqwest::Client::new()));
    Site::with_router(router).await
}

async fn pass_on(
    State((upstream, http)): State<(SocketAddr, reqwest::Client)>,
    request: Request,
) -> Response {
    let answer = forward(upstream, &http, request).await;
    answer.unwrap_or_else(|_| StatusCode::BAD_GATEWAY.into_response())
}

async fn forward(upstream: SocketAddr, http: &reqwest::Client, request: Request) -> Result<Response> {
    let (mut parts, body) = request.into_parts();
    parts.headers.remove(header::HOST);
    let url = format!("http://{upstream}{}", parts.uri);
    let body = to_bytes(body, MAX_BODY_BYTES).await?;
    let answer = http.request(parts.method, url).headers(parts.headers).body(body).send().await?;
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer.headers().iter().filter(|(name, _)| *name != header::TRANSFER_ENCODING) {
        response = response.header(name, value);
    }
    Ok(response.body(Body::from(answer.bytes().await?))?)
}

fn list(page: &str) -> String {
    format!("/?uri={page}")
}

fn body(_: &str, parent: &Value, Written { author, text }: Written) -> Value {
    json!({ "author": author, "text": text, "parent": parent, "title": "Bench" })
}
