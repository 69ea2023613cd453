//! What the rules suggest for a case; the person decides.
use programs::RuleId;

use crate::model::{Conflict, Deal, Outcome};

/// What the rules would have one do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suggestion {
    /// Nothing speaks against it.
    Approve,
    /// Something is unclear.
    Look,
    /// A rule speaks against it: the first that does.
    Reject(Option<RuleId>),
}

/// From what the rules said and what resembles the claim.
pub(super) fn suggest(deal: &Deal, conflicts: &[Conflict]) -> Suggestion {
    let with =
        |outcome| deal.rules.iter().find(|verdict| verdict.outcome == outcome).map(|verdict| verdict.rule);
    if let Some(rule) = with(Outcome::Failed) {
        return Suggestion::Reject(Some(rule));
    }
    let against: Vec<&Conflict> = conflicts.iter().filter(|one| one.stands_against).collect();
    if against.iter().any(|one| one.came_first) {
        return Suggestion::Reject(Some(RuleId::Priority));
    }
    // Automatic approval "to be looked at" only says that a person decides, which is why it is here.
    let unclear =
        deal.rules.iter().any(|one| one.outcome == Outcome::Review && one.rule != RuleId::AutoApproval);
    if unclear
        || !against.is_empty()
        || conflicts.iter().any(|one| one.verdict == matching::Verdict::Review && one.family_overlap)
    {
        Suggestion::Look
    } else {
        Suggestion::Approve
    }
}
