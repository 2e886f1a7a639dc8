//! What every backend promises.

use dumka_server::storage::Accepted;

use crate::fixture::*;

#[tokio::test]
async fn comments_are_listed_in_display_order() {
    let test = TestStore::sqlite().await;
    keep(&*test.store, [comment(1), comment(2), reply(3, 1), reply(4, 2), reply(5, 3), reply(6, 1)]).await;
    let page = test.store.list(&whole(thread())).await.unwrap();
    assert_eq!(numbers(&page), [1, 3, 5, 6, 2, 4]);
    assert_eq!(page.thread.total, 6);
    let again = test.store.submit(comment(1)).await.unwrap();
    assert!(matches!(again, Accepted::Replayed(_)));
    test.store.ping().await.unwrap();
    assert_eq!(test.store.secret([7; 32]).await.unwrap(), [7; 32]);
    assert_eq!(test.store.secret([8; 32]).await.unwrap(), [7; 32]);
    test.store.close().await;
}
