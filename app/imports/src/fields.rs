//! What a file of each kind may hold, and under which column names other systems write it.
use crate::model::{Field, Kind};

/// A field: its name, whether a file is of no use without it, and the column names it is recognised by.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) headers: &'static [&'static str],
}

const fn needed(name: &'static str, headers: &'static [&'static str]) -> Known {
    Known { name, required: true, headers }
}

const fn field(name: &'static str, headers: &'static [&'static str]) -> Known {
    Known { name, required: false, headers }
}

const CUSTOMERS: &[Known] = &[
    needed("name", &["account", "account_name", "customer", "customer_name", "company", "company_name"]),
    field("external_id", &["account_id", "customer_id", "id"]),
    field("website", &["url", "web", "domain", "homepage"]),
    field("country", &["office_location", "billing_country", "location"]),
    field("registration_number", &["company_number", "commercial_register", "vat_number"]),
    field("phone", &["telephone", "phone_number"]),
    field("city", &["town", "billing_city"]),
    field("postal_code", &["zip", "zip_code", "postcode", "billing_postal_code"]),
    field("street", &["address", "billing_street"]),
    field("sector", &["industry", "branch"]),
    field("founded_year", &["year_established", "founded"]),
    field("employees", &["number_of_employees", "staff"]),
    field("revenue_millions", &["revenue"]),
    field("annual_revenue", &["revenue_per_year", "turnover"]),
    field("parent_name", &["subsidiary_of", "parent", "parent_account"]),
];

const PRODUCTS: &[Known] = &[
    needed("name", &["product", "product_name"]),
    field("sku", &["product_code", "code", "product_id"]),
    needed("family", &["series", "product_family", "category", "line"]),
    field("list_price", &["sales_price", "price", "unit_price"]),
];

const PARTNERS: &[Known] = &[
    needed("name", &["sales_agent", "partner", "partner_name", "organization", "company", "agent"]),
    field("territory", &["regional_office", "region"]),
    field("channel_manager", &["manager", "partner_manager"]),
];

const OPPORTUNITIES: &[Known] = &[
    needed("external_id", &["opportunity_id", "id", "crm_id"]),
    needed("stage", &["deal_stage", "status", "stage_name"]),
    field("partner", &["sales_agent", "partner_name", "owner", "agent"]),
    field("product", &["product_name", "sku"]),
    field("customer", &["account", "account_name", "customer_name", "company"]),
    field("opened_on", &["engage_date", "open_date", "created_date"]),
    field("closed_on", &["close_date", "closed_date"]),
    field("value", &["close_value", "amount", "deal_value"]),
];

const DEALS: &[Known] = &[
    needed(
        "customer",
        &["customer_name", "account", "account_name", "company", "company_name", "kunde", "firma"],
    ),
    field("external_id", &["reference", "registration_id", "id", "crm_id", "opportunity_id", "referenz"]),
    field("partner", &["partner_name", "reseller"]),
    field("website", &["url", "web", "domain", "homepage", "webseite"]),
    field("country", &["customer_country", "billing_country", "land"]),
    field(
        "registration_number",
        &["company_number", "commercial_register", "vat_number", "handelsregisternummer"],
    ),
    field("phone", &["telephone", "phone_number", "telefon"]),
    field("city", &["town", "billing_city", "ort", "stadt"]),
    field("postal_code", &["zip", "zip_code", "postcode", "plz"]),
    field("street", &["address", "billing_street", "strasse"]),
    field("product", &["products", "product_name", "sku", "product_family", "produkt", "produkte"]),
    field("quantity", &["seats", "pieces", "menge", "anzahl"]),
    field("value", &["deal_value", "amount", "estimated_value", "wert", "betrag"]),
    field("currency", &["currency_code", "waehrung", "währung"]),
    field("value_kind", &["value_type"]),
    field("expected_close", &["close_date", "expected_close_date", "closing_date", "abschluss"]),
    field("partner_role", &["role"]),
    field("evidence", &["evidence_note", "proof", "nachweis"]),
    field("evidence_kind", &["evidence_type"]),
    field("evidence_on", &["evidence_date"]),
    field("sales_stage", &["stage", "deal_stage"]),
    field("use_case", &["usecase"]),
    field("competitor", &["competition"]),
    field("incumbent", &[]),
    field("tender_reference", &["tender", "rfp"]),
    field("source", &["campaign", "lead_source"]),
    field("notes", &["note", "comment", "comments", "description", "notizen"]),
    field("submit", &["submit_now", "einreichen"]),
];

const GOALS: &[Known] = &[
    field("partner", &["partner_name", "reseller"]),
    field("territory", &["region", "gebiet"]),
    needed("metric", &["figure", "kpi", "kennzahl"]),
    needed("target", &["goal", "value", "ziel"]),
    needed("from", &["start", "first_day", "von"]),
    needed("until", &["end", "to", "last_day", "bis"]),
    field("note", &["notes", "comment", "notiz"]),
];

const RATES: &[Known] = &[
    needed("currency", &["currency_code", "code", "waehrung", "währung"]),
    needed("month", &["date", "period", "time_period", "monat"]),
    needed("per_euro", &["rate", "value", "obs_value", "kurs"]),
];

impl Kind {
    /// The fields of a file of this kind.
    pub(crate) const fn known(self) -> &'static [Known] {
        match self {
            Self::Customers => CUSTOMERS,
            Self::Products => PRODUCTS,
            Self::Partners => PARTNERS,
            Self::Opportunities => OPPORTUNITIES,
            Self::Deals => DEALS,
            Self::Goals => GOALS,
            Self::Rates => RATES,
        }
    }

    /// The fields as the API tells them.
    #[must_use]
    pub fn fields(self) -> Vec<Field> {
        let field = |known: &Known| Field {
            name: known.name.to_owned(),
            required: known.required,
            headers: known.headers.iter().map(|header| (*header).to_owned()).collect(),
        };
        self.known().iter().map(field).collect()
    }
}
