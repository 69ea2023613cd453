//! `/brands`: the vendor's brands with their colours, and the form that makes one.
use base::Page;
use kit::{Button, Card, Empty, Kind, Screen, Shape, Skeleton, TextField, VerbForm, lucide, paths};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use programs::{Brand, CreateBrand, Do, ListBrands};

use crate::rules::colour_of;
use crate::t;

/// `/brands`.
#[component]
pub fn BrandsPage() -> impl IntoView {
    let body = match Do::EditBrand.by(&access::me().actor()) {
        Ok(()) => page(),
        Err(problem) => kit::problem_view(problem),
    };
    view! { <Screen title=t::brands()>{body}</Screen> }.into_any()
}

fn page() -> AnyView {
    let ask = || ListBrands { q: None, cursor: None, limit: Some(200) };
    let brands = kit::resource(|| vec!["brands".to_owned()], ask);
    view! {
        <p class="muted">{t::brands_lead()}</p>
        {kit::shown(brands, || view! { <Skeleton shape=Shape::Tiles/> }.into_any(), list)}
        {new()}
    }
    .into_any()
}

fn list(page: Page<Brand>) -> AnyView {
    if page.items.is_empty() {
        return view! { <Card flush=true><Empty title=t::no_brands() note=t::no_brands_note() icon=lucide::LuPalette/></Card> }
            .into_any();
    }
    let all = page.items.into_iter().map(brand).collect_view();
    view! { <ul class="brand-list">{all}</ul> }.into_any()
}

fn brand(brand: Brand) -> AnyView {
    let colour = colour_of(brand.hue, brand.chroma).to_string();
    let (href, slug) = (paths::brand(brand.id), brand.slug);
    view! {
        <li class="card tile brand-card">
            <svg width="100%" height="56" aria-hidden="true"><rect width="100%" height="56" fill=colour></rect></svg>
            <div class="body"><a class="cover strong" href=href>{brand.name}</a><span class="muted small">{slug}</span></div>
        </li>
    }
    .into_any()
}

fn new() -> AnyView {
    let navigate = use_navigate();
    let done = Callback::new(move |brand: Brand| navigate(&paths::brand(brand.id), Default::default()));
    // The studio gives it its colour; until then it has the product's own.
    let verb = CreateBrand { name: String::new(), slug: None, hue: 262, chroma: 0.17 };
    view! {
        <Card title=t::new_brand() id="new-brand">
            <VerbForm verb=verb next=paths::brand("{id}") done=done>
                <input type="hidden" name="hue" value="262"/>
                <input type="hidden" name="chroma" value="0.17"/>
                <div class="form-row r21">
                    <TextField name="name" label=t::brand_name() help=t::brand_name_help() required=true maxlength=120 autocomplete="off"/>
                </div>
                <div class="form-foot"><Button submit=true kind=Kind::Primary icon=lucide::LuPlus>{t::make_brand()}</Button></div>
            </VerbForm>
        </Card>
    }
    .into_any()
}
