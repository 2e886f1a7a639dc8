//! The cases in which a story is told: the stage of the program, in the page or in a shadow root.

use crate::binaries;

/// The stage of the program when the page's scripts and the reader act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// On its way.
    Early,
    /// It has the thread.
    Running,
    /// It does not come.
    Blocked,
}

/// The place and the time of the page's changes to a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Case {
    /// The stage of the program.
    pub program: Program,
    /// The thread is inside a shadow root.
    pub is_isolated: bool,
}

impl Case {
    /// All there are.
    pub const ALL: [Self; 6] = [
        case(Program::Early, false),
        case(Program::Running, false),
        case(Program::Blocked, false),
        case(Program::Early, true),
        case(Program::Running, true),
        case(Program::Blocked, true),
    ];

    /// All of them for the first example of a kind; for each that follows, one outside a shadow root, in turn. With
    /// `EVERY_CASE` set each is tried in all of these.
    pub fn of_example(number: usize) -> &'static [Self] {
        let in_page = &Self::ALL[..3];
        match number {
            0 => &Self::ALL,
            _ if binaries::variable("EVERY_CASE").is_some() => in_page,
            _ => &in_page[number % 3..=number % 3],
        }
    }

    /// Those with a program.
    pub const ALIVE: [Self; 4] = [
        case(Program::Early, false),
        case(Program::Running, false),
        case(Program::Early, true),
        case(Program::Running, true),
    ];

    /// Those in which the program has the thread.
    pub const RUNNING: [Self; 2] = [case(Program::Running, false), case(Program::Running, true)];

    /// Those in which it never comes.
    pub const BLOCKED: [Self; 2] = [case(Program::Blocked, false), case(Program::Blocked, true)];

    /// Those in which it is on its way.
    pub const EARLY: [Self; 2] = [case(Program::Early, false), case(Program::Early, true)];
}

const fn case(program: Program, is_isolated: bool) -> Case {
    Case { program, is_isolated }
}
