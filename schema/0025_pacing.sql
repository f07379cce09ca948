-- The pace of a group (thread_id 0) or of one of its threads: who set it, when, until when, and why. kind: set, memorial,
-- cover (nobody is on shift). It stands while ended_at_ms is null and until_ms has not come.
create table pace (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    thread_id integer not null,
    kind text not null,
    slow_minutes integer not null,  -- 0: not slow
    held_first integer not null,
    read_only integer not null,
    flags_hide integer not null,  -- one report hides a post
    words text not null,   -- that everybody reads there
    reason text not null,  -- for those who look after the group
    set_by integer,        -- a persona; nothing: the house itself
    set_at_ms integer not null,
    until_ms integer,
    look_at_ms integer,    -- when they are asked whether it shall go on
    ended_by integer,
    ended_at_ms integer
);
create unique index pace_standing on pace (group_id, thread_id, kind) where ended_at_ms is null;
create index pace_group on pace (group_id, id);
create index pace_look on pace (look_at_ms) where ended_at_ms is null and look_at_ms is not null;

-- When a member last wrote where it is slow, under whatever name.
create table pace_turn (
    member_id integer not null references member (id),
    group_id integer not null,
    thread_id integer not null,
    written_at_ms integer not null,
    primary key (member_id, group_id, thread_id)
);

-- Words that wait until somebody has looked, and what came of them. What was let through keeps neither words nor member.
create table waiting_post (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    kind text not null,          -- thread, reply, change
    place_id integer not null,   -- the group, the thread, the post
    member_id integer references member (id),
    voice text not null,
    title text not null,
    markdown text not null,
    note text not null,
    notes integer not null,
    reply_to integer not null,
    form_key text not null,
    cause text not null,         -- place, newcomer, person, method
    is_danger integer not null,  -- somebody may be in danger
    written_at_ms integer not null,
    looked_at_ms integer,
    looked_by integer,  -- a persona
    outcome text,       -- let_through, sent_back, taken_back
    words text not null default ''  -- to the author
);
create index waiting_post_group on waiting_post (group_id, id) where looked_at_ms is null;
create index waiting_post_member on waiting_post (member_id, id) where member_id is not null;
create index waiting_post_since on waiting_post (group_id, written_at_ms);
create index waiting_post_looked on waiting_post (looked_at_ms) where looked_at_ms is not null;

-- What a group chose, and for group 0 the host: how many first posts of somebody new wait (null: as the host says), and
-- what happens while nobody is on shift.
create table pace_choice (
    group_id integer primary key,
    newcomer_posts integer,
    cover text not null default 'none'
);

-- How many posts of somebody new were let through there.
create table newcomer (
    member_id integer not null references member (id),
    group_id integer not null,
    posts integer not null,
    primary key (member_id, group_id)
);

-- By a case: what its author writes next in the group waits, under their name (alias_id 0) or under one alias.
create table read_first (
    case_id integer primary key,
    member_id integer not null references member (id),
    group_id integer not null,
    alias_id integer not null,
    posts_left integer,  -- nothing: until until_ms
    until_ms integer,
    decided_at_ms integer not null,
    ended_at_ms integer
);
create index read_first_member on read_first (member_id, group_id);

-- What staff were told of waiting words.
create index notice_of_waiting on notice (group_id, kind)
    where read_at_ms is null and kind in ('words_wait', 'danger_waits');
