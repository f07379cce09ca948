-- Pictures as they were made anew, under a key that nobody can guess. member_id: who brought it, until a post has it;
-- then the post says whose it is, to whoever may know.
create table picture (
    picture_key text primary key,
    group_id integer not null references peer_group (id),
    member_id integer references member (id),
    post_id integer references post (id),
    hidden integer not null default 0,  -- while its post is removed, or no longer names it
    width integer not null,
    height integer not null,
    added_at_ms integer not null,
    webp blob not null
);
create index picture_member on picture (member_id) where member_id is not null;  -- few: those that no post has
create index picture_post on picture (post_id) where post_id is not null;
