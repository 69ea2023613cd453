//! Pictures of a brand in the studio: dropped or chosen, seen on light and dark, taken off, brought back, removed.
use base::Problem;
use kit::{Button, FileDrop, Kind, Size, Toasts, lucide};
use leptos::prelude::*;

use super::state::Studio;
use crate::model::Theme;
use crate::pictures::{
    BrandPicture, BrandPictures, ListBrandPictures, PictureHash, PictureUse, RemoveBrandPicture,
};
use crate::t;
use crate::words::picture_refusal;

/// As the server has it; a larger file is not sent.
const MOST_BYTES: u32 = 2 * 1024 * 1024;
const ACCEPTED: &str = "image/png,image/jpeg,image/webp,image/svg+xml,.png,.jpg,.jpeg,.webp,.svg";

/// The field of each use, and the pictures that there are.
pub(super) fn fields(studio: Studio) -> AnyView {
    // Counts uploads and removals: what there is is asked again after each.
    let changes = RwSignal::new(0_u32);
    let all = PictureUse::ALL.iter().map(|purpose| field(studio, *purpose, changes)).collect_view();
    view! {
        <p class="muted small">{t::pictures_lead()}</p>
        {all}
        {kept(studio, changes)}
    }
    .into_any()
}

/// What a field does at the moment.
#[derive(Clone, PartialEq)]
enum At {
    Rest,
    /// On the way.
    Sending,
    Refused(Problem),
}

fn field(studio: Studio, purpose: PictureUse, changes: RwSignal<u32>) -> AnyView {
    let worn = Memo::new(move |_| studio.theme.with(|theme| theme.picture(purpose).cloned()));
    let at = RwSignal::new(At::Rest);
    let id = format!("picture-{}", purpose.as_str());
    let (input, named, title) = (id.clone(), format!("{id}-name"), format!("{id}-name"));
    let chosen = Callback::new(move |_: String| send(studio, purpose, input.clone(), at, changes));
    let fault = Signal::derive(move || match at.get() {
        At::Refused(problem) => Some(picture_refusal(&problem)),
        _ => None,
    });
    let sending = move || {
        (at.get() == At::Sending).then(|| {
            view! { <span class="line"><progress class="picture-progress" aria-label=t::picture_sending()></progress><span class="muted small">{t::picture_sending()}</span></span> }
        })
    };
    let take_off = move |_| {
        at.set(At::Rest);
        studio.change("", |theme| theme.wear(purpose, None));
    };
    let shown = move || {
        worn.get().map(|hash| {
            let address = hash.address(purpose.form());
            let label = t::picture_take_off(purpose.words());
            view! {
                <div class="picture-grounds">{ground(&address, "light", purpose)}{ground(&address, "dark", purpose)}</div>
                <div class="actions"><Button size=Size::Small icon=lucide::LuX label=label on_click=take_off>{t::take_off()}</Button></div>
            }
        })
    };
    view! {
        <div class="picture-field" role="group" aria-labelledby=named>
            <h3 class="strong small" id=title>{purpose.words()}</h3>
            <FileDrop name="file" id=id label=t::picture_choose(purpose.words()) help=purpose.help() accept=ACCEPTED error=fault on_choose=chosen/>
            <div role="status">{sending}</div>
            {shown}
        </div>
    }
    .into_any()
}

/// A picture on a ground of the theme.
fn ground(address: &str, mode: &'static str, purpose: PictureUse) -> AnyView {
    let words = if mode == "light" { t::light() } else { t::dark() };
    let label = t::preview_of(words, purpose.words());
    let class = format!("picture-ground {}", purpose.as_str());
    view! { <span class=class data-theme=mode><img src=address.to_owned() alt=label/></span> }.into_any()
}

fn send(studio: Studio, purpose: PictureUse, input: String, at: RwSignal<At>, changes: RwSignal<u32>) {
    if at.get_untracked() == At::Sending {
        return;
    }
    at.set(At::Sending);
    leptos::task::spawn_local(async move {
        let url = format!("/api/v1/brands/{}/pictures", studio.id);
        let answer =
            kit::send_chosen::<BrandPicture>(&input, &url, &[("use", purpose.as_str())], MOST_BYTES).await;
        let now = match answer {
            Ok(Some(picture)) => {
                // The studio may be left meanwhile.
                if studio.theme.try_get_untracked().is_some() {
                    studio.change("", |theme| theme.wear(purpose, Some(picture.hash)));
                    let _ = changes.try_update(|changes| *changes += 1);
                }
                At::Rest
            }
            Ok(None) => At::Rest,
            Err(problem) => At::Refused(problem),
        };
        let _ = at.try_set(now);
    });
}

/// All pictures that were uploaded for the brand: to be worn again, or removed for good.
fn kept(studio: Studio, changes: RwSignal<u32>) -> AnyView {
    let all = RwSignal::new(None::<BrandPictures>);
    Effect::new(move |_| {
        changes.track();
        leptos::task::spawn_local(async move {
            if let Ok(found) = kit::ask(ListBrandPictures { id: studio.id }).await {
                let _ = all.try_set(Some(found));
            }
        });
    });
    let shown = move || {
        let BrandPictures { items, bytes, most_bytes, most, .. } = all.get()?;
        if items.is_empty() {
            return None;
        }
        let share = bytes.saturating_mul(100).div_ceil(most_bytes.max(1));
        let count = items.len();
        let rows = items.into_iter().map(|picture| row(studio, picture, all)).collect_view();
        Some(view! {
            <details class="picture-list">
                <summary>{t::pictures_kept()}</summary>
                <p class="muted small">{t::pictures_room(count, most, share)}</p>
                <ul>{rows}</ul>
            </details>
        })
    };
    shown.into_any()
}

fn row(studio: Studio, picture: BrandPicture, all: RwSignal<Option<BrandPictures>>) -> AnyView {
    let toasts = use_context::<Toasts>();
    let (purpose, hash) = (picture.purpose, picture.hash.clone());
    let again = {
        let hash = hash.clone();
        move |_| studio.change("", |theme| theme.wear(purpose, Some(hash.clone())))
    };
    let remove = move |_| {
        let ask = RemoveBrandPicture { id: studio.id, picture: hash.clone() };
        leptos::task::spawn_local(async move {
            match kit::ask(ask).await {
                Ok(left) => drop(all.try_set(Some(left))),
                Err(problem) => {
                    if let Some(toasts) = toasts {
                        toasts.fail(picture_refusal(&problem));
                    }
                }
            }
        });
    };
    let name = format!("{} · {} × {}", purpose.words(), picture.width, picture.height);
    let (wear_label, remove_label) = (t::picture_wear(&name), t::picture_remove(&name));
    view! {
        <li class="line wrap">
            <span class="picture-thumb"><img src=picture.address alt="" loading="lazy" width="48" height="32"/></span>
            <span class="small">{name}</span>
            <span class="end actions">
                <Button size=Size::Small label=wear_label on_click=again>{t::wear()}</Button>
                <Button size=Size::Small kind=Kind::Danger label=remove_label icon=lucide::LuTrash2 on_click=remove/>
            </span>
        </li>
    }
    .into_any()
}

/// Takes a theme from a file: pictures that are not on this installation, or another vendor's, are left out, and told.
pub(super) fn take_read(studio: Studio, mut theme: Theme, toasts: Option<Toasts>) {
    if theme.pictures().next().is_none() {
        studio.take(theme);
        return;
    }
    leptos::task::spawn_local(async move {
        let known = match kit::ask(ListBrandPictures { id: studio.id }).await {
            Ok(known) => known,
            Err(problem) => {
                if let Some(toasts) = toasts {
                    toasts.fail(kit::sentence(&problem));
                }
                return;
            }
        };
        let left_out = leave_unknown_out(&mut theme, &known);
        if studio.theme.try_get_untracked().is_none() {
            return;
        }
        studio.take(theme);
        if let (Some(toasts), false) = (toasts, left_out.is_empty()) {
            let names: Vec<_> = left_out.into_iter().map(PictureUse::words).collect();
            toasts.fail(t::pictures_left_out(names.join(", ")));
        }
    });
}

fn leave_unknown_out(theme: &mut Theme, known: &BrandPictures) -> Vec<PictureUse> {
    let is_known = |purpose: PictureUse, hash: &PictureHash| {
        let own = known.items.iter().any(|one| one.hash == *hash && one.purpose.serves(purpose));
        own || known.elsewhere.contains(hash)
    };
    let unknown: Vec<_> = theme
        .pictures()
        .filter(|(purpose, hash)| !is_known(*purpose, hash))
        .map(|(purpose, _)| purpose)
        .collect();
    for purpose in &unknown {
        theme.wear(*purpose, None);
    }
    unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_are_not_here_are_left_out_of_a_theme_that_was_read() {
        let hash = |digit: &str| digit.repeat(64).parse::<PictureHash>().unwrap();
        let mut theme = Theme::of(palette::Rgb::BLACK);
        theme.wear(PictureUse::Logo, Some(hash("a")));
        theme.wear(PictureUse::LogoDark, Some(hash("b")));
        theme.wear(PictureUse::Mark, Some(hash("a")));
        theme.wear(PictureUse::Hero, Some(hash("c")));
        let own = BrandPicture {
            hash: hash("a"),
            purpose: PictureUse::LogoDark,
            kind: "png".into(),
            width: 1,
            height: 1,
            bytes: 1,
            address: String::new(),
            uploaded_at: base::Timestamp(0),
            uploaded_by_name: String::new(),
        };
        let known =
            BrandPictures { items: vec![own], elsewhere: vec![hash("c")], ..BrandPictures::default() };
        assert_eq!(leave_unknown_out(&mut theme, &known), [PictureUse::LogoDark, PictureUse::Mark]);
        let left: Vec<_> = theme.pictures().map(|(purpose, _)| purpose).collect();
        assert_eq!(left, [PictureUse::Logo, PictureUse::Hero]);
    }
}
