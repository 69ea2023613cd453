-- Keys are stored with their letters first, so that those of one name lie close together. `rialto rebuild-keys` writes
-- the few exactly that are told wrongly here: of names that begin with a digit, and of very long ones.
update match_key set key = case
    when substr(key, 1, 2) in ('a:', 'b:', 'c:') then ltrim(substr(key, 3), '0123456789') || '~'
        || substr(key, 3, length(key) - 2 - length(ltrim(substr(key, 3), '0123456789'))) || ':' || substr(key, 1, 1)
    else substr(key, 3) || ':' || substr(key, 1, 1)
end;
