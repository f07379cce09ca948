-- When a member first wrote in the group under their name there; null: not yet. Who was here before this was noted is no
-- newcomer.
alter table membership add column first_post_at_ms integer;
update membership
set first_post_at_ms = joined_at_ms;

-- Posts that somebody shall answer: what begins a thread, and the first that somebody writes in a group. They wait while
-- answered_at_ms is null. settled_by: who said that it needs no answer.
create table unanswered (
    post_id integer primary key references post (id),
    group_id integer not null references peer_group (id),
    author_id integer not null references persona (id),
    is_first integer not null,  -- of somebody who is new in the group
    written_at_ms integer not null,
    answered_at_ms integer,
    answered_by integer,  -- the post that did
    settled_by integer references persona (id)
);
create index unanswered_answered on unanswered (answered_by) where answered_by is not null;
create index unanswered_waiting on unanswered (group_id, written_at_ms) where answered_at_ms is null;
