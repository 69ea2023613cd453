//! One inbox for all organisations, programs and brands of a person.
use base::{ApiKeyId, BrandId, NoticeId, ProgramId};

use super::*;
use crate::model::Notice;

impl People {
    /// A program of a brand of its own.
    async fn program(&self, name: &'static str, hue: i64) -> (BrandId, ProgramId) {
        let (parts, vendor) = (self.world.parts.clone(), self.carlos.organization().unwrap());
        let now = parts.clock().now();
        let (brand, program) = (BrandId(parts.id(now)), ProgramId(parts.id(now)));
        let work = async move |tx: &mut Tx| {
            const BRAND: &str = "
                insert into brand (id, vendor_id, name, slug, hue, chroma_milli, version)
                values ($1, $2, $3, $3, $4, 105, 1)";
            const PROGRAM: &str = "
                insert into program (id, vendor_id, brand_id, name, slug, currency, time_zone, created_at, version)
                values ($1, $2, $3, $4, $4, 'EUR', 'UTC', $5, 1)";
            base::execute!(tx, sqlx::query(BRAND).bind(brand.0).bind(vendor.0).bind(name).bind(hue))?;
            base::execute!(
                tx,
                sqlx::query(PROGRAM).bind(program.0).bind(vendor.0).bind(brand.0).bind(name).bind(now.0)
            )?;
            Ok(())
        };
        self.world.parts.db().write(work).await.unwrap();
        (brand, program)
    }

    /// The vendor approves a deal of somebody's organisation in a program.
    async fn approved(&self, of: &Actor, program: Option<ProgramId>, deal: &str) {
        let (parts, by) = (self.world.parts.clone(), self.carlos.clone());
        let happened = Happened {
            vendor: self.carlos.organization().unwrap(),
            kind: "deal.approved",
            subject: deal.to_owned(),
            program,
            partner: of.organization().ok(),
            keys: Vec::new(),
            data: json!({}),
        };
        let work = async move |tx: &mut Tx| append(tx, &parts, &by, happened).await.map(|_| ());
        self.world.parts.db().write(work).await.unwrap();
    }

    /// Makes somebody a member of another's organisation, too.
    async fn joins(&self, who: &Actor, whose: &Actor, role: Role) {
        let (parts, user) = (self.world.parts.clone(), who.user.unwrap());
        let organization = whose.organization().unwrap();
        let work = async move |tx: &mut Tx| {
            access::server::add_membership(tx, &parts, user, organization, role).await.map(drop)
        };
        self.world.parts.db().write(work).await.unwrap();
    }

    async fn listed(&self, actor: &Actor, ask: ListNotices) -> Vec<Notice> {
        self.world.ask(actor, ask).await.unwrap().items
    }
}

fn of(brand: BrandId) -> ListNotices {
    ListNotices { brand: Some(brand), ..ListNotices::default() }
}

#[rstest]
#[tokio::test]
async fn one_inbox_has_the_messages_of_all_brands_and_organisations(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let (aurora, cloud) = people.program("Aurora", 188).await;
    let (harbor, sea) = people.program("Harbor", 20).await;
    // Noor works for Blue, and owns Alpine besides.
    people.joins(&people.noor, &people.sam, Role::PartnerOwner).await;
    people.approved(&people.noor, Some(cloud), "deal_1").await;
    people.approved(&people.noor, None, "deal_2").await;
    people.approved(&people.sam, Some(sea), "deal_3").await;
    people.approved(&people.sam, Some(cloud), "deal_4").await;

    let (world, noor) = (&people.world, &people.noor);
    let all = people.listed(noor, ListNotices::default()).await;
    let subjects: Vec<&str> = all.iter().map(|notice| notice.subject.as_str()).collect();
    assert_eq!(subjects, ["deal_4", "deal_3", "deal_2", "deal_1"]);
    let brand = all[1].brand.as_ref().unwrap();
    assert_eq!((brand.id, brand.name.as_str(), brand.hue, brand.chroma), (harbor, "Harbor", 20, 105));
    assert_eq!(all[1].program, Some(sea));
    assert_eq!(all[1].organization, people.sam.organization().unwrap());
    assert_eq!((all[2].brand.as_ref(), all[2].program), (None, None), "what is of no program is of no brand");

    let page = ListNotices { limit: Some(1), ..of(aurora) };
    let first = world.ask(noor, page.clone()).await.unwrap();
    assert_eq!((first.items[0].subject.as_str(), first.total), ("deal_4", 2));
    let rest = ListNotices { cursor: first.next_cursor, ..page };
    let rest = world.ask(noor, rest).await.unwrap();
    assert_eq!((rest.items[0].subject.as_str(), rest.next_cursor), ("deal_1", None));

    let count = world.ask(noor, CountNotices {}).await.unwrap();
    let told: Vec<_> = count.brands.iter().map(|one| (one.brand.name.as_str(), one.unread)).collect();
    assert_eq!((count.unread, told), (4, vec![("Aurora", 2), ("Harbor", 1)]));
    let left = world.ask(noor, ReadAllNotices { brand: Some(aurora) }).await.unwrap();
    assert_eq!(
        (left.unread, left.of(aurora), left.of(harbor)),
        (2, 0, 1),
        "only those of the brand are read"
    );
    let ghost = ReadAllNotices { brand: Some(BrandId(Default::default())) };
    assert_eq!(world.ask(noor, ghost).await, Err(Problem::NotFound));
    let unread = ListNotices { unread: Some(true), ..of(aurora) };
    assert_eq!(people.listed(noor, unread).await, []);
    // From wherever one stands, each of one's own can be read.
    let read = world.ask(noor, ReadNotice { id: all[1].id }).await.unwrap();
    assert!(read.read_at.is_some());
    assert_eq!(people.unread(noor).await, 1);
    assert_eq!(people.unread(&people.paula).await, 2, "others have theirs");
}

#[rstest]
#[tokio::test]
async fn a_key_and_whoever_left_read_nothing_of_other_organisations(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let people = inhabited!(engine);
    let (aurora, cloud) = people.program("Aurora", 188).await;
    people.joins(&people.noor, &people.sam, Role::PartnerOwner).await;
    people.approved(&people.sam, Some(cloud), "deal_1").await;
    people.approved(&people.noor, None, "deal_2").await;
    let key = Actor { means: Means::Key(ApiKeyId(Default::default())), ..people.noor.clone() };
    let (world, noor) = (&people.world, &people.noor);
    let id: NoticeId = people.listed(noor, of(aurora)).await[0].id;

    let own = people.listed(&key, ListNotices::default()).await;
    assert_eq!(own.iter().map(|notice| notice.subject.as_str()).collect::<Vec<_>>(), ["deal_2"]);
    assert_eq!(world.ask(&key, ReadNotice { id }).await, Err(Problem::NotFound));
    assert_eq!(people.listed(&key, of(aurora)).await, []);
    let count = world.ask(&key, ReadAllNotices::default()).await.unwrap();
    assert_eq!((count.unread, count.brands.len()), (0, 0));
    assert_eq!(people.unread(noor).await, 1, "a key reads what it sees");

    let remove = access::RemoveMember { id: noor.user.unwrap() };
    world.ask(&people.paula, remove).await.unwrap();
    assert_eq!(people.unread(noor).await, 0);
    assert_eq!(world.ask(noor, ReadNotice { id }).await, Err(Problem::NotFound));
    let left = world.ask(noor, CountNotices {}).await.unwrap();
    assert_eq!(left.brands, [], "a brand of a place that was left is no news");
}
