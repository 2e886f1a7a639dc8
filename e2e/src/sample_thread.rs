//! A lively discussion, with everything in it that a comment can be.

use anyhow::Result;

use crate::Client;

/// Longer than any line, with nowhere to break it.
const ADDRESS: &str = "https://archive.example/2026/05/04/a-very-long-address-of-a-page-that-somebody-copied-whole/index.html?from=comments";

const MARKED_UP: &str = "> Хто це все рахував?\n\nРахували ми вдвох із сусідом:\n\n1. хто прийшов;\n2. хто залишився;\n3. хто *нічого* не зрозумів.\n\n```\nразом 128, минулого разу 97, а позаминулого не рахував ніхто і ніколи\n```\n\nДокладно [у звіті](https://archive.example/report).";

/// Posts it under a page.
pub async fn lively(endpoint: String, page: &str) -> Result<()> {
    let client = Client::new(endpoint, page);
    let key = |name: &str| [page, name].join("/");
    let first = client.post("Олена Кравець", "Були там учора. Людно, але дуже добре.", &key("first")).await?;
    let mut above = first.clone();
    let answers = [
        ("Тарас", "А о котрій краще приходити?"),
        ("Марія Олександрівна Верхньодніпровська-Задунайська", "Зранку. Після десятої вже черга."),
        ("Ігор", "Черга була й о восьмій."),
        ("Тарас", "Тоді прийду ввечері."),
        ("Ірина", "Увечері темно, беріть ліхтарик."),
        ("Ігор", "Ліхтарі там є."),
        ("Ірина", "Один. І той блимає."),
    ];
    for (letter, (name, text)) in ('a'..).zip(answers) {
        above = client.reply(&above, name, text, &key(&letter.to_string())).await?;
    }
    client.votes(&first, 1).await?;
    client.votes(&above, -1).await?;
    let long = format!("Ось {ADDRESS} і {}", "Донаудампфшиффартсгезельшафт".repeat(4));
    client.post("Микита", &long, &key("long")).await?;
    client.post("Сергій П.", MARKED_UP, &key("marked-up")).await?;
    let edited = client.writes("Одне слово тут зайве.", &key("edited")).await?;
    client.edits(&edited, "Одне слово тут було зайве.").await?;
    let deleted = client.writes("Цього тут не буде.", &key("deleted")).await?;
    client.reply(&deleted.id, "Оксана", "І дарма, думка була слушна.", &key("about-the-deleted")).await?;
    client.deletes(&deleted).await?;
    let others = ["Дякую редакції.", "А фото будуть?", "Приєднуюся до питання про фото."];
    for (letter, text) in ('p'..).zip(others) {
        client.post("Читачка", text, &key(&letter.to_string())).await?;
    }
    Ok(())
}
