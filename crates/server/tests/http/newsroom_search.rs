//! The index of words of a database that was filled without one.

use dumka_api::newsroom::{NewsroomListing, StaffRole, paths};
use dumka_server::storage;
use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, Connection, Executor};

use crate::move_database::COMMENT;
use crate::newsroom_people::{granted, newsroom_on};
use crate::test_store::TestStore;

/// The site of the comment that is there.
const SITE: &str = "news.example";

#[tokio::test]
async fn comments_without_an_index_are_found_once_the_server_is_up() {
    let database = TestStore::create().await;
    install_default_drivers();
    storage::open(database.url()).await.unwrap().close().await;
    let mut connection = AnyConnection::connect(&database.url()).await.unwrap();
    connection.execute(COMMENT).await.unwrap();
    connection.close().await.unwrap();
    let newsroom = newsroom_on(database, |settings| {
        settings.sites.push(crate::running::site(SITE, "https://news.example"));
    })
    .await;
    let who = newsroom.key("reader", "*", StaffRole::Observer).await;
    loop {
        let request = newsroom.find(&who, paths::COMMENTS, &[("q", "думки")]);
        let listing: NewsroomListing = granted(request).await;
        if listing.total == 1 {
            assert_eq!(listing.comments[0].text, "Думка");
            return;
        }
        tokio::task::yield_now().await;
    }
}
