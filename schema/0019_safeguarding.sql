-- Reports about one post, or about a group, are one case until somebody has decided.
create table safety_case (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    post_id integer not null,    -- 0: it is about the group
    author_id integer not null,  -- the persona that wrote the post; 0: it is about the group
    urgency text not null,
    worst text not null,  -- the highest urgency that it ever had
    opened_at_ms integer not null,
    urgent_since_ms integer not null,  -- when it got the urgency that it has
    first_look_at_ms integer,          -- since then
    claimed_by integer,  -- a persona, as all who act here
    claimed_until_ms integer,
    outcome text,
    words text not null default '',  -- to the author
    decided_by integer,
    decided_at_ms integer,
    did integer not null default 0,  -- whether the decision removed the post or closed the thread
    closed_at_ms integer  -- of a crisis: once a second person has read it
);
create unique index safety_case_open on safety_case (group_id, post_id) where decided_at_ms is null;
create index safety_case_waiting on safety_case (id) where closed_at_ms is null and urgency <> 'crisis';
create index safety_case_crisis on safety_case (id) where closed_at_ms is null and urgency = 'crisis';
create index safety_case_author on safety_case (author_id, id);

create table report (
    id integer primary key autoincrement,
    case_id integer not null references safety_case (id),
    member_id integer references member (id),  -- nothing: no account, or one that was erased
    by_member integer not null,
    reason text not null,
    words text not null,
    filed_at_ms integer not null
);
create index report_case on report (case_id, id);
create index report_member on report (member_id, id) where member_id is not null;
create index report_recent on report (member_id, filed_at_ms) where member_id is not null;

-- What was done about a case, and notes of those who work on it.
create table case_event (
    id integer primary key autoincrement,
    case_id integer not null references safety_case (id),
    kind text not null,
    actor_id integer,  -- a persona; nothing: the house itself
    words text not null,
    happened_at_ms integer not null
);
create index case_event_case on case_event (case_id, id);

-- The author asks for another look at a decision; somebody else takes it.
create table appeal (
    case_id integer primary key references safety_case (id),
    member_id integer references member (id),  -- the author; nothing: they were erased
    words text not null,
    filed_at_ms integer not null,
    outcome text,  -- upheld, overturned
    answer text not null default '',
    decided_by integer,
    decided_at_ms integer
);
create index appeal_waiting on appeal (case_id) where outcome is null;
create index appeal_member on appeal (member_id) where member_id is not null;

-- How many minutes a report may wait by urgency (green has no time), and how many members who report one post hide it
-- until somebody has looked (0: never).
create table triage (
    id integer primary key check (id = 1),
    amber integer not null,
    red integer not null,
    crisis integer not null,
    hide_after integer not null
);
insert into triage (id, amber, red, crisis, hide_after)
values (1, 720, 60, 15, 3);

-- What staff were told of and is not done. Few of these are unread at a time.
create index notice_of_staff on notice (group_id, thread_id, number)
    where read_at_ms is null and kind in ('report', 'crisis', 'second_reading', 'appeal');
