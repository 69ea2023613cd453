//! Another place without another page: organisation, program and brand change in the page that is open.
//!
//! The server is asked to act for the other place; then the style of its brand is put on with nothing of the old place to
//! be seen in it, and a frame later everything is made anew for what the person is there. All tabs of a
//! browser have one session: the others follow when they hear of it, or when they are looked at again.
use std::sync::Arc;
use std::time::Duration;

use access::{Me, Place, ProgramRef, Switch, SwitchContext, WhoAmI};
use base::Side;
use kit::{BrandFace, Dressing, Toasts, paths};
use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::frame::Frame;
use crate::navigation::stays;
use crate::t;

/// Hue and chroma where no brand is known.
const HOUSE_COLOUR: (u16, u16) = (262, 170);
/// Styles that are fetched because somebody may go there soon.
const WARM: usize = 8;

/// Which frame stands: for another place the other one takes its turn, with everything in it made anew.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    One,
    Other,
    /// None, while the address goes over to a page that makes sense in the other place.
    Between,
}

/// The page's place and what stands on it. Lives as long as the page.
#[derive(Clone, Copy)]
pub(crate) struct Stage {
    me: RwSignal<Me>,
    /// What the page shows of its brand.
    face: RwSignal<BrandFace>,
    turn: RwSignal<Turn>,
    /// Whether the page stands under a host name of its brand: which other places may be seen there, the server says.
    own_host: bool,
    /// For those who do not see that the page looks different.
    said: RwSignal<String>,
    busy: StoredValue<bool>,
}

impl Stage {
    pub(crate) fn provide(me: RwSignal<Me>, face: RwSignal<BrandFace>, own_host: bool) -> Self {
        let stage = Self {
            me,
            face,
            turn: RwSignal::new(Turn::One),
            own_host,
            said: RwSignal::default(),
            busy: StoredValue::new(false),
        };
        provide_context(stage);
        stage
    }

    /// The frame, for the router.
    pub(crate) fn frame(self) -> AnyView {
        let frame = move || match self.turn.get() {
            Turn::One => EitherOf3::A(view! { <Frame/> }),
            Turn::Other => EitherOf3::B(view! { <Frame/> }),
            Turn::Between => EitherOf3::C(()),
        };
        frame.into_any()
    }

    /// Says where one is now; outside of the frame, which does not outlive the moment.
    pub(crate) fn voice(self) -> AnyView {
        view! { <p class="visually-hidden" aria-live="polite">{move || self.said.get()}</p> }.into_any()
    }

    fn other_turn(self) -> Turn {
        if self.turn.get_untracked() == Turn::One { Turn::Other } else { Turn::One }
    }

    /// Fetches the styles of the programs that can be chosen.
    fn warm(self) {
        let me = self.me.get_untracked();
        let mut known: Vec<_> = me.program.iter().map(|program| program.brand_id).collect();
        for program in me.programs {
            if known.len() <= WARM && !known.contains(&program.brand_id) {
                known.push(program.brand_id);
                leptos::task::spawn_local(async move {
                    dressing(Some(&program)).await;
                });
            }
        }
    }
}

/// What a place wears: fetched once for each published theme. None when it does not come.
async fn dressing(program: Option<&ProgramRef>) -> Option<Dressing> {
    let Some(program) = program else {
        return Some(Dressing::of_hue("", HOUSE_COLOUR.0, HOUSE_COLOUR.1));
    };
    let text = kit::read_text(&paths::face(program.brand_id, program.face)).await.ok()?;
    base::tree::read(&text).ok()
}

type Navigate = Arc<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// What a change of place needs of the frame that it begins in.
#[derive(Clone)]
struct Change {
    stage: Stage,
    toasts: Toasts,
    navigate: Navigate,
    /// Path and query of the page.
    here: (Memo<String>, Memo<String>),
}

/// Lets everything in the frame ask for another place, and follows the other tabs there. Called by the frame.
pub(crate) fn provide(toasts: Toasts) {
    let Some(stage) = use_context::<Stage>() else { return };
    let location = use_location();
    let change = Change {
        stage,
        toasts,
        navigate: Arc::new(use_navigate()),
        here: (location.pathname, location.search),
    };
    let (going, following) = (change.clone(), change);
    provide_context(Switch {
        to: Callback::new(move |place| going.clone().go(place)),
        warm: Callback::new(move |()| stage.warm()),
    });
    Effect::new(move |_| {
        let (told, seen) = (following.clone(), following.clone());
        kit::on_put_elsewhere(move || told.clone().follow());
        kit::on_seen(move || seen.clone().follow());
    });
}

impl Change {
    /// Asks to act for another place, and goes over to it.
    fn go(self, place: Place) {
        if self.stage.busy.get_value() {
            return;
        }
        self.stage.busy.set_value(true);
        leptos::task::spawn_local(async move {
            let Place { organization, program, next } = place;
            match kit::ask(SwitchContext { organization, program }).await {
                Ok(me) => self.take(me, next, true).await,
                Err(_) => {
                    self.toasts.fail(t::switch_failed());
                    self.stage.busy.set_value(false);
                }
            }
        });
    }

    /// Goes where the other tabs are, if they are elsewhere; the server says where that is.
    fn follow(self) {
        let own = self.stage.me.with_untracked(Me::place);
        if self.stage.busy.get_value() || kit::place_here().is_none_or(|here| here == own) {
            return;
        }
        self.stage.busy.set_value(true);
        leptos::task::spawn_local(async move {
            match kit::ask(WhoAmI {}).await {
                // Somebody else has signed in: nothing of this page is theirs.
                Ok(me) if me.user.id != self.stage.me.with_untracked(|mine| mine.user.id) => {
                    kit::load(&self.here.0.get_untracked());
                }
                Ok(me) if me.place() != own => return self.take(me, None, false).await,
                Ok(_) => kit::stand_at(&own),
                // What the page asks next says the same.
                Err(_) => {}
            }
            self.stage.busy.set_value(false);
        });
    }

    /// Puts another place into the page. `chosen` when somebody chose it here.
    async fn take(self, me: Me, next: Option<String>, chosen: bool) {
        let Self { stage, navigate, here, .. } = self;
        let dressing = dressing(me.program.as_ref()).await;
        let (path, search) = (here.0.get_untracked(), here.1.get_untracked());
        let side = me.side().unwrap_or(Side::Partner);
        let (target, replace) = match next {
            Some(next) => (Some(next), false),
            // Back leads to what was before the record that is not of this place.
            None if !stays(&path, side, me.role()) => (Some(paths::HOME.to_owned()), true),
            // What narrows a list down names things of the other place.
            None => (Some(path.clone()).filter(|path| !search.is_empty() && path != paths::INBOX), true),
        };
        if let Some(target) = &target {
            let path = target.split(['?', '#']).next().unwrap_or_default();
            let _ = areas::load(path).await;
        }
        let is_led = target.is_some() && !replace;
        let fits = |dressing: &Dressing| !stage.own_host && dressing.speaks_as_the_page();
        let Some(dressing) = dressing.filter(fits) else {
            // The server leads back to the brand whose name it is, or every text of the page would say it otherwise.
            stage.busy.set_value(false);
            return kit::load(target.as_deref().unwrap_or(&path));
        };
        dressing.put_on();
        leave(true);
        after_paint(move || {
            stage.face.set(dressing.face);
            stage.said.set(words(&me));
            stage.me.set(me);
            let turn = stage.other_turn();
            let arrive = move || {
                stage.turn.set(turn);
                leave(false);
                stage.busy.set_value(false);
                focus(chosen, is_led);
            };
            let Some(target) = target else { return arrive() };
            stage.turn.set(Turn::Between);
            navigate(&target, NavigateOptions { replace, ..NavigateOptions::default() });
            // The router has the page's code, and needs no longer than this to have its view; before, the frame would
            // show the old page once more.
            set_timeout(move || set_timeout(arrive, Duration::ZERO), Duration::ZERO);
        });
    }
}

/// Whether the page is between two places: what belongs to the old one is not shown.
fn leave(is_leaving: bool) {
    if let Some(page) = document().document_element() {
        let _ = if is_leaving {
            page.set_attribute("data-leaving", "true")
        } else {
            page.remove_attribute("data-leaving")
        };
    }
}

/// Does something when the next frame has been painted; at once in a tab that nobody sees, where none is.
fn after_paint(work: impl FnOnce() + 'static) {
    if document().hidden() {
        return work();
    }
    request_animation_frame(move || set_timeout(work, Duration::ZERO));
}

/// Where one is now.
fn words(me: &Me) -> String {
    match (&me.program, &me.organization) {
        (Some(program), _) => t::now_at(&program.brand_name, &program.name),
        (None, Some(organization)) => t::now_for(&organization.organization_name),
        (None, None) => String::new(),
    }
}

/// The frame that had the focus is gone: whoever chose goes on at the switch, or in the page that was led to.
fn focus(chosen: bool, is_led: bool) {
    if !chosen {
        return;
    }
    request_animation_frame(move || {
        let find = |selector: &str| {
            let found = document().query_selector(selector).ok().flatten();
            let found = found.and_then(|element| element.dyn_into::<HtmlElement>().ok());
            found.filter(|element| element.offset_width() > 0)
        };
        let switch = if is_led { None } else { find("#switch summary") };
        if let Some(element) = switch.or_else(|| find("#main")) {
            let _ = element.focus();
        }
    });
}
