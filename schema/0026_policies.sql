-- What the host wrote for everybody: house rules, privacy notice, how we moderate, where to complain.
create table policy (
    id integer primary key autoincrement,
    kind text not null,  -- rules, privacy, moderation, complaint, other
    number integer not null,  -- of the version that holds
    asks_number integer not null default 0,  -- the newest version that everybody is asked about; 0: none
    retired_at_ms integer
);

-- No version is ever changed or taken away.
create table policy_version (
    policy_id integer not null references policy (id),
    number integer not null,
    title text not null,
    markdown text not null,
    changes text not null,  -- what changed, in a sentence; empty: the first
    asks integer not null,
    published_by integer,  -- a persona; nothing: the house itself
    published_at_ms integer not null,
    primary key (policy_id, number)
);

-- What a member said to a version. Each yes stays; a later, and a no, until there is another answer.
create table policy_answer (
    member_id integer not null references member (id),
    policy_id integer not null,
    number integer not null,
    answer text not null,  -- agreed, later, declined
    answered_at_ms integer not null,
    primary key (member_id, policy_id, number),
    foreign key (policy_id, number) references policy_version (policy_id, number)
);

-- How many days somebody may write on before they answer.
create table policy_grace (
    id integer primary key check (id = 1),
    days integer not null
);
insert into policy_grace (id, days)
values (1, 14);
