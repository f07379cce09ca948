-- What an import brought in, so that running it again doubles nothing. The key is a keyed digest of the
-- message's or author's name in its source; no address is stored.
create table imported (
    source text not null,
    kind text not null,
    key_digest blob not null,
    id integer not null,
    primary key (source, kind, key_digest)
) without rowid;
