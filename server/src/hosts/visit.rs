//! A page under a brand's own name: in that brand's face, and for those who have something to do with the brand.
use access::server::{act_for, place_of_brand};
use access::{Me, Visitor};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use base::{Actor, Parts, Problem};
use hosts::server::{Closed, address_of, closed};
use programs::Brand;

use super::At;
use crate::{pages, worn};

/// The brand whose page it is; nothing under the installation's own name. Who is signed in and looks at another brand's
/// program is led to theirs of this brand; what they have of other brands is not told here. Gives the answer instead
/// where the page is not to be made.
pub(crate) async fn visit(
    parts: &Parts,
    actor: &Actor,
    visitor: &mut Visitor,
    (at, uri): (Option<At>, &Uri),
    css: &str,
) -> Result<Option<Brand>, Box<Response>> {
    let Some(At(id)) = at else { return Ok(None) };
    let failed = |problem: Problem| Box::new(base::http::problem_response(&problem));
    let brand = async {
        let mut tx = parts.db().read().await?;
        programs::server::brand(&mut tx, id).await?.ok_or(Problem::NotFound)
    };
    let brand = brand.await.map_err(failed)?;
    let Some(me) = &mut visitor.me else { return Ok(Some(brand)) };
    match stand(parts, actor, me, &brand).await.map_err(failed)? {
        Standing::Here => Ok(Some(brand)),
        Standing::Moved => {
            let here = uri.path_and_query().map_or(kit::paths::HOME, |whole| whole.as_str());
            let here = if kit::is_local(here) { here } else { kit::paths::HOME };
            Err(Box::new(Redirect::to(here).into_response()))
        }
        Standing::Stranger => Err(Box::new(outside(parts, visitor, &brand, css).await.map_err(failed)?)),
    }
}

enum Standing {
    /// In a program of the brand, or at its vendor.
    Here,
    /// The session was somewhere else, and is here now.
    Moved,
    Stranger,
}

/// Brings the session to the brand, where the person has a place there.
async fn stand(parts: &Parts, actor: &Actor, me: &mut Me, brand: &Brand) -> Result<Standing, Problem> {
    let at = me.organization.as_ref().map(|one| one.organization);
    let own = me.programs.iter().find(|program| program.brand_id == brand.id).map(|program| program.id);
    if me.program.as_ref().is_some_and(|program| program.brand_id == brand.id)
        // A vendor's own people come before the first program.
        || own.is_none() && at == Some(brand.vendor)
    {
        me.programs.retain(|program| program.brand_id == brand.id);
        me.program = me.program.take().filter(|program| program.brand_id == brand.id);
        return Ok(Standing::Here);
    }
    if let (Some(at), Some(program)) = (at, own) {
        act_for(parts, actor, at, Some(program)).await?;
        return Ok(Standing::Moved);
    }
    let place = {
        let mut tx = parts.db().read().await?;
        place_of_brand(&mut tx, me.user.id, brand.id).await?
    };
    if let Some((organization, program)) = place {
        act_for(parts, actor, organization, Some(program)).await?;
        return Ok(Standing::Moved);
    }
    if me.memberships.iter().any(|one| one.organization == brand.vendor) {
        act_for(parts, actor, brand.vendor, None).await?;
        return Ok(Standing::Moved);
    }
    Ok(Standing::Stranger)
}

/// Says plainly that there is nothing here for whoever is signed in, and where there is.
async fn outside(parts: &Parts, visitor: &Visitor, brand: &Brand, css: &str) -> Result<Response, Problem> {
    let (worn, _) = worn::brand(parts, Some(brand), None).await?;
    let face = worn::face(parts, worn.as_ref(), None).await?;
    let own = visitor.program().map(|program| program.brand_id);
    let elsewhere = {
        let mut tx = parts.db().read().await?;
        address_of(&mut tx, parts, own).await?
    };
    let mut random = [0; 16];
    parts.chance().fill(&mut random);
    let nonce = hex::encode(random);
    let page = closed(&Closed {
        locale: visitor.locale,
        theme: visitor.theme.as_str(),
        brand: &brand.name,
        email: visitor.me.as_ref().map_or("", |me| &me.user.email),
        elsewhere: &elsewhere,
        css,
        face: &face,
        nonce: &nonce,
    });
    let mut response = (StatusCode::FORBIDDEN, Html(page)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(policy) = HeaderValue::from_str(&pages::policy(&nonce)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}
