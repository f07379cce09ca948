-- How people talk in the group: any, gentle, practical, light.
alter table peer_group add column tone text not null default 'any';

-- What members said about themselves, to be led to the right people; nobody else sees it. Empty: not said. A row without
-- any answer: they would rather not say, and are not asked again.
create table about_me (
    member_id integer primary key references member (id),
    since text not null,  -- new, years, long
    stage text not null,  -- waiting, treatment, changed, daily, close
    tone text not null,
    hopes text not null,  -- of listen, share, learn, company: "listen,share"
    said_at_ms integer not null
);
create table about_me_topic (
    member_id integer not null references about_me (member_id),
    topic_id integer not null references topic (id) on delete cascade,
    primary key (member_id, topic_id)
) without rowid;

-- Whether a group is right for somebody who has been in it for a week: yes, unsure, no; and, if they like, why not.
create table fit (
    member_id integer not null references member (id),
    group_id integer not null references peer_group (id),
    answer text not null,
    reason text not null,  -- heavy, busy, quiet, other, words; empty: not said
    answered_at_ms integer not null,
    primary key (member_id, group_id)
) without rowid;

-- In which groups enough people said the same, as it was counted last: once a week, so that nobody finds out what one
-- person said by looking before and after.
create table likeness (
    group_id integer not null references peer_group (id),
    question text not null,  -- since, stage
    answer text not null,
    primary key (group_id, question, answer)
) without rowid;
