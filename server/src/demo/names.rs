//! Names for the demo's partners and customers; all made up.
use partners::PartnerType as T;

/// Partners besides Alpine and Bluepeak: name, country, web host, kind.
pub(super) const PARTNERS: [(&str, &str, &str, T); 38] = [
    ("Kontor IT", "DE", "kontor-it.example", T::Reseller),
    ("Medisoft Solutions", "DE", "medisoft.example", T::Isv),
    ("Fjord Systems", "NO", "fjordsystems.example", T::Si),
    ("Tagus Cloud", "PT", "taguscloud.example", T::Msp),
    ("Lumière Conseil", "FR", "lumiere-conseil.example", T::Consultancy),
    ("Vistula Data", "PL", "vistuladata.example", T::Reseller),
    ("Aegean Networks", "GR", "aegean-networks.example", T::Msp),
    ("Brabant Distribution", "NL", "brabantdistribution.example", T::Distributor),
    ("Danube Integrators", "AT", "danube-integrators.example", T::Si),
    ("Helvetia Digital Partners", "CH", "helvetiadigital.example", T::Reseller),
    ("Ostsee Consulting", "DE", "ostsee-consulting.example", T::Consultancy),
    ("Pennine Technology", "GB", "pennine-tech.example", T::Reseller),
    ("Shannon Managed Services", "IE", "shannonms.example", T::Msp),
    ("Castilla Sistemas", "ES", "castillasistemas.example", T::Si),
    ("Lombardia Informatica", "IT", "lombardiainformatica.example", T::Reseller),
    ("Bohemia Soft", "CZ", "bohemiasoft.example", T::Isv),
    ("Skåne IT-Partner", "SE", "skane-it.example", T::Reseller),
    ("Karelia Labs", "FI", "karelialabs.example", T::Isv),
    ("Jutland Cloud", "DK", "jutlandcloud.example", T::Msp),
    ("Flandre Numérique", "BE", "flandre-numerique.example", T::Agency),
    ("Mosel Datentechnik", "DE", "mosel-dt.example", T::Reseller),
    ("Adria Security", "HR", "adriasecurity.example", T::Technology),
    ("Carpathia Systems", "RO", "carpathiasystems.example", T::Si),
    ("Baltic Byte", "LT", "balticbyte.example", T::Reseller),
    ("Rhône Intégration", "FR", "rhone-integration.example", T::Si),
    ("Severn Advisory", "GB", "severnadvisory.example", T::Influencer),
    ("Tatra Networks", "SK", "tatranetworks.example", T::Reseller),
    ("Weser Software", "DE", "weser-software.example", T::Isv),
    ("Douro Partners", "PT", "douropartners.example", T::Referral),
    ("Po Valley Tech", "IT", "povalleytech.example", T::Reseller),
    ("Nordlicht Medien", "DE", "nordlicht-medien.example", T::Agency),
    ("Thames Gate Distribution", "GB", "thamesgate.example", T::Distributor),
    ("Ebro Soluciones", "ES", "ebrosoluciones.example", T::Reseller),
    ("Lofoten Consulting", "NO", "lofotenconsulting.example", T::Consultancy),
    ("Saar Systemhaus", "DE", "saar-systemhaus.example", T::Reseller),
    ("Gotland Insights", "SE", "gotlandinsights.example", T::Influencer),
    ("Drava IT", "SI", "dravait.example", T::Msp),
    ("Ardennes Referral Club", "BE", "ardennesclub.example", T::Referral),
];

/// What customers are called first.
pub(super) const FIRST: [&str; 40] = [
    "Helvetia",
    "Brandt",
    "Nordwerk",
    "Meridian",
    "Stadtwerke Aurach",
    "Lindqvist",
    "Castellano",
    "Duvernay",
    "Ostmark",
    "Pellegrini",
    "Van den Berg",
    "Kowalski",
    "Havel",
    "Sörensen",
    "Moreau",
    "Fairbank",
    "Kilbride",
    "Andrade",
    "Kallas",
    "Petrescu",
    "Horvat",
    "Weidmann",
    "Oberland",
    "Silberbach",
    "Grünfeld",
    "Tannenhof",
    "Rosenthal",
    "Kastanien",
    "Blauwasser",
    "Steinbrück",
    "Alder",
    "Whitmore",
    "Larkspur",
    "Bellavista",
    "Monteverde",
    "Santorini",
    "Vasterbotten",
    "Haugland",
    "Ravenna",
    "Delacroix",
];

/// What they do, as the second part of their name, with their sector.
pub(super) const SECOND: [(&str, &str); 18] = [
    ("Präzisionswerke", "manufacturing"),
    ("Logistik", "logistics"),
    ("Foods", "retail"),
    ("Klinik", "medical"),
    ("Versicherung", "finance"),
    ("Energie", "utilities"),
    ("Maschinenbau", "manufacturing"),
    ("Pharma", "medical"),
    ("Textil", "retail"),
    ("Optik", "manufacturing"),
    ("Telecom", "telecommunications"),
    ("Bank", "finance"),
    ("Immobilien", "services"),
    ("Reisen", "services"),
    ("Automotive", "manufacturing"),
    ("Media", "entertainment"),
    ("Chemie", "manufacturing"),
    ("Handel", "retail"),
];

/// Countries with their legal form and a city.
pub(super) const PLACES: [(&str, &str, &str); 12] = [
    ("DE", "GmbH", "Hamburg"),
    ("DE", "AG", "München"),
    ("CH", "AG", "Winterthur"),
    ("AT", "GmbH", "Linz"),
    ("FR", "SAS", "Lyon"),
    ("NL", "B.V.", "Utrecht"),
    ("GB", "Ltd", "Leeds"),
    ("IT", "S.p.A.", "Torino"),
    ("ES", "S.L.", "Zaragoza"),
    ("SE", "AB", "Malmö"),
    ("PL", "Sp. z o.o.", "Wrocław"),
    ("IE", "Ltd", "Cork"),
];

/// What shows that a partner is at work.
pub(super) const EVIDENCE: [&str; 10] = [
    "Workshop with the head of IT",
    "Demo for the operations team",
    "Quote sent and discussed",
    "First call with purchasing",
    "Met at the trade fair in spring",
    "Asked for a proof of concept",
    "Introduced by an existing customer",
    "Security assessment delivered",
    "Site visit with two engineers",
    "Budget confirmed by the CFO",
];

/// A host name of a company name: `Van den Berg Optik` → `vandenberg-optik`.
pub(super) fn host(first: &str, second: &str, country: &str) -> String {
    let plain = |text: &str| -> String {
        text.to_lowercase()
            .chars()
            .flat_map(|c| match c {
                'ä' => vec!['a', 'e'],
                'ö' => vec!['o', 'e'],
                'ü' => vec!['u', 'e'],
                'å' => vec!['a'],
                'é' | 'è' => vec!['e'],
                c if c.is_ascii_alphanumeric() => vec![c],
                _ => Vec::new(),
            })
            .collect()
    };
    format!(
        "{}-{}.{}",
        plain(first),
        plain(second),
        if country == "GB" { "co.uk".into() } else { country.to_lowercase() }
    )
}
