-- What was published before brands knew their number.
update brand set face = coalesce((select max(v.number) from theme_version v where v.brand_id = brand.id), 0);
