-- Conditions and themes, a tree that the host edits.
create table topic (
    id integer primary key autoincrement,
    parent_id integer references topic (id),
    name text not null,
    position integer not null default 0
);

create table peer_group (
    id integer primary key autoincrement,
    topic_id integer references topic (id),
    name text not null,
    name_key text not null unique,
    purpose text not null,
    rules text not null,
    admission text not null,          -- open, request, invitation
    leadership text not null,         -- peer, professional
    hours text not null default '',   -- when its leaders are there, in their words
    public_reading integer not null,  -- may be read without an account (open groups only)
    size_limit integer,
    opens_at_ms integer,
    closes_at_ms integer,
    sensitive integer not null default 0,
    anonymous_posting text not null default 'allowed',  -- off, allowed, preselected
    created_at_ms integer not null,
    created_by integer,
    archived_at_ms integer,
    words text not null default ''    -- name and purpose, folded: what the directory searches
);
create index peer_group_topic on peer_group (topic_id);

-- Present while the person belongs; who and when is history once left_at_ms is set. ended_by: the leader who ended
-- it, 0 for the house.
create table membership (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    member_id integer not null references member (id),
    persona_id integer not null references persona (id),
    joined_at_ms integer not null,
    rules_agreed_at_ms integer,  -- null: put in by the house, and not asked yet
    invitation_id integer,
    left_at_ms integer,
    left_reason text,
    ended_by integer
);
create index membership_history on membership (member_id, group_id, id);
create unique index membership_current on membership (group_id, member_id) where left_at_ms is null;
create index membership_member on membership (member_id, left_at_ms);

-- Every name that was ever used in a group, so that leaders can tell who wrote there under an earlier one.
create table group_name (
    group_id integer not null references peer_group (id),
    persona_id integer not null references persona (id),
    since_ms integer not null,
    primary key (group_id, persona_id)
) without rowid;

create table join_request (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    member_id integer not null references member (id),
    persona_id integer not null references persona (id),
    words text not null,
    created_at_ms integer not null,
    decided_at_ms integer,
    decided_by integer,
    accepted integer
);
create unique index join_request_waiting on join_request (group_id, member_id)
    where decided_at_ms is null;
create index join_request_member on join_request (member_id, group_id, id);

-- Codes that were tried and did not work, for a day: the key is a keyed digest of the network.
create table group_try (
    key_digest blob not null,
    at_ms integer not null
);
create index group_try_key on group_try (key_digest, at_ms);
create index group_try_at on group_try (at_ms);

create table invitation (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    code_digest blob not null unique,
    label text not null,
    created_by integer,
    created_at_ms integer not null,
    expires_at_ms integer not null,
    uses_left integer not null,
    used integer not null default 0,
    revoked_at_ms integer
);
create index invitation_group on invitation (group_id, id);
