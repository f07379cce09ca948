-- Members who want a signal on a device of theirs when something is new. due_at_ms: when one goes; null: there is nothing
-- to tell.
create table push_wish (
    member_id integer primary key references member (id),
    due_at_ms integer
);

-- Where a browser takes signals: an address at its maker's push service, which nobody can guess.
create table push_device (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    endpoint text not null unique,
    device text not null,
    added_at_ms integer not null
);
create index push_device_member on push_device (member_id);

-- The key with which this site says that a signal comes from it (RFC 8292): one row.
create table push_key (
    id integer primary key,
    private_key text not null
);
