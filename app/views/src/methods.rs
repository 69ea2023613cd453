//! The methods that `view!` calls on an element.
use upstream::tachys::html::attribute::{AttributeValue, custom::custom_attribute};
use upstream::tachys::html::class::{IntoClass, class};
use upstream::tachys::html::element::{ElementType, InnerHtmlValue, inner_html};
use upstream::tachys::html::event::{Custom, EventDescriptor, on};
use upstream::tachys::html::node_ref::{NodeRefContainer, node_ref};
use upstream::tachys::html::property::{IntoProperty, prop};
use upstream::tachys::html::style::{IntoStyle, style};
use wasm_bindgen::JsCast;

use crate::Element;

impl Element {
    /// Sets an attribute by its name.
    pub fn attr(self, name: &'static str, value: impl AttributeValue) -> Self {
        self.with(name, custom_attribute(name, value))
    }

    /// Sets the classes, or one of them.
    pub fn class(self, value: impl IntoClass) -> Self {
        self.with("class", class(value))
    }

    /// Sets the style, or one property of it.
    pub fn style(self, value: impl IntoStyle) -> Self {
        self.with("style", style(value))
    }

    /// Sets a property of the DOM's object.
    pub fn prop(self, name: &'static str, value: impl IntoProperty) -> Self {
        self.with(name, prop(name, value))
    }

    /// Sets the content as HTML.
    pub fn inner_html(self, value: impl InnerHtmlValue) -> Self {
        self.with("inner_html", inner_html(value))
    }

    /// Gives the element to a reference.
    pub fn node_ref<E: ElementType>(self, container: impl NodeRefContainer<E>) -> Self {
        self.with("node_ref", node_ref(container))
    }

    /// Listens to an event.
    pub fn on<E, F>(self, event: E, mut listen: F) -> Self
    where
        E: EventDescriptor,
        E::EventType: JsCast,
        F: FnMut(E::EventType) + 'static,
    {
        self.listening(event.name(), Box::new(move |event: web_sys::Event| listen(event.unchecked_into())))
    }

    #[inline(never)]
    fn listening(self, name: std::borrow::Cow<'static, str>, listen: Box<dyn FnMut(web_sys::Event)>) -> Self {
        self.with("on", on(Custom::<web_sys::Event>::new(name), listen))
    }
}

macro_rules! named {
    ($($method:ident = $name:literal,)*) => {
        impl Element {
            $(
                #[doc = concat!("Sets the attribute `", $name, "`.")]
                pub fn $method(self, value: impl AttributeValue) -> Self {
                    self.attr($name, value)
                }
            )*
        }
    };
}

named! {
    accept = "accept",
    action = "action",
    alt = "alt",
    aria_activedescendant = "aria-activedescendant",
    aria_atomic = "aria-atomic",
    aria_autocomplete = "aria-autocomplete",
    aria_busy = "aria-busy",
    aria_checked = "aria-checked",
    aria_colcount = "aria-colcount",
    aria_controls = "aria-controls",
    aria_current = "aria-current",
    aria_describedby = "aria-describedby",
    aria_disabled = "aria-disabled",
    aria_errormessage = "aria-errormessage",
    aria_expanded = "aria-expanded",
    aria_haspopup = "aria-haspopup",
    aria_hidden = "aria-hidden",
    aria_invalid = "aria-invalid",
    aria_keyshortcuts = "aria-keyshortcuts",
    aria_label = "aria-label",
    aria_labelledby = "aria-labelledby",
    aria_level = "aria-level",
    aria_live = "aria-live",
    aria_modal = "aria-modal",
    aria_multiselectable = "aria-multiselectable",
    aria_orientation = "aria-orientation",
    aria_owns = "aria-owns",
    aria_posinset = "aria-posinset",
    aria_pressed = "aria-pressed",
    aria_readonly = "aria-readonly",
    aria_required = "aria-required",
    aria_roledescription = "aria-roledescription",
    aria_rowcount = "aria-rowcount",
    aria_selected = "aria-selected",
    aria_setsize = "aria-setsize",
    aria_sort = "aria-sort",
    aria_valuemax = "aria-valuemax",
    aria_valuemin = "aria-valuemin",
    aria_valuenow = "aria-valuenow",
    aria_valuetext = "aria-valuetext",
    autocapitalize = "autocapitalize",
    autocomplete = "autocomplete",
    autofocus = "autofocus",
    checked = "checked",
    cite = "cite",
    cols = "cols",
    colspan = "colspan",
    content = "content",
    contenteditable = "contenteditable",
    datetime = "datetime",
    dir = "dir",
    disabled = "disabled",
    download = "download",
    draggable = "draggable",
    enctype = "enctype",
    enterkeyhint = "enterkeyhint",
    r#for = "for",
    form = "form",
    formaction = "formaction",
    formmethod = "formmethod",
    headers = "headers",
    height = "height",
    hidden = "hidden",
    href = "href",
    hreflang = "hreflang",
    id = "id",
    inert = "inert",
    inputmode = "inputmode",
    label = "label",
    lang = "lang",
    list = "list",
    loading = "loading",
    max = "max",
    maxlength = "maxlength",
    method = "method",
    min = "min",
    minlength = "minlength",
    multiple = "multiple",
    name = "name",
    novalidate = "novalidate",
    open = "open",
    pattern = "pattern",
    placeholder = "placeholder",
    sandbox = "sandbox",
    popover = "popover",
    popovertarget = "popovertarget",
    readonly = "readonly",
    rel = "rel",
    required = "required",
    reversed = "reversed",
    role = "role",
    rows = "rows",
    rowspan = "rowspan",
    scope = "scope",
    selected = "selected",
    size = "size",
    sizes = "sizes",
    span = "span",
    spellcheck = "spellcheck",
    src = "src",
    srcset = "srcset",
    start = "start",
    step = "step",
    tabindex = "tabindex",
    target = "target",
    title = "title",
    translate = "translate",
    r#type = "type",
    value = "value",
    width = "width",
    wrap = "wrap",
}
