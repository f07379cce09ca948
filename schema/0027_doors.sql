-- What the host set for people from outside (docs/operators/outsiders.md).
create table door_rule (
    id integer primary key check (id = 1),
    per_network integer not null,    -- sign-ups of one network in an hour
    per_hour integer not null,       -- sign-ups of everybody in an hour; who has an invitation passes
    busy_from integer not null,      -- sign-ups in an hour from which a newcomer's device has to work
    asking text not null,            -- when_busy, never, always
    new_days integer not null,       -- how long an account counts as new
    threads_a_day integer not null,  -- of a new account
    posts_a_day integer not null,
    same_words integer not null,     -- how often the same words come from new accounts before it is a flood; 0: never
    reads_an_hour integer not null   -- conversations that one member opens before they are slowed; 0: never
);
insert into door_rule (id, per_network, per_hour, busy_from, asking, new_days, threads_a_day, posts_a_day,
                       same_words, reads_an_hour)
values (1, 20, 300, 60, 'when_busy', 3, 5, 40, 3, 600);

-- work: what challenges are sealed with. network: what networks of accounts on hold are hashed with; it goes with the
-- last of them.
create table door_secret (
    purpose text primary key,
    secret text not null
);

-- How many came in ten minutes. Nobody's address, nobody's name.
create table door_count (
    slot integer primary key,  -- unix time / 600 s
    came integer not null,
    turned_away integer not null,
    worked integer not null,   -- of those who came: their device worked
    waited integer not null    -- they waited a minute instead
);

-- Challenges that were answered, until they have run out: each is good once.
create table spent_work (
    work_digest blob primary key,
    at_ms integer not null
);
create index spent_work_at on spent_work (at_ms);

-- What new accounts wrote, for some days: how much it is, and whether the same came before.
create table newcomer_post (
    post_id integer primary key,
    member_id integer not null references member (id),
    begins integer not null,  -- a thread
    at_ms integer not null
);
create index newcomer_post_member on newcomer_post (member_id, at_ms);
create index newcomer_post_at on newcomer_post (at_ms);

create table newcomer_words (
    words_digest blob not null,
    post_id integer not null,
    kind text not null,  -- words: the whole text; link: an address in it
    member_id integer not null references member (id),
    at_ms integer not null,
    primary key (words_digest, post_id)
);
create index newcomer_words_post on newcomer_words (post_id);
create index newcomer_words_member on newcomer_words (member_id);
create index newcomer_words_at on newcomer_words (at_ms);

-- The same from several: one decision for all of it.
create table flood (
    id integer primary key autoincrement,
    kind text not null,
    words_digest blob not null unique,
    began_at_ms integer not null,
    last_at_ms integer not null,
    outcome text,  -- stopped, cleared; nothing: it waits
    words text not null default '',  -- to the authors
    decided_by integer,              -- a persona
    decided_at_ms integer
);
create index flood_last on flood (last_at_ms);
create table flood_post (
    flood_id integer not null references flood (id),
    post_id integer not null,
    case_id integer,  -- that this post was decided by; 0: it is left to others
    primary key (flood_id, post_id)
);

-- An invitation that a host stopped, and the accounts that are on hold because of it.
create table invitation_stop (
    invitation_id integer primary key,
    stopped_by integer not null,  -- a persona
    stopped_at_ms integer not null,
    undone_at_ms integer
);
create table stopped_member (
    invitation_id integer not null references invitation_stop (invitation_id),
    member_id integer not null references member (id),
    primary key (invitation_id, member_id)
);
create index stopped_member_member on stopped_member (member_id);
create index membership_invitation on membership (invitation_id, joined_at_ms) where invitation_id is not null;

-- Somebody opened far more than people read.
create table reading_alarm (
    id integer primary key autoincrement,
    member_id integer references member (id),  -- nothing: without an account
    opened integer not null,  -- at least so many conversations
    began_at_ms integer not null,
    last_at_ms integer not null
);
create index reading_alarm_member on reading_alarm (member_id) where member_id is not null;
create index reading_alarm_last on reading_alarm (last_at_ms);

-- A keyed, slow hash of the network that somebody on hold came from; no longer than the hold, 90 days at most.
create table held_network (
    member_id integer not null references member (id),
    network_digest blob not null,
    until_ms integer not null,
    primary key (member_id, network_digest)
);
create index held_network_digest on held_network (network_digest);
-- A new account from such a network. It says nothing of whose.
create table door_hint (
    member_id integer primary key references member (id),
    at_ms integer not null
);
create index door_hint_at on door_hint (at_ms);
