-- Ways back that members laid with somebody whom they trust outside: a code, kept as its digest. begun_at_ms: when it was
-- typed last together with the member's name; from then on they wait.
create table helper (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    name text not null,  -- the member's own word for them: "my sister"
    code_digest blob not null,
    made_at_ms integer not null,
    begun_at_ms integer
);
create index helper_member on helper (member_id);
