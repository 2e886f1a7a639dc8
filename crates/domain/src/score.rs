//! The score of a comment, computed from its votes.

use dumka_api::Votes;

/// The quantile of the normal distribution for a confidence of 95 %.
const Z: f64 = 1.96;
/// The factor that turns a share into an integer of millionths.
const SCALE: f64 = 1_000_000.0;

/// Computes the score by which comments are sorted, the best first: −1,000,000 to 1,000,000, and 0 without votes.
///
/// It is the lower bound of the share of readers who are for the comment, at a confidence of 95 %. So many votes
/// say more than few: 60 of 80 stand before 1 of 1. Where more are against it, it is the same bound of the share
/// of those, below zero, so that a comment that nobody has judged stands before one that was judged badly. One
/// more vote for a comment never lowers its score, and one more against it never raises it.
///
/// The bound is that of E. B. Wilson's score interval ("Probable Inference, the Law of Succession, and
/// Statistical Inference", Journal of the American Statistical Association 22, 1927); E. Miller proposed it for
/// ranking ("How Not to Sort by Average Rating", 2009).
pub fn score(votes: Votes) -> i64 {
    let (up, down) = (f64::from(votes.up), f64::from(votes.down));
    let total = up + down;
    if total == 0.0 {
        return 0;
    }
    let bound = if down > up { -lower_bound(down, total) } else { lower_bound(up, total) };
    #[expect(clippy::cast_possible_truncation, reason = "a share of one million at most fits")]
    let score = (bound * SCALE).round() as i64;
    score
}

/// Computes the lower bound of Wilson's score interval for `successes` in `total` trials, of which there is one at least.
fn lower_bound(successes: f64, total: f64) -> f64 {
    let share = successes / total;
    let middle = share + Z * Z / (2.0 * total);
    let margin = Z * ((share * (1.0 - share) + Z * Z / (4.0 * total)) / total).sqrt();
    (middle - margin) / (1.0 + Z * Z / total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(up: u32, down: u32) -> i64 {
        score(Votes { up, down })
    }

    #[test]
    fn bounds_are_those_of_wilsons_interval() {
        assert_eq!(of(0, 0), 0);
        // Worked out by hand: n = 1, p = 1 gives (1 + z²/2 − z √(z²/4)) / (1 + z²) = 1 / 4.8416.
        assert_eq!(of(1, 0), 206_543);
        assert_eq!(of(0, 1), -206_543);
        // Newcombe (Statistics in Medicine 17, 1998, table I): 81 of 263 has the interval 0.2553 to 0.3662,
        // so the 182 others have 0.6338 to 0.7447.
        assert!((0.25525..0.25535).contains(&lower_bound(81.0, 263.0)));
        assert_eq!(of(81, 182), -633_789);
    }

    #[test]
    fn comments_are_ranked_as_readers_would() {
        let ranked = [(600, 10), (60, 20), (5, 0), (1, 0), (1, 1), (0, 0), (0, 1), (1, 9), (0, 50)];
        let scores = ranked.map(|(up, down)| of(up, down));
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
    }

    #[test]
    fn vote_moves_the_score_its_own_way() {
        for (up, down) in (0..40).flat_map(|up| (0..40).map(move |down| (up, down))) {
            assert!(of(up + 1, down) > of(up, down), "{up} {down}");
            assert!(of(up, down + 1) < of(up, down), "{up} {down}");
        }
    }

    #[test]
    fn any_number_of_votes_has_a_score() {
        assert!(of(u32::MAX, 0) > 999_990 && of(0, u32::MAX) < -999_990);
        assert!((499_000..500_000).contains(&of(u32::MAX, u32::MAX)));
    }
}
