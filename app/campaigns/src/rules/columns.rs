//! Which column of a file holds what: guessed from the headings, in the languages of the portal.
use crate::model::{ContactField, Mapping};

/// What a heading may be called, after [`plain`].
const NAMES: &[(ContactField, &[&str])] = &[
    (
        ContactField::Email,
        &[
            "email",
            "emailaddress",
            "mail",
            "mailaddress",
            "eaddress",
            "emailadresse",
            "mailadresse",
            "adressemail",
            "adresseemail",
            "courriel",
            "correo",
            "correoelectronico",
            "direcciondecorreo",
            "emailid",
            "workemail",
            "البريد",
            "البريدالالكتروني",
            "البريدالإلكتروني",
        ],
    ),
    (
        ContactField::FirstName,
        &[
            "firstname",
            "givenname",
            "forename",
            "vorname",
            "prenom",
            "nombre",
            "primernombre",
            "fname",
            "الاسمالاول",
            "الاسمالأول",
        ],
    ),
    (
        ContactField::LastName,
        &[
            "lastname",
            "surname",
            "familyname",
            "nachname",
            "familienname",
            "nomdefamille",
            "apellido",
            "apellidos",
            "lname",
            "اسمالعائلة",
            "اللقب",
        ],
    ),
    (
        ContactField::FullName,
        &[
            "name",
            "fullname",
            "contact",
            "contactname",
            "vollername",
            "nomcomplet",
            "nombrecompleto",
            "الاسم",
            "الاسمالكامل",
        ],
    ),
    (
        ContactField::Company,
        &[
            "company",
            "companyname",
            "organization",
            "organisation",
            "account",
            "accountname",
            "firma",
            "unternehmen",
            "societe",
            "entreprise",
            "empresa",
            "compania",
            "الشركة",
        ],
    ),
    (
        ContactField::TimeZone,
        &["timezone", "zone", "zeitzone", "fuseauhoraire", "zonahoraria", "المنطقةالزمنية"],
    ),
    (
        ContactField::Consent,
        &[
            "consent",
            "optin",
            "permission",
            "marketingconsent",
            "einwilligung",
            "zustimmung",
            "consentement",
            "consentimiento",
            "newsletter",
            "subscribed",
            "الموافقة",
        ],
    ),
    (
        ContactField::ConsentSource,
        &[
            "consentsource",
            "source",
            "optinsource",
            "quelle",
            "herkunft",
            "origine",
            "origen",
            "fuente",
            "المصدر",
        ],
    ),
    (
        ContactField::ConsentOn,
        &[
            "consentdate",
            "consenton",
            "optindate",
            "datumdereinwilligung",
            "einwilligungam",
            "dateduconsentement",
            "fechadeconsentimiento",
            "consentat",
            "optintime",
            "تاريخالموافقة",
        ],
    ),
    (
        ContactField::ConsentWording,
        &[
            "consentwording",
            "consenttext",
            "statement",
            "wording",
            "einwilligungstext",
            "texteduconsentement",
            "textodeconsentimiento",
        ],
    ),
    (
        ContactField::DoubleOptIn,
        &["doubleoptin", "confirmed", "doi", "bestaetigt", "confirme", "confirmado", "مؤكد"],
    ),
];

/// A heading without case, accents, white space and signs.
fn plain(heading: &str) -> String {
    let mut out = String::new();
    for letter in heading.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'á' | 'à' | 'â' => out.push('a'),
            'í' | 'ì' | 'î' | 'ï' => out.push('i'),
            'ó' | 'ò' | 'ô' => out.push('o'),
            'ú' | 'ù' | 'û' => out.push('u'),
            'ñ' => out.push('n'),
            'ç' => out.push('c'),
            other if other.is_alphanumeric() => out.push(other),
            _ => {}
        }
    }
    out
}

/// What the headings say, each column for one thing. Where no heading names an address, the first column whose cells look
/// like addresses is it.
#[must_use]
pub fn guess(headings: &[String], first_rows: &[Vec<String>]) -> Mapping {
    let known: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    let mut mapping = Mapping::new();
    let mut taken = vec![false; headings.len()];
    for (field, names) in NAMES {
        let found = names.iter().find_map(|name| known.iter().position(|known| known == name));
        if let Some(at) = found.filter(|at| !taken[*at]) {
            taken[at] = true;
            mapping.insert(*field, headings[at].clone());
        }
    }
    let has_address = mapping.contains_key(&ContactField::Email);
    if !has_address {
        let looks = |at: usize| {
            let cells =
                first_rows.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.trim().is_empty());
            let (mut all, mut addresses) = (0, 0);
            for cell in cells {
                all += 1;
                addresses += usize::from(super::rows::address(cell).is_some());
            }
            all > 0 && addresses * 2 > all
        };
        if let Some(at) = (0..headings.len()).find(|at| !taken[*at] && looks(*at)) {
            mapping.insert(ContactField::Email, headings[at].clone());
        }
    }
    // First and last name say more than both in one.
    if mapping.contains_key(&ContactField::FirstName) && mapping.contains_key(&ContactField::LastName) {
        mapping.remove(&ContactField::FullName);
    }
    mapping
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(text: &str) -> Vec<String> {
        text.split('|').map(str::to_owned).collect()
    }

    fn guessed(text: &str) -> Vec<(ContactField, String)> {
        guess(&headings(text), &[]).into_iter().collect()
    }

    #[test]
    fn headings_are_known_in_all_languages() {
        let all = guessed("E-Mail-Adresse|Vorname|Nachname|Firma|Einwilligung am");
        assert_eq!(all.len(), 5, "{all:?}");
        let all = guessed("Correo electrónico|Nombre|Apellidos|Empresa");
        assert_eq!(all.len(), 4, "{all:?}");
        let all = guessed("Courriel|Prénom|Nom de famille|Société|Date du consentement");
        assert_eq!(all.len(), 5, "{all:?}");
        let all = guessed("البريد الإلكتروني|الاسم|الشركة");
        assert_eq!(all.len(), 3, "{all:?}");
    }

    #[test]
    fn a_column_of_addresses_is_found_by_what_is_in_it() {
        let rows = vec![vec!["Ana".to_owned(), "ana@north.example".to_owned()]];
        let mapping = guess(&headings("Who|Where"), &rows);
        assert_eq!(mapping.get(&ContactField::Email).map(String::as_str), Some("Where"));
        assert_eq!(guess(&headings("Who|Where"), &[]).len(), 0);
    }

    #[test]
    fn a_column_serves_once() {
        let mapping = guess(&headings("Name|First name|Last name|email"), &[]);
        assert!(!mapping.contains_key(&ContactField::FullName));
        assert_eq!(mapping.len(), 3);
    }

    #[test]
    fn every_name_is_plain() {
        for name in NAMES.iter().flat_map(|(_, names)| *names) {
            assert_eq!(plain(name), **name);
        }
    }
}
