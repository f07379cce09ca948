-- Work that outlives a request. A job is leased while it runs, so that a crash gives it back.
create table job (
    id integer primary key autoincrement,
    kind text not null,
    payload text not null,
    created_at_ms integer not null,
    due_at_ms integer not null,
    leased_until_ms integer,
    tries integer not null default 0,
    last_error text,
    done_at_ms integer,
    failed_at_ms integer
);
create index job_waiting on job (due_at_ms) where done_at_ms is null and failed_at_ms is null;
