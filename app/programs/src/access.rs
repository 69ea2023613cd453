//! Who may do what with brands, programs, rules and products, and why not in words.
use base::{Actor, Problem, Role};

/// What can be done here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Do {
    /// See what is in scope.
    Read,
    /// Make or change a brand.
    EditBrand,
    /// Make or change a program.
    EditProgram,
    /// Read and change the draft of a program's next rules.
    DraftRules,
    /// Publish a new version of a program's rules, or take one back.
    PublishRules,
    /// Make or change a product.
    EditProduct,
}

impl Do {
    /// All of it, for the table of roles and verbs.
    pub const ALL: [Self; 6] = [
        Self::Read,
        Self::EditBrand,
        Self::EditProgram,
        Self::DraftRules,
        Self::PublishRules,
        Self::EditProduct,
    ];

    /// Lets the actor pass, or says why not.
    ///
    /// # Errors
    /// `Unauthenticated`, or `Forbidden` with the reason.
    pub fn by(self, actor: &Actor) -> Result<(), Problem> {
        match self {
            Self::Read if actor.is_system() => Ok(()),
            Self::Read => actor.organization().map(drop),
            // How a brand looks is the marketers' work; channel managers work within it.
            Self::EditBrand => actor.must_be(
                &[Role::VendorOwner, Role::ProgramAdmin, Role::Marketer],
                "Brands are kept by the vendor's owners, program admins and marketers.",
            ),
            Self::EditProgram | Self::DraftRules | Self::PublishRules => actor.must_be(
                &[Role::VendorOwner, Role::ProgramAdmin],
                "Programs and their rules are kept by the vendor's owners and program admins.",
            ),
            // Channel managers import products with the rest of a CRM export, so they may also add one by hand.
            Self::EditProduct => actor.must_be(
                &[Role::VendorOwner, Role::ProgramAdmin, Role::ChannelManager],
                "Products are kept by the vendor's owners, program admins and channel managers.",
            ),
        }
    }
}
