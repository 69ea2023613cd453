//! Which address shows which page.
use access::Me;
use areas::{Campaigns, Deals, Entry, Goals, Leads, Programs, Records, Register, Settings, Start};
use kit::SentForm;
use kit::live::Live;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::pages;
use crate::switch::Stage;

/// The app, rendered by the server and taken over by the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    // Both are known to the server before it renders; the browser reads them from the page.
    let me = known(|| use_context::<Option<Me>>().flatten());
    let sent = known(|| use_context::<Option<SentForm>>().flatten());
    provide_context(sent);
    let face = RwSignal::new(known(|| use_context::<kit::BrandFace>().unwrap_or_default()));
    provide_context(face);
    let own_host = known(|| use_context::<kit::OwnHost>().unwrap_or_default().0);
    let live = Live::default();
    provide_context(live.clone());
    live.reader.set(me.as_ref().map(Me::reader).unwrap_or_default());
    let me = me.map(access::provide_me);
    Effect::new(move |_| {
        let me = me.map(|me| me.get());
        kit::arrive(me.as_ref().map(|me| me.user.id.to_string()));
        kit::help_offline(reader(me.as_ref()));
        if let Some(me) = me {
            live.reader.set(me.reader());
            kit::stand_at(&me.place());
        }
    });
    #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
    if let (Some(_), Some(live)) = (me, use_context::<Live>()) {
        Effect::new(move |_| kit::live::connect(live.clone()));
    }
    let stage = me.map(|me| Stage::provide(me, face, own_host));
    let frame = move || match stage {
        Some(stage) => stage.frame(),
        None => pages::signed_out().into_any(),
    };
    view! {
        <Router>
            <Routes fallback=pages::not_found>
                <Route path=path!("/sign-in") view=Entry::SignIn/>
                <Route path=path!("/set-up") view=Entry::SetUp/>
                <Route path=path!("/choose-password") view=Entry::ChoosePassword/>
                <Route path=path!("/forgotten") view=Entry::Forgotten/>
                <Route path=path!("/u/:token") view=Settings::Unsubscribe/>
                <Route path=path!("/gallery") view=pages::gallery/>
                <Route path=path!("/verify") view=Settings::Verify/>
                <Route path=path!("/preview/:token") view=Programs::Preview/>
                <ParentRoute path=path!("") view=frame>
                    <Route path=path!("/") view=Start::Home/>
                    <Route path=path!("/overview") view=Start::Overview/>
                    <Route path=path!("/wall") view=Start::Wall/>
                    <Route path=path!("/explore") view=Start::Explore/>
                    <Route path=path!("/views") view=Start::Views/>
                    <Route path=path!("/queue") view=Deals::Queue/>
                    <Route path=path!("/deals") view=Deals::List/>
                    <Route path=path!("/deals/new") view=Register::Form/>
                    <Route path=path!("/deals/:id") view=Deals::Deal/>
                    <Route path=path!("/deals/:id/edit") view=Register::Form/>
                    <Route path=path!("/deals/:id/receipt") view=Deals::Receipt/>
                    <Route path=path!("/leads") view=Leads::List/>
                    <Route path=path!("/leads/new") view=Leads::New/>
                    <Route path=path!("/leads/rules") view=Leads::Rules/>
                    <Route path=path!("/leads/pins") view=Leads::Pins/>
                    <Route path=path!("/leads/:id") view=Leads::Lead/>
                    <Route path=path!("/goals") view=Goals::List/>
                    <Route path=path!("/goals/new") view=Goals::New/>
                    <Route path=path!("/goals/:id") view=Goals::Goal/>
                    <Route path=path!("/kits") view=Campaigns::Kits/>
                    <Route path=path!("/kits/new") view=Campaigns::NewKit/>
                    <Route path=path!("/kits/:id") view=Campaigns::Kit/>
                    <Route path=path!("/campaigns") view=Campaigns::List/>
                    <Route path=path!("/campaigns/new") view=Campaigns::New/>
                    <Route path=path!("/campaigns/:id") view=Campaigns::Campaign/>
                    <Route path=path!("/audiences") view=Campaigns::Audiences/>
                    <Route path=path!("/audiences/:id") view=Campaigns::Audience/>
                    <Route path=path!("/rates") view=Programs::Rates/>
                    <Route path=path!("/brands") view=Programs::Brands/>
                    <Route path=path!("/brands/:id") view=Programs::Studio/>
                    <Route path=path!("/brands/:id/hosts") view=Programs::Hosts/>
                    <Route path=path!("/audiences/suppressed") view=Campaigns::Suppressed/>
                    <Route path=path!("/audiences/senders") view=Campaigns::Senders/>
                    <Route path=path!("/opportunities") view=Records::Opportunities/>
                    <Route path=path!("/customers") view=Records::Customers/>
                    <Route path=path!("/customers/duplicates") view=Records::Duplicates/>
                    <Route path=path!("/customers/:id") view=Records::Customer/>
                    <Route path=path!("/customers/:id/compare/:other") view=Records::Compare/>
                    <Route path=path!("/partners") view=Records::Partners/>
                    <Route path=path!("/partners/:id") view=Records::Partner/>
                    <Route path=path!("/program") view=Programs::Program/>
                    <Route path=path!("/program/rules") view=Programs::Rules/>
                    <Route path=path!("/program/rules/compare") view=Programs::Compare/>
                    <Route path=path!("/program/rules/file") view=Programs::File/>
                    <Route path=path!("/program/rules/dry-run") view=Programs::DryRun/>
                    <Route path=path!("/scorecard") view=Programs::Scorecard/>
                    <Route path=path!("/imports") view=Records::Imports/>
                    <Route path=path!("/imports/:id") view=Records::Import/>
                    <Route path=path!("/calendar") view=Settings::Calendar/>
                    <Route path=path!("/inbox") view=Settings::Inbox/>
                    <Route path=path!("/inbox/mail") view=Settings::Mail/>
                    <Route path=path!("/activity") view=Settings::Activity/>
                    <Route path=path!("/api-keys") view=Settings::ApiKeys/>
                    <Route path=path!("/profile") view=Settings::Profile/>
                    <Route path=path!("/people") view=Settings::People/>
                </ParentRoute>
            </Routes>
        </Router>
        {stage.map(Stage::voice)}
    }
}

/// Whose copy of the form the browser's worker keeps: of those who may register, as [`Me::reader`] names them.
fn reader(me: Option<&Me>) -> String {
    me.filter(|me| deals::Do::Register.by(&me.actor(), None).is_ok()).map(Me::reader).unwrap_or_default()
}

fn known<T: kit::Answer>(to_server: impl FnOnce() -> T) -> T {
    SharedValue::<T, kit::Json>::new_with_encoding(to_server).into_inner()
}
