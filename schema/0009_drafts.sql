-- What a member has begun to write and not sent: one draft a place. kind says what place_id is: the group of a new
-- thread, the thread of a reply, the post that is changed. There need be no such row any more: the words stay.
create table draft (
    member_id integer not null references member (id),
    kind text not null,
    place_id integer not null,
    title text not null default '',
    markdown text not null,
    note text not null default '',
    reply_to integer not null default 0,
    voice text not null default '',
    saved_at_ms integer not null,
    primary key (member_id, kind, place_id)
) without rowid;
create index draft_saved on draft (saved_at_ms);  -- for forgetting old ones
