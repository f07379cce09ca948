-- Who looks after which groups, week by week, by the community's clock. Group 0: every group that somebody looks after.
create table shift_pattern (
    id integer primary key autoincrement,
    group_id integer not null,
    member_id integer references member (id),  -- nothing: a place that waits for somebody
    weekday integer not null,                  -- from 1, Monday
    from_minute integer not null,              -- of the day
    until_minute integer not null,             -- at or before from_minute: of the next day
    first_day integer not null,                -- days since 1 January 1970
    ended_at_ms integer
);
create index shift_pattern_standing on shift_pattern (id) where ended_at_ms is null;
create index shift_pattern_member on shift_pattern (member_id) where member_id is not null;

-- One time, for one person. Patterns are laid out some weeks ahead; from then on each shift stands for itself.
create table shift (
    id integer primary key autoincrement,
    group_id integer not null,
    member_id integer references member (id),  -- nothing: a place that waits for somebody
    begins_at_ms integer not null,
    ends_at_ms integer not null,
    pattern_id integer references shift_pattern (id),
    day integer,            -- of the pattern
    offered_at_ms integer,  -- its member would like somebody else to take it
    removed_at_ms integer
);
create unique index shift_of_pattern on shift (pattern_id, day) where pattern_id is not null;
create index shift_time on shift (begins_at_ms);
create index shift_member on shift (member_id, begins_at_ms) where member_id is not null;

-- Where nobody shall be alone. Group 0: on shifts for every group.
create table paired_group (
    group_id integer primary key
);

create table rota_setting (
    id integer primary key check (id = 1),
    zone text not null,          -- of the community's clock
    shift_most integer not null, -- urgent cases for one person in a shift; 0: no limit
    week_most integer not null,  -- the same in seven days
    room_id integer not null     -- the group of those who look after groups; 0: none
);
insert into rota_setting (id, zone, shift_most, week_most, room_id)
values (1, 'UTC', 4, 12, 0);

-- Whether a group was covered when it was looked at last, so that the change is told once.
create table cover_state (
    group_id integer primary key,
    is_covered integer not null,
    since_ms integer not null
);

-- What the next ones should know, for those who look after the group.
create table handover (
    id integer primary key autoincrement,
    group_id integer not null,
    author_id integer not null,  -- a persona
    words text not null,
    written_at_ms integer not null
);
create index handover_group on handover (group_id, id);
create index handover_author on handover (author_id);
create table handover_read (
    member_id integer primary key references member (id),
    handover_id integer not null  -- the last one that they have read
);

-- Whom the house has put into the room, so that nobody is brought back who left.
create table room_member (
    member_id integer primary key references member (id)
);

-- Urgent cases that somebody took on.
create table taken_case (
    member_id integer not null references member (id),
    case_id integer not null,
    taken_at_ms integer not null,
    is_alone integer not null,  -- past the limit, because nobody else was there
    primary key (member_id, case_id)
) without rowid;
create index taken_case_recent on taken_case (member_id, taken_at_ms);
create index taken_case_time on taken_case (taken_at_ms);
