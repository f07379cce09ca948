-- The secret address of a member's own feed, as a digest; a new one takes the place of the old.
create table feed_key (
    member_id integer primary key references member (id),
    key_digest blob not null unique,
    language text not null,
    made_at_ms integer not null
);
