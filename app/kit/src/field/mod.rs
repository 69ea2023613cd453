//! Form fields: label above, help below, and what is wrong, tied to the control for every kind of reader.
mod area;
mod check;
mod date;
mod drop;
mod faults;
mod money;
mod select;
mod text;

pub use area::*;
pub use check::*;
pub use date::*;
pub use drop::*;
pub use faults::*;
pub use money::*;
pub use select::*;
pub use text::*;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use base::Problem;

use crate::icon::{Icon, lucide};
use crate::{FormState, t};

/// The ids and the state that tie a control to its label, help and fault.
#[derive(Clone)]
pub(crate) struct Wiring {
    pub id: String,
    help: Option<String>,
    fault_id: String,
    pub fault: Signal<Option<String>>,
}

impl Wiring {
    /// Ties a field by its name in the form. What the screen says is wrong goes before what the form was told.
    pub fn new(name: &str, label: &str, id: Option<String>, help: bool, error: MaybeProp<String>) -> Self {
        let id = id.unwrap_or_else(|| element_id(name));
        let path = wire_path(name);
        if let Some(labels) = use_context::<FieldLabels>() {
            labels.add(&path, label);
        }
        let form = use_context::<FormState>();
        let fault = Signal::derive(move || {
            let told = |problem: &Option<Problem>| fault_of(problem.as_ref(), &path);
            let said = error.try_get().flatten();
            said.or_else(|| form.and_then(|form| form.problem.try_with(told).flatten()))
                .filter(|words| !words.is_empty())
        });
        Self { help: help.then(|| format!("{id}-help")), fault_id: format!("{id}-fault"), id, fault }
    }

    /// `aria-invalid`: present only when something is wrong.
    pub fn invalid(&self) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static + use<> {
        let fault = self.fault;
        move || fault.try_with(Option::is_some).unwrap_or_default().then_some("true")
    }

    /// `aria-describedby`: the help, and the fault while there is one.
    pub fn described(&self) -> impl Fn() -> Option<String> + Send + Sync + 'static + use<> {
        let Self { help, fault_id, fault, .. } = self.clone();
        move || {
            let fault = fault.try_with(Option::is_some).unwrap_or_default().then(|| fault_id.clone());
            match (help.clone(), fault) {
                (Some(help), Some(fault)) => Some(format!("{fault} {help}")),
                (help, fault) => fault.or(help),
            }
        }
    }
}

/// The frame of a field: label, control, fault, help.
pub(crate) fn framed(
    wiring: &Wiring,
    label: String,
    optional: bool,
    help: Option<String>,
    control: AnyView,
) -> impl IntoView + use<> {
    let id = wiring.id.clone();
    view! {
        <div class="field">
            <label for=id>
                {label}
                {optional.then(|| view! { <span class="optional">{t::optional()}</span> })}
            </label>
            {control}
            {fault_line(wiring)}
            {help_line(wiring, help)}
        </div>
    }
}

pub(crate) fn fault_line(wiring: &Wiring) -> impl IntoView + use<> {
    let (id, fault) = (wiring.fault_id.clone(), wiring.fault);
    move || {
        let id = id.clone();
        fault.try_get().flatten().map(|words| {
            view! { <p class="fault" id=id><Icon of=lucide::LuCircleAlert /><span>{words}</span></p> }
        })
    }
}

pub(crate) fn help_line(wiring: &Wiring, help: Option<String>) -> impl IntoView + use<> {
    let id = wiring.help.clone();
    help.map(|help| view! { <p class="help" id=id>{help}</p> })
}

/// The id of the control of a field: `customer[name]` becomes `customer-name`.
#[must_use]
pub fn element_id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            ']' => {}
            '[' | '.' => id.push('-'),
            c => id.push(c),
        }
    }
    id
}

/// The path of a field as problems name it: `products[0][quantity]` becomes `products[0].quantity`.
#[must_use]
pub fn wire_path(name: &str) -> String {
    let mut parts = name.split('[');
    let mut path = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let part = part.trim_end_matches(']');
        if !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) {
            path.extend(["[", part, "]"]);
        } else {
            path.extend([".", part]);
        }
    }
    path
}

/// Keeps a control and a signal in step. What was typed before the page came alive wins over what was rendered.
pub(crate) fn keep_in_step<E>(node: NodeRef<E>, bind: Option<RwSignal<String>>)
where
    E: leptos::html::ElementType + 'static,
    E::Output: JsCast + Clone + 'static,
{
    let Some(bind) = bind else { return };
    Effect::new(move |before: Option<()>| {
        let value = bind.get();
        let Some(element) = node.get() else { return };
        let element: Element = element.unchecked_into();
        let typed = typed_into(&element);
        if typed == value {
            return;
        }
        if before.is_none() && !typed.is_empty() {
            bind.set(typed);
        } else {
            write_into(&element, &value);
        }
    });
}

fn typed_into(element: &Element) -> String {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.value()
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.value()
    } else {
        element.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value).unwrap_or_default()
    }
}

fn write_into(element: &Element, value: &str) {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
    } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value);
    } else if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    }
}

fn fault_of(problem: Option<&Problem>, path: &str) -> Option<String> {
    problem?.of_field(path).map(fault_words)
}

/// The value a field starts with: what its signal holds, else what was typed before a plain form came back, else
/// what the screen gives.
pub(crate) fn first_value(name: &str, value: String, bind: Option<RwSignal<String>>) -> String {
    let typed = use_context::<FormState>().and_then(|form| form.typed(name));
    match (bind, typed) {
        (Some(bind), Some(typed)) => {
            bind.set(typed.clone());
            typed
        }
        (Some(bind), None) => bind.get_untracked(),
        (None, typed) => typed.unwrap_or(value),
    }
}

/// What the controls of all fields do when something was typed or chosen, or when they are left.
#[derive(Clone, Copy)]
pub(crate) struct Heard {
    pub bind: Option<RwSignal<String>>,
    pub on_input: Option<Callback<String>>,
    pub on_leave: Option<Callback<String>>,
}

impl Heard {
    pub fn typed(self, value: String) {
        if let Some(bind) = self.bind {
            bind.set(value.clone());
        }
        if let Some(on_input) = self.on_input {
            on_input.run(value);
        }
    }

    pub fn left(self, value: String) {
        if let Some(on_leave) = self.on_leave {
            on_leave.run(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_forms_become_ids_and_the_paths_of_problems() {
        assert_eq!(element_id("products[0][quantity]"), "products-0-quantity");
        assert_eq!(wire_path("products[0][quantity]"), "products[0].quantity");
        assert_eq!(wire_path("customer[name]"), "customer.name");
        assert_eq!(wire_path("email"), "email");
    }
}
