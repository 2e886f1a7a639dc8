//! The comments' texts and authors, the same for everybody and whenever they are asked for.

const NAMES: [&str; 8] =
    ["Олена", "Taras", "Марія К.", "old_miller", "Пётр", "Iryna", "ферри", "Anna Shevchuk"];

const SYLLABLES: [&str; 32] = [
    "во", "на", "ра", "по", "ко", "то", "не", "ли", "ка", "ре", "го", "ста", "за", "та", "ни", "де", "ла",
    "про", "ти", "ва", "пе", "ма", "ри", "же", "до", "сло", "бе", "му", "тря", "ши", "чу", "ём",
];

/// The beginnings and the ends of a language's words, by which texts repeat themselves about as much as what is written
/// in it, and its short words.
struct Language {
    stems: &'static str,
    endings: &'static [&'static str],
    small: &'static str,
}

const LANGUAGES: [Language; 3] = [
    Language {
        stems: "міст вулиц трамва зупинк дорог будинк район мешканц депутат бюджет ремонт школ лікарн парк річк \
                автобус квитк грош подат рішенн питанн відповід проєкт план робот час тижн рок зим літ вечор ранк \
                сусід дит батьк люд чоловік жінк журналіст редакц статт новин коментар думк правд помилк причин \
                наслідк прикла досвід знанн книг фільм пісн музик театр виста музе художник ринк магазин товар \
                цін якіст послуг фірм керівник директор працівник інженер лікар вчител студент університет наук \
                дослідженн відкритт технолог машин двигун паливо енерг світл вод тепл газ мереж зв'язк",
        endings: &["", "а", "и", "у", "ом", "ами", "ів", "ою", "ний", "ного", "ати", "или"],
        small: "і в на що не це як з до за але ми ви вони там тут ще вже тільки коли тому якби може треба дуже так",
    },
    Language {
        stems: "город улиц трамва остановк дорог дом район жител депутат бюджет ремонт школ больниц парк рек автобус \
                билет деньг налог решени вопрос ответ проект план работ врем недел год зим лет вечер утр сосед \
                реб родител люд человек женщин журналист редакци стать новост комментар мысл правд ошибк причин \
                последстви пример опыт знани книг фильм песн музык театр спектакл музе художник рынк магазин \
                товар цен качеств услуг фирм начальник директор работник инженер врач учител студент институт \
                наук исследовани открыти технологи машин двигател топлив энерги свет вод тепл газ сет связ",
        endings: &["", "а", "ы", "у", "ом", "ами", "ов", "ой", "ный", "ного", "ать", "или"],
        small: "и в на что не это как с до за но мы вы они там тут ещё уже только когда поэтому если может надо очень так",
    },
    Language {
        stems: "town street tram stop road house district resident council budget repair school clinic park river bus \
                ticket money tax decision question answer project plan work time week year winter summer evening \
                morning neighbour child parent person report editor article news comment thought truth mistake \
                reason result example lesson book film song theatre museum painter market shop price quality \
                service company manager director worker engineer doctor teacher student college science study \
                discovery machine engine fuel energy light water heat network signal bridge tunnel station pilot",
        endings: &["", "s", "ed", "ing", "er", "ly"],
        small: "and in on that not this as with to for but we you they there here still just when so if may must very",
    },
];

/// The texts of the comments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Texts {
    /// About 300 characters each, in three languages.
    #[default]
    Usual,
    /// Of 4 to 64 short words.
    Short,
}

/// A comment as somebody wrote it.
pub(crate) struct Written {
    /// The author's name.
    pub(crate) author: &'static str,
    /// Their text.
    pub(crate) text: String,
}

impl Texts {
    /// Returns the comment with a number.
    pub(crate) fn written(self, number: usize) -> Written {
        let text = match self {
            Self::Usual => usual(number),
            Self::Short => short(number),
        };
        Written { author: NAMES[scramble(number) % NAMES.len()], text }
    }
}

/// Sentences of one language, 150 to 450 characters of them.
fn usual(number: usize) -> String {
    let language = &LANGUAGES[scramble(number) % LANGUAGES.len()];
    let [stems, small] =
        [language.stems, language.small].map(|words| words.split_whitespace().collect::<Vec<_>>());
    let length = 150 + scramble(number + 1) % 300;
    let (mut text, mut sentence) = (String::new(), 0);
    for place in 0.. {
        let dice = scramble(number * 512 + place);
        let word = match dice % 5 {
            0 | 1 => small[dice / 5 % small.len()].to_owned(),
            _ => [stems[dice / 5 % stems.len()], language.endings[dice / 999 % language.endings.len()]]
                .concat(),
        };
        text.push_str(&if sentence == 0 { capital(&word) } else { word });
        sentence = (sentence + 1) % (6 + number % 7);
        if text.chars().count() >= length {
            break;
        }
        text.push_str(if sentence == 0 { ". " } else { " " });
    }
    text + "."
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Words of a language that nobody speaks, so that it compresses about as what people write does.
fn short(number: usize) -> String {
    let words = 4 + scramble(number) % 61;
    let word = |place: usize| {
        let dice = scramble(number * 64 + place);
        let syllables = (0..2 + dice % 2).map(|step| SYLLABLES[(dice >> (8 + 5 * step)) % SYLLABLES.len()]);
        syllables.collect::<String>()
    };
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

/// A number without a pattern (splitmix64, by Sebastiano Vigna).
fn scramble(number: usize) -> usize {
    let mut dice = (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    dice = (dice ^ (dice >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    dice = (dice ^ (dice >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    // Only ever a remainder is taken of it.
    usize::try_from((dice ^ (dice >> 31)) >> 33).expect("31 bits fit")
}
