-- What could go wrong here, how likely and how grave it is, and what is done about it.
create table risk (
    id integer primary key autoincrement,
    number integer not null,  -- of its newest version
    review_at_ms integer not null,  -- when somebody looks at it again
    reminded_at_ms integer,  -- since that day
    retired_at_ms integer
);

-- Each version is kept as it was.
create table risk_version (
    risk_id integer not null references risk (id),
    number integer not null,
    title text not null,
    words text not null,
    likelihood text not null,  -- rare, possible, likely
    severity text not null,  -- slight, serious, grave
    measures text not null,
    owner text not null,  -- in words: a name or a task
    changes text not null,
    review_at_ms integer not null,
    written_by integer,  -- a persona; nothing: the house itself
    written_at_ms integer not null,
    primary key (risk_id, number)
);

-- Under how many a count of a transparency report is "fewer than".
create table transparency_rule (
    id integer primary key check (id = 1),
    least integer not null
);
insert into transparency_rule (id, least)
values (1, 5);

-- A report as it was published; its figures are never changed. What is not shown is not here either.
create table published_report (
    id integer primary key autoincrement,
    from_ms integer not null,
    until_ms integer not null,  -- the first moment behind it
    least integer not null,
    words text not null,  -- of the host
    published_by integer,  -- a persona; nothing: the house itself
    published_at_ms integer not null,
    withdrawn_at_ms integer,
    withdrawn_because text not null default ''
);
create table published_figure (
    report_id integer not null references published_report (id),
    place integer not null,
    figure text not null,  -- "reports.hostile"
    shown text not null,  -- exact, few, withheld
    value integer,  -- nothing unless it is exact
    primary key (report_id, place)
);
