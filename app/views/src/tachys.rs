//! The renderer, with our elements in place of its own: the functions that `view!` calls for a tag.
pub use upstream::tachys::*;

macro_rules! elements {
    ($namespace:expr; $($function:ident = $tag:literal,)*) => {
        $(
            #[doc = concat!("The element `<", $tag, ">`.")]
            pub fn $function() -> crate::Element {
                crate::Element::new($tag, $namespace)
            }
        )*
    };
}

/// What HTML is made of.
pub mod html {
    pub use upstream::tachys::html::*;

    /// The elements of HTML.
    pub mod element {
        pub use upstream::tachys::html::element::*;

        elements! { None;
            a = "a", abbr = "abbr", address = "address", article = "article", aside = "aside", b = "b",
            blockquote = "blockquote", br = "br", button = "button", caption = "caption", code = "code", col = "col",
            colgroup = "colgroup", data = "data", datalist = "datalist", dd = "dd", del = "del", details = "details",
            dfn = "dfn", dialog = "dialog", div = "div", dl = "dl", dt = "dt", em = "em", fieldset = "fieldset",
            figcaption = "figcaption", figure = "figure", footer = "footer", form = "form", h1 = "h1", h2 = "h2",
            h3 = "h3", h4 = "h4", h5 = "h5", h6 = "h6", header = "header", hgroup = "hgroup", hr = "hr", i = "i",
            iframe = "iframe", img = "img", input = "input", ins = "ins", kbd = "kbd", label = "label",
            legend = "legend", li = "li", main = "main", mark = "mark", menu = "menu", meter = "meter", nav = "nav",
            noscript = "noscript", ol = "ol", optgroup = "optgroup", option = "option", output = "output", p = "p",
            pre = "pre", progress = "progress", q = "q", s = "s", samp = "samp", search = "search",
            section = "section", select = "select", small = "small", span = "span", strong = "strong", sub = "sub",
            summary = "summary", sup = "sup", table = "table", tbody = "tbody", td = "td", textarea = "textarea",
            tfoot = "tfoot", th = "th", thead = "thead", time = "time", tr = "tr", u = "u", ul = "ul", var = "var",
            video = "video", wbr = "wbr",
        }
    }
}

/// The elements of SVG.
pub mod svg {
    pub use upstream::tachys::svg::*;

    elements! { Some("http://www.w3.org/2000/svg");
        circle = "circle", defs = "defs", desc = "desc", ellipse = "ellipse",
        filter = "filter", g = "g", line = "line", mask = "mask", path = "path",
        pattern = "pattern", polygon = "polygon", polyline = "polyline", rect = "rect", stop = "stop",
        svg = "svg", symbol = "symbol", text = "text", title = "title", tspan = "tspan",
    }
}
