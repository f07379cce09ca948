-- Work that outlives a request. A job is leased while it runs, so that a crash gives it back. One with `every_ms`
-- comes round again and again: once for its kind, however many servers share the database.
create table job (
    id integer primary key autoincrement,
    kind text not null,
    payload text not null,
    created_at_ms integer not null,
    every_ms integer,
    due_at_ms integer not null,
    leased_until_ms integer,
    tries integer not null default 0,
    last_error text,
    last_error_at_ms integer,
    last_run_at_ms integer,
    done_at_ms integer,
    failed_at_ms integer
);
create index job_waiting on job (due_at_ms) where done_at_ms is null and failed_at_ms is null;
create index job_done on job (done_at_ms) where done_at_ms is not null;
create index job_failed on job (id) where failed_at_ms is not null;
create unique index job_round on job (kind) where every_ms is not null;
