//! Which address shows which page.
use access::Me;
use kit::SentForm;
use kit::live::Live;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::frame::Frame;
use crate::pages;

/// The app, rendered by the server and taken over by the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // Both are known to the server before it renders; the browser reads them from the page.
    let me = known(|| use_context::<Option<Me>>().flatten());
    let sent = known(|| use_context::<Option<SentForm>>().flatten());
    provide_context(sent);
    let live = Live::default();
    provide_context(live.clone());
    let (user, reader) = (me.as_ref().map(|me| me.user.id.to_string()), reader(me.as_ref()));
    Effect::new(move |_| {
        kit::arrive(user.clone());
        kit::help_offline(reader.clone());
    });
    if let Some(me) = me.clone() {
        access::provide_me(me);
        #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
        Effect::new(move |_| kit::live::connect(live.clone()));
    }
    let frame = move || {
        if me.is_some() { view! { <Frame/> }.into_any() } else { pages::signed_out().into_any() }
    };
    view! {
        <Router>
            <Routes fallback=pages::not_found>
                <Route path=path!("/sign-in") view=access::SignInPage/>
                <Route path=path!("/set-up") view=access::SetUpPage/>
                <Route path=path!("/choose-password") view=access::ChoosePasswordPage/>
                <Route path=path!("/forgotten") view=access::ForgottenPage/>
                <Route path=path!("/u/:token") view=notices::UnsubscribePage/>
                <Route path=path!("/gallery") view=pages::gallery/>
                <Route path=path!("/verify") view=log::VerifyPage/>
                <ParentRoute path=path!("") view=frame>
                    <Route path=path!("/") view=pages::home/>
                    <Route path=path!("/overview") view=dashboards::OverviewPage/>
                    <Route path=path!("/queue") view=deals::QueuePage/>
                    <Route path=path!("/deals") view=deals::DealsPage/>
                    <Route path=path!("/deals/new") view=deals::RegisterPage/>
                    <Route path=path!("/deals/:id") view=deals::DealPage/>
                    <Route path=path!("/deals/:id/edit") view=deals::RegisterPage/>
                    <Route path=path!("/deals/:id/receipt") view=deals::ReceiptPage/>
                    <Route path=path!("/leads") view=leads::LeadsPage/>
                    <Route path=path!("/leads/new") view=leads::NewLeadPage/>
                    <Route path=path!("/leads/rules") view=leads::LeadRulesPage/>
                    <Route path=path!("/leads/pins") view=leads::PinsPage/>
                    <Route path=path!("/leads/:id") view=leads::LeadPage/>
                    <Route path=path!("/opportunities") view=customers::OpportunitiesPage/>
                    <Route path=path!("/customers") view=customers::CustomersPage/>
                    <Route path=path!("/customers/duplicates") view=customers::DuplicatesPage/>
                    <Route path=path!("/customers/:id") view=customers::CustomerPage/>
                    <Route path=path!("/customers/:id/compare/:other") view=customers::ComparePage/>
                    <Route path=path!("/partners") view=partners::PartnersPage/>
                    <Route path=path!("/partners/:id") view=partners::PartnerPage/>
                    <Route path=path!("/program") view=programs::ProgramPage/>
                    <Route path=path!("/program/rules") view=programs::RulesPage/>
                    <Route path=path!("/program/rules/compare") view=programs::ComparePage/>
                    <Route path=path!("/program/rules/file") view=programs::RulesFilePage/>
                    <Route path=path!("/program/rules/dry-run") view=deals::DryRunPage/>
                    <Route path=path!("/scorecard") view=deals::ScorecardPage/>
                    <Route path=path!("/imports") view=imports::ImportsPage/>
                    <Route path=path!("/imports/:id") view=imports::ImportPage/>
                    <Route path=path!("/calendar") view=calendars::CalendarPage/>
                    <Route path=path!("/inbox") view=notices::InboxPage/>
                    <Route path=path!("/inbox/mail") view=notices::MailChoicesPage/>
                    <Route path=path!("/activity") view=log::ActivityPage/>
                    <Route path=path!("/api-keys") view=access::ApiKeysPage/>
                    <Route path=path!("/profile") view=access::ProfilePage/>
                    <Route path=path!("/people") view=access::MembersPage/>
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// Whose copy of the form the browser's worker keeps: of those who may register, as [`Me::reader`] names them.
fn reader(me: Option<&Me>) -> String {
    me.filter(|me| deals::Do::Register.by(&me.actor(), None).is_ok()).map(Me::reader).unwrap_or_default()
}

fn known<T: kit::Answer>(to_server: impl FnOnce() -> T) -> T {
    SharedValue::<T, kit::Json>::new_with_encoding(to_server).into_inner()
}
