-- What each transaction changed, in ids only: event streams resume from it, other nodes learn from it.
create table change (
    sequence integer primary key autoincrement,
    at_ms integer not null,
    kind text not null,
    group_id integer not null,
    thread_id integer not null,
    number integer not null,
    member_id integer not null
);
create index change_group on change (group_id, sequence);
create index change_member on change (member_id, sequence) where member_id > 0;
