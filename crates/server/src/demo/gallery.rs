//! The gallery: one discussion in several styles, by style sheets alone.

/// The page of every style, with placeholders for the parts that differ.
const PAGE: &str = include_str!("../../../../demo/styles/page.html");

/// The styles: the name in addresses, the name for readers, the description, the style sheet.
const STYLES: [(&str, &str, &str, &str); 5] = [
    (
        "newspaper",
        "Газета",
        "Шрифт із засічками, лінійки й нічого зайвого.",
        include_str!("../../../../demo/styles/newspaper.css"),
    ),
    (
        "dark",
        "Ніч",
        "Завжди темна, хоч би яку тему обрав читач.",
        include_str!("../../../../demo/styles/dark.css"),
    ),
    (
        "forum",
        "Форум",
        "Багато розмови на одному екрані, автор ліворуч.",
        include_str!("../../../../demo/styles/forum.css"),
    ),
    (
        "cards",
        "Картки",
        "Заокруглені картки на кольоровому тлі.",
        include_str!("../../../../demo/styles/cards.css"),
    ),
    (
        "large",
        "Великий друк",
        "Великі літери й кнопки, щоб не напружувати очей і не цілитися.",
        include_str!("../../../../demo/styles/large.css"),
    ),
];

/// One style of the gallery.
pub(super) struct GalleryStyle {
    /// The path of its page.
    pub(super) path: String,
    /// Its page.
    pub(super) page: String,
    /// The path of its style sheet, and the sheet; none for the widget's own style.
    pub(super) sheet: Option<(String, &'static str)>,
}

/// All styles; the first is the widget's own.
pub(super) fn styles() -> Vec<GalleryStyle> {
    let plain = GalleryStyle {
        path: "/demo/styles/".into(),
        page: page(
            "/demo/styles/",
            ["Як є", "Жодного правила для коментарів: лише шрифт і колір сторінки.", ""],
        ),
        sheet: None,
    };
    let styled = STYLES.map(|(name, title, about, sheet)| {
        let (path, address) = (format!("/demo/styles/{name}/"), format!("/demo/styles/{name}.css"));
        let link = format!("<link rel=\"stylesheet\" href=\"{address}\">");
        GalleryStyle { page: page(&path, [title, about, &link]), path, sheet: Some((address, sheet)) }
    });
    [plain].into_iter().chain(styled).collect()
}

/// The page at `path`, which differs from the others by its title, its style sheet and the link that is marked.
fn page(path: &str, [title, about, sheet]: [&str; 3]) -> String {
    let link = format!("href=\"{path}\"");
    PAGE.replace("{title}", title)
        .replace("{about}", about)
        .replace("{sheet}", sheet)
        .replace(&link, &format!("{link} aria-current=\"page\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX_LINES: usize = 60;
    const DOCUMENT: &str = include_str!("../../../../docs/styling.md");

    /// The names in a style sheet that are the widget's: classes, custom properties, attributes.
    fn names(sheet: &str) -> impl Iterator<Item = &str> {
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let words = sheet.split(move |letter| !is_part(letter));
        words.filter(|word| ["dumka-", "--dumka-", "data-"].iter().any(|start| word.starts_with(start)))
    }

    #[test]
    fn every_style_is_short_and_uses_only_names_that_are_documented() {
        for (style, _, _, sheet) in STYLES {
            let lines = sheet.lines().count();
            assert!(lines < MAX_LINES, "{style}: {lines} lines");
            assert!(!sheet.contains("!important") && !sheet.contains("isolate"), "{style}");
            let mut used = names(sheet).peekable();
            assert!(used.peek().is_some(), "{style} styles nothing of the widget");
            for name in used {
                let is_said =
                    [format!("`{name}`"), format!("`{name}=")].iter().any(|it| DOCUMENT.contains(it));
                assert!(is_said || name == "dumka-comments", "{style}: {name} is not in docs/styling.md");
            }
        }
    }

    #[test]
    fn styles_differ_by_title_style_sheet_and_mark_alone() {
        let styles = styles();
        let bare = |style: &GalleryStyle| {
            let page = style.page.replace(" aria-current=\"page\"", "");
            let lines = page.lines().filter(|line| {
                !["<title>", "about", "rel=\"stylesheet\""].iter().any(|it| line.contains(it))
            });
            lines.filter(|line| !line.trim().is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        for style in &styles {
            assert_eq!(bare(style), bare(&styles[0]), "{}", style.path);
            assert_eq!(style.page.matches("aria-current").count(), 1, "{}", style.path);
        }
    }
}
