-- What those who look after something have read and understood.
create table training_module (
    id integer primary key autoincrement,
    title text not null,
    words text not null,      -- Markdown
    questions text not null,  -- a line each: question | right answer | other answer | ...
    statement text not null,  -- that they agree to; may be empty where there are questions
    months integer not null,  -- that it holds; 0: for good
    retired_at_ms integer     -- nobody needs it any more
);

-- Which role needs which, from when on.
create table training_need (
    role text not null,
    module_id integer not null references training_module (id),
    from_ms integer not null,
    primary key (role, module_id)
) without rowid;

-- What a member did last.
create table training_done (
    member_id integer not null references member (id),
    module_id integer not null references training_module (id),
    done_at_ms integer not null,
    expires_at_ms integer,  -- nothing: never
    reminded_at_ms integer,
    primary key (member_id, module_id)
) without rowid;
create index training_done_due on training_done (reminded_at_ms, expires_at_ms);
