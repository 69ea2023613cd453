//! Who may see and change customers and opportunities.
use base::{Actor, Problem, Role};

/// What can be done here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    ReadCustomers,
    EditCustomers,
    ReadOpportunities,
    /// Publish the weights that records are compared with.
    EditWeights,
}

const VENDOR: &[Role] = &[
    Role::VendorOwner,
    Role::ProgramAdmin,
    Role::ChannelManager,
    Role::Marketer,
    Role::Enablement,
    Role::VendorFinance,
    Role::Analyst,
    Role::Auditor,
];
const EDITORS: &[Role] = &[Role::VendorOwner, Role::ProgramAdmin, Role::ChannelManager];

impl Do {
    /// Whether the actor may; which rows is decided by its scope.
    ///
    /// # Errors
    /// `Unauthenticated`, or `Forbidden` with a sentence that says who can.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        match self {
            Self::ReadCustomers => {
                actor.must_be(VENDOR, "The customer list belongs to the vendor's own people.")
            }
            Self::EditCustomers => {
                actor.must_be(EDITORS, "Owners, program admins and channel managers change customers.")
            }
            Self::EditWeights => actor.must_be(
                &[Role::VendorOwner, Role::ProgramAdmin],
                "Owners and program admins decide how records are compared.",
            ),
            // Opportunities say who buys for how much, like deals: learners take courses and see neither.
            Self::ReadOpportunities if actor.role() == Some(Role::Learner) => Err(Problem::forbidden(
                "role",
                "Learners do not see opportunities. Ask an owner for another role.",
            )),
            Self::ReadOpportunities => actor.must_be(&Role::ALL, "Ask an owner to give you a role."),
        }
    }
}
