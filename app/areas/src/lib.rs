//! The areas of the portal: pages whose code the browser loads when the first of them is opened.
//!
//! The shell, which every page loads, holds the frame and what it needs; each area comes as
//! one pack. What several areas need and the shell does not is in modules of its own, which are in each of their packs. So
//! pages that the same people open together are in one area, and areas are few.
#[macro_use]
mod area;
mod later;
mod palette;
mod waiting;

pub use area::Unloaded;
use area::parts;
pub use palette::Palette;
pub use waiting::Waiting;

areas! {
    entry: Entry at (["sign-in" | "set-up" | "choose-password" | "forgotten"]) {
        SignIn = ::access::SignInPage,
        SetUp = ::access::SetUpPage,
        ChoosePassword = ::access::ChoosePasswordPage,
        Forgotten = ::access::ForgottenPage,
    }
    start: Start at ([] | ["overview"] | ["wall"] | ["explore"] | ["views"]) {
        Home = ::dashboards::StartPage,
        Overview = ::dashboards::OverviewPage,
        Wall = ::dashboards::WallPage,
        Explore = ::dashboards::ExplorePage,
        Views = ::dashboards::ViewsPage,
    }
    register: Register at (["deals", "new"] | ["deals", _, "edit"]) {
        Form = ::deals::RegisterPage,
    }
    deals: Deals at (["deals" | "queue", ..]) {
        List = ::deals::DealsPage,
        Deal = ::deals::DealPage,
        Receipt = ::deals::ReceiptPage,
        Queue = ::deals::QueuePage,
    }
    leads: Leads at (["leads", ..]) {
        List = ::leads::LeadsPage,
        New = ::leads::NewLeadPage,
        Rules = ::leads::LeadRulesPage,
        Pins = ::leads::PinsPage,
        Lead = ::leads::LeadPage,
    }
    goals: Goals at (["goals", ..]) {
        List = ::goals::GoalsPage,
        New = ::goals::NewGoalPage,
        Goal = ::goals::GoalPage,
    }
    campaigns: Campaigns at (["kits" | "campaigns" | "audiences", ..]) {
        List = ::campaigns::CampaignsPage,
        New = ::campaigns::NewCampaignPage,
        Campaign = ::campaigns::CampaignPage,
        Audiences = ::campaigns::AudiencesPage,
        Audience = ::campaigns::AudiencePage,
        Kits = ::kits::KitsPage,
        NewKit = ::kits::NewKitPage,
        Kit = ::kits::KitPage,
        Suppressed = ::mailing::SuppressedPage,
        Senders = ::mailing::SendersPage,
    }
    programs: Programs at (["program" | "scorecard" | "rates" | "brands" | "preview", ..]) {
        Program = ::programs::ProgramPage,
        Rules = ::programs::RulesPage,
        Compare = ::programs::ComparePage,
        File = ::programs::RulesFilePage,
        DryRun = ::deals::DryRunPage,
        Scorecard = ::deals::ScorecardPage,
        Rates = ::rates::RatesPage,
        Brands = ::themes::BrandsPage,
        Studio = ::themes::StudioPage,
        Preview = ::themes::PreviewPage,
        Hosts = ::hosts::HostsPage,
    }
    records: Records at (["opportunities" | "customers" | "partners" | "imports", ..]) {
        Opportunities = ::customers::OpportunitiesPage,
        Customers = ::customers::CustomersPage,
        Customer = ::customers::CustomerPage,
        Duplicates = ::customers::DuplicatesPage,
        Compare = ::customers::ComparePage,
        Partners = ::partners::PartnersPage,
        Partner = ::partners::PartnerPage,
        Imports = ::imports::ImportsPage,
        Import = ::imports::ImportPage,
    }
    settings: Settings at (["inbox" | "u" | "calendar" | "activity" | "api-keys" | "profile" | "people" | "verify", ..]) {
        Inbox = ::notices::InboxPage,
        Mail = ::notices::MailChoicesPage,
        Unsubscribe = ::notices::UnsubscribePage,
        Calendar = ::calendars::CalendarPage,
        Activity = ::log::ActivityPage,
        ApiKeys = ::access::ApiKeysPage,
        Profile = ::access::ProfilePage,
        People = ::access::MembersPage,
        Verify = ::log::VerifyPage,
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn an_address_lies_in_the_first_area_that_fits() {
        assert_eq!(of("/"), Some("start"));
        assert_eq!(of("/deals"), Some("deals"));
        assert_eq!(of("/deals/"), Some("deals"));
        assert_eq!(of("/deals/new"), Some("register"));
        assert_eq!(of("/deals/deal_1/edit"), Some("register"));
        assert_eq!(of("/deals/deal_1/receipt"), Some("deals"));
        assert_eq!(of("/program/rules/dry-run"), Some("programs"));
        assert_eq!(of("/kits/kit_1"), Some("campaigns"));
        assert_eq!(of("/sign-in"), Some("entry"));
        assert_eq!(of("/preview/abc"), Some("programs"));
        assert_eq!(of("/audiences/aud_1"), Some("campaigns"));
        assert_eq!(of("/gallery"), None);
    }
}
