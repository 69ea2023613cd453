//! Examines a receipt, or the slip of one, against what its log says today: the same findings in the browser, on the
//! server and in `rialto verify`.
use base::Problem;
use serde::{Deserialize, Serialize};

use crate::checkpoint::{Checkpoint, Evidence};
use crate::merkle::Hash;
use crate::receipt::{self, Check, Receipt};
use crate::signing::leads_to;
use crate::slip::Slip;
use crate::verbs::GetEvidence;

/// What is examined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Exhibit {
    Receipt(Box<Receipt>),
    /// From the code on paper: the entry only.
    Slip(Slip),
}

impl Exhibit {
    /// The log entry that it is about.
    #[must_use]
    pub fn slip(&self) -> Slip {
        match self {
            Self::Receipt(receipt) => Slip::of(receipt),
            Self::Slip(slip) => slip.clone(),
        }
    }

    fn receipt(&self) -> Option<&Receipt> {
        match self {
            Self::Receipt(receipt) => Some(receipt),
            Self::Slip(_) => None,
        }
    }

    /// What to ask the log. Nothing of the claim is in it.
    #[must_use]
    pub fn question(&self, kept: Option<&Checkpoint>) -> GetEvidence {
        let slip = self.slip();
        // Sizes that no log has are left out; the checks on them fail by themselves.
        let size = |size: i64| (size >= 1).then_some(size);
        GetEvidence {
            vendor: slip.vendor,
            log_index: slip.log_index.max(0),
            receipt_size: self.receipt().and_then(|receipt| size(receipt.tree_size)),
            kept_size: kept.and_then(|kept| size(kept.tree_size)),
        }
    }
}

/// What the log said when it was asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    Evidence(Box<Evidence>),
    /// There is no such log here.
    NoLog,
    /// Nothing could be learnt.
    Nothing,
}

impl From<Result<Evidence, Problem>> for Said {
    fn from(answer: Result<Evidence, Problem>) -> Self {
        match answer {
            Ok(evidence) => Self::Evidence(Box::new(evidence)),
            Err(Problem::NotFound) => Self::NoLog,
            Err(_) => Self::Nothing,
        }
    }
}

/// One thing that is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Test {
    /// Of the receipt by itself.
    Receipt(Check),
    /// The log's checkpoint of today is signed with a published key.
    Checkpoint,
    /// The entry is in the log as it is today.
    Present,
    /// The log of today continues the one in which the receipt was made.
    Grown,
    /// The log of today continues the checkpoint that was kept.
    Kept,
}

/// How it came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Not checked yet.
    Waiting,
    Holds,
    Fails,
    /// Could not be found out.
    Unknown,
}

impl From<bool> for Outcome {
    fn from(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Fails }
    }
}

/// One test and its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub test: Test,
    pub outcome: Outcome,
}

/// Makes every test that the exhibit, the log's words and a kept checkpoint allow, in the order in which they build
/// on each other.
#[must_use]
pub fn examine(exhibit: &Exhibit, said: &Said, kept: Option<&Checkpoint>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut note = |test, outcome| findings.push(Finding { test, outcome });
    let evidence = match said {
        Said::Evidence(evidence) => Some(&**evidence),
        Said::NoLog | Said::Nothing => None,
    };
    let unheard = if *said == Said::Nothing { Outcome::Unknown } else { Outcome::Fails };
    let asked = |test: &dyn Fn(&Evidence) -> bool| evidence.map_or(unheard, |heard| test(heard).into());
    if let Some(receipt) = exhibit.receipt() {
        for check in Check::ALL {
            let outcome = match (check, evidence) {
                (Check::Key, None) => Outcome::Unknown,
                (Check::Key, Some(heard)) => {
                    (!heard.keys.is_empty() && receipt::passes(receipt, check, &heard.keys)).into()
                }
                _ => receipt::passes(receipt, check, &[]).into(),
            };
            note(Test::Receipt(check), outcome);
        }
    }
    let slip = exhibit.slip();
    let entry = slip.hash();
    note(
        Test::Checkpoint,
        asked(&|heard| heard.checkpoint.vendor == slip.vendor && heard.checkpoint.is_signed(&heard.keys)),
    );
    note(Test::Present, asked(&|heard| is_present(heard, &entry, slip.log_index)));
    if let Some(receipt) = exhibit.receipt() {
        note(Test::Grown, asked(&|heard| continues(heard, receipt)));
    }
    if let Some(kept) = kept {
        note(Test::Kept, asked(&|heard| continues_kept(heard, kept)));
    }
    findings
}

fn is_present(heard: &Evidence, entry: &Hash, log_index: i64) -> bool {
    let now = &heard.checkpoint;
    let proves = |inclusion: &crate::checkpoint::Inclusion| {
        inclusion.proves(entry, log_index, now.tree_size, &now.root)
    };
    heard.inclusion.as_ref().is_some_and(proves)
}

fn continues(heard: &Evidence, receipt: &Receipt) -> bool {
    let now = &heard.checkpoint;
    let proof = heard.since_receipt.as_ref();
    proof.is_some_and(|proof| proof.proves((receipt.tree_size, &receipt.root), (now.tree_size, &now.root)))
}

/// The kept checkpoint must be genuine, of the same log, and lead to the present one; its key must lead to the present
/// one, too: otherwise somebody else speaks for the log now.
fn continues_kept(heard: &Evidence, kept: &Checkpoint) -> bool {
    let now = &heard.checkpoint;
    let proves = |proof: &crate::checkpoint::Consistency| {
        proof.proves((kept.tree_size, &kept.root), (now.tree_size, &now.root))
    };
    kept.vendor == now.vendor
        && kept.is_signed(&heard.keys)
        && leads_to(&heard.keys, &kept.key_id, &now.key_id)
        && heard.since_kept.as_ref().is_some_and(proves)
}

/// What somebody hands in: texts as they were pasted, or a slip from an address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct HandedIn {
    /// A receipt's JSON, or its PDF.
    pub receipt: String,
    /// A checkpoint's JSON; may be empty.
    pub kept: String,
    pub slip: Option<Slip>,
}

/// Which of the texts cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unreadable {
    Receipt,
    Kept,
}

/// What an examination came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Examined {
    pub exhibit: Exhibit,
    pub findings: Vec<Finding>,
    /// The log as it is now, to be kept for the next time.
    pub now: Option<Checkpoint>,
}

impl HandedIn {
    /// Whether there is anything to examine.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.receipt.trim().is_empty() && self.slip.is_none()
    }

    /// Reads what was handed in, asks the log through `ask`, and examines.
    ///
    /// # Errors
    /// Which of the texts is neither receipt nor checkpoint.
    pub async fn examine(
        &self,
        ask: impl AsyncFnOnce(GetEvidence) -> Result<Evidence, Problem>,
    ) -> Result<Examined, Unreadable> {
        let exhibit = match (&self.slip, self.receipt.trim()) {
            (Some(slip), "") => Exhibit::Slip(slip.clone()),
            (_, text) => Exhibit::Receipt(Box::new(receipt::find(text).ok_or(Unreadable::Receipt)?)),
        };
        let kept = match self.kept.trim() {
            "" => None,
            text => Some(base::tree::read(text).map_err(|_| Unreadable::Kept)?),
        };
        let said = Said::from(ask(exhibit.question(kept.as_ref())).await);
        let findings = examine(&exhibit, &said, kept.as_ref());
        let now = match said {
            Said::Evidence(evidence) => Some(evidence.checkpoint),
            Said::NoLog | Said::Nothing => None,
        };
        Ok(Examined { exhibit, findings, now })
    }
}

/// What the verifier page starts with: what was handed in before it was made, and what that came to.
pub type Opening = (HandedIn, Option<Result<Examined, Unreadable>>);
