//! Partners: listed, read, added.
use base::db::Tx;
use base::events::{self, Happened};
use base::http::Perform;
use base::{Actor, OrganizationId, Page, Parts, Problem, Scope, Side, page_rows};
use organizations::Organization;
use serde_json::json;

use super::{enrollments, store};
use crate::{CreateEnrollment, CreatePartner, Do, GetPartner, ListPartners, ListSegments, Partner, Segments};

impl Perform for ListPartners {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Page<Partner>, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        let limit = page_rows(self.limit);
        let (rows, total) = store::list_partners(&mut tx, &self, actor.scope(), limit).await?;
        Ok(Page::cut(rows, limit, total, |partner| partner.id.to_string()))
    }
}

impl Perform for ListSegments {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Segments, Problem> {
        Do::Read.by(actor)?;
        if actor.side() != Some(Side::Vendor) {
            return Err(Problem::forbidden("side", "A vendor's partners are for the vendor to see."));
        }
        let mut tx = parts.db().read().await?;
        store::segments(&mut tx, actor.organization()?).await
    }
}

impl Perform for GetPartner {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Partner, Problem> {
        Do::Read.by(actor)?;
        let mut tx = parts.db().read().await?;
        store::find_partner(&mut tx, self.id, actor.scope()).await?.ok_or(Problem::NotFound)
    }
}

impl Perform for CreatePartner {
    async fn perform(self, parts: &Parts, actor: &Actor) -> Result<Partner, Problem> {
        Do::Enroll.by(actor)?;
        let (parts_, actor_) = (parts.clone(), actor.clone());
        parts
            .db()
            .write(async move |tx: &mut Tx| {
                let vendor = actor_.organization()?;
                if store::partner_by_name(tx, vendor, &self.name).await?.is_some() {
                    return Err(Problem::field("name", "taken", "You already have a partner of this name."));
                }
                let partner = add_organization(tx, &parts_, vendor, &actor_, Company::from(&self)).await?;
                let asked = CreateEnrollment {
                    program: self.program,
                    partner,
                    status: None,
                    tier: self.tier,
                    partner_types: self.partner_types,
                    territory: self.territory,
                    channel_manager: self.channel_manager,
                };
                enrollments::enroll(tx, &parts_, &actor_, vendor, asked).await?;
                store::find_partner(tx, partner, Scope::Vendor(vendor)).await?.ok_or(Problem::NotFound)
            })
            .await
    }
}

/// What is known of a partner's company when it is added.
#[derive(Default)]
pub(super) struct Company {
    pub name: String,
    pub country: Option<String>,
    pub website: Option<String>,
}

impl From<&CreatePartner> for Company {
    fn from(asked: &CreatePartner) -> Self {
        Self { name: asked.name.clone(), country: asked.country.clone(), website: asked.website.clone() }
    }
}

/// Adds a partner's organisation, which a vendor brings in.
pub(super) async fn add_organization(
    tx: &mut Tx,
    parts: &Parts,
    vendor: OrganizationId,
    actor: &Actor,
    company: Company,
) -> Result<OrganizationId, Problem> {
    let id = OrganizationId(parts.id(parts.clock().now()));
    let mut made = Organization::new(id, Side::Partner, &company.name);
    made.country =
        company.country.map(|code| code.trim().to_ascii_uppercase()).filter(|code| !code.is_empty());
    made.website = company.website.as_deref().and_then(organizations::rules::website_of);
    organizations::server::insert(tx, &made).await?;
    let happened = Happened {
        vendor,
        kind: "partner.created",
        subject: id.to_string(),
        program: None,
        partner: Some(id),
        keys: vec!["partners".to_owned()],
        data: json!({ "name": made.name }),
    };
    events::append(tx, parts, actor, happened).await?;
    Ok(id)
}
