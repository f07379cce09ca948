-- What an import brought into a group, so that running it again doubles nothing. What one group has says nothing of
-- another: the same message may stand in both. The key is a keyed digest of the name that a message, thread or author
-- has in its source; no address is stored.
create table imported (
    group_id integer not null references peer_group (id),
    source text not null,  -- kind of archive, and the site where it was told apart
    kind text not null,    -- message, thread, author
    key_digest blob not null,
    id integer not null,   -- of the post, thread or persona
    primary key (group_id, source, kind, key_digest)
) without rowid;

create index imported_author on imported (id) where kind = 'author';

-- Whose mail address or number of a site it is, in every group: one claim code gives one person all their names.
create table imported_person (
    key_digest blob primary key,
    member_id integer not null references member (id)
);
create index imported_person_member on imported_person (member_id);

-- The key of these digests: one row, made when it is first needed.
create table import_key (
    id integer primary key check (id = 1),
    digest_key blob not null
);
