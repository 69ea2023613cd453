//! Every address of the portal is made here.
use std::fmt::Display;

/// The first page after signing in; the vendor's side is led on to the overview.
pub const HOME: &str = "/";
pub const OVERVIEW: &str = "/overview";
pub const QUEUE: &str = "/queue";
pub const DEALS: &str = "/deals";
pub const REGISTER: &str = "/deals/new";
pub const LEADS: &str = "/leads";
/// Where a vendor brings a lead in.
pub const NEW_LEAD: &str = "/leads/new";
/// How a program hands out leads.
pub const LEAD_RULES: &str = "/leads/rules";
/// Customers whose leads go to one partner.
pub const LEAD_PINS: &str = "/leads/pins";
/// The overview for a screen on the wall.
pub const WALL: &str = "/wall";
/// Any figure, told apart by anything.
pub const EXPLORE: &str = "/explore";
/// Saved views of dashboards.
pub const VIEWS: &str = "/views";
/// What is to be reached.
pub const GOALS: &str = "/goals";
pub const NEW_GOAL: &str = "/goals/new";
/// Addresses that are not written to, and domains that mails come from.
pub const SUPPRESSED: &str = "/audiences/suppressed";
pub const SENDERS: &str = "/audiences/senders";
pub const SUPPRESSED_FILE: &str = "/api/v1/mailing/suppressed.csv";
/// What a vendor gives partners to market with.
pub const KITS: &str = "/kits";
pub const NEW_KIT: &str = "/kits/new";
/// The faces of brands.
pub const BRANDS: &str = "/brands";
/// What currencies are worth.
pub const RATES: &str = "/rates";
/// Partners' campaigns.
pub const CAMPAIGNS: &str = "/campaigns";
/// Where a partner picks a kit.
pub const NEW_CAMPAIGN: &str = "/campaigns/new";
/// People that a partner may write to.
pub const AUDIENCES: &str = "/audiences";
pub const PARTNERS: &str = "/partners";
pub const IMPORTS: &str = "/imports";
pub const API_KEYS: &str = "/api-keys";
pub const PROFILE: &str = "/profile";
/// One's calendar feed.
pub const CALENDAR: &str = "/calendar";
pub const INBOX: &str = "/inbox";
/// What one is sent by e-mail.
pub const MAIL_CHOICES: &str = "/inbox/mail";
pub const ACTIVITY: &str = "/activity";
pub const PROGRAM: &str = "/program";
/// The editor of a program's next rules.
pub const RULES: &str = "/program/rules";
pub const COMPARE_RULES: &str = "/program/rules/compare";
pub const RULES_FILE: &str = "/program/rules/file";
/// Other rules tried on past registrations.
pub const DRY_RUN: &str = "/program/rules/dry-run";
/// How the vendor answers.
pub const SCORECARD: &str = "/scorecard";
pub const OPPORTUNITIES: &str = "/opportunities";
pub const CUSTOMERS: &str = "/customers";
/// Customers that may be one company.
pub const DUPLICATES: &str = "/customers/duplicates";
pub const SIGN_IN: &str = "/sign-in";
pub const SET_UP: &str = "/set-up";
/// Where one asks for a new password.
pub const FORGOTTEN: &str = "/forgotten";
/// Where an invitation, or the mail for a new password, leads.
pub const CHOOSE_PASSWORD: &str = "/choose-password";
pub const PEOPLE: &str = "/people";
pub const GALLERY: &str = "/gallery";
pub const API_DOCS: &str = "/api/docs";
/// Where anybody checks a receipt, without an account.
pub const VERIFY: &str = "/verify";

/// A deal's page.
pub fn deal(id: impl Display) -> String {
    format!("/deals/{id}")
}

/// A deal in the panel beside the list.
pub fn deal_peek(id: impl Display) -> String {
    format!("/deals?peek={id}")
}

/// A deal's receipt.
pub fn receipt(id: impl Display) -> String {
    format!("/deals/{id}/receipt")
}

/// A draft in the form.
pub fn edit_deal(id: impl Display) -> String {
    format!("/deals/{id}/edit")
}

/// A draft that waits on this device, in the form. The worker that answers without a network knows the form's address.
pub fn unsent(key: impl Display) -> String {
    format!("{REGISTER}?kept={key}")
}

/// A case of the decision queue with its decision in focus.
pub fn case_to_decide(id: impl Display) -> String {
    format!("{}#decision", case(id))
}

/// Where the link in a mail about a message leads: the server leads on to what it is about.
pub fn notice(id: impl Display) -> String {
    format!("/inbox/{id}")
}

/// Where the link in a daily summary ends it.
pub fn unsubscribe(token: impl Display) -> String {
    format!("/u/{token}")
}

/// A case of the decision queue.
pub fn case(id: impl Display) -> String {
    format!("/queue?case={id}")
}

/// The studio of a brand.
pub fn brand(id: impl Display) -> String {
    format!("{BRANDS}/{id}")
}

/// The host names of a brand.
pub fn hosts(brand: impl Display) -> String {
    format!("{BRANDS}/{brand}/hosts")
}

/// A theme as it was when the link was made, for whoever has the link.
pub fn preview(token: impl Display) -> String {
    format!("/preview/{token}")
}

/// A form of a picture, by the picture's name.
pub fn media(name: impl Display, form: impl Display) -> String {
    format!("/media/{name}/{form}")
}

/// What a device reads when a brand's portal is put on its start screen.
pub fn manifest(brand: impl Display) -> String {
    format!("{BRANDS}/{brand}/site.webmanifest")
}

/// What pages of a brand wear, by the number of its published theme: what is once read under it stays the same. 0 for a
/// brand that has published none.
pub fn face(id: impl Display, number: u32) -> String {
    let version = if number == 0 { String::new() } else { format!("?version={number}") };
    format!("/api/v1/brands/{id}/face{version}")
}

/// The editor of a kit.
pub fn kit(id: impl Display) -> String {
    format!("{KITS}/{id}")
}

/// One piece of a kit as a document, for frames: of the draft, or of what a partner may see.
#[must_use]
pub fn kit_preview(id: impl Display, asset: &str, language: &str) -> String {
    format!("/api/v1/kits/{id}/preview?asset={}&language={}", base::escape(asset), base::escape(language))
}

/// Below it, the pictures that are drawn in the colours of a kit's brand: `/waves.png`.
pub fn kit_motifs(id: impl Display) -> String {
    format!("/api/v1/kits/{id}/motif")
}

/// A goal's page.
pub fn goal(id: impl Display) -> String {
    format!("/goals/{id}")
}

/// A campaign's page.
pub fn campaign(id: impl Display) -> String {
    format!("{CAMPAIGNS}/{id}")
}

/// A kit, looked at by a partner before a campaign is made of it.
pub fn new_campaign(kit: impl Display) -> String {
    format!("{NEW_CAMPAIGN}?kit={kit}")
}

/// A file that is made of one piece of a campaign.
pub fn campaign_file(id: impl Display, asset: impl Display, file: impl Display) -> String {
    format!("/api/v1/campaigns/{id}/assets/{asset}/{file}")
}

/// One piece of a campaign as a document, for a frame.
pub fn campaign_preview(id: impl Display, asset: impl Display, dark: bool) -> String {
    format!("/api/v1/campaigns/{id}/preview?asset={asset}&dark={dark}")
}

/// An audience's page.
pub fn audience(id: impl Display) -> String {
    format!("{AUDIENCES}/{id}")
}

/// The rows of a file that were not taken into an audience.
pub fn rejected_rows(audience: impl Display, number: u32) -> String {
    format!("/api/v1/audiences/{audience}/imports/{number}/rejected")
}

/// The landing page of a campaign, for everybody.
pub fn landing(slug: impl Display) -> String {
    format!("/l/{slug}")
}

/// A lead's page.
pub fn lead(id: impl Display) -> String {
    format!("/leads/{id}")
}

/// A customer's page.
pub fn customer(id: impl Display) -> String {
    format!("/customers/{id}")
}

/// Two customers side by side; the first is the one that would stay.
pub fn compare_customers(id: impl Display, other: impl Display) -> String {
    format!("/customers/{id}/compare/{other}")
}

/// A partner's page.
pub fn partner(id: impl Display) -> String {
    format!("/partners/{id}")
}

/// An import's progress and report.
pub fn import(id: impl Display) -> String {
    format!("/imports/{id}")
}

/// Sign-in that comes back to `next`.
#[must_use]
pub fn sign_in_then(next: &str) -> String {
    format!("{SIGN_IN}?next={}", base::escape(next))
}

/// Whether an address leads to a page of our own: a browser would take `//host`, and `/\host`, for another server, and
/// drops white space in between.
#[must_use]
pub fn is_local(address: &str) -> bool {
    address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(|letter: char| letter == '\\' || letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_our_own_are_followed() {
        for fine in ["/", "/deals/deal_1/edit?a=b#c", "/deals?next=//x.example"] {
            assert!(is_local(fine), "{fine}");
        }
        for odd in [
            "",
            "deals",
            "//x.example",
            "/\\x.example",
            "\\/x.example",
            "https://x.example",
            "/\t/x.example",
            "/\n/x.example",
        ] {
            assert!(!is_local(odd), "{odd}");
        }
    }
}
