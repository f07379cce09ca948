-- What can be hard to read: the list that the host keeps. Words that nobody has changed stand in English here and are
-- shown in the reader's language.
create table content_note (
    id integer primary key,  -- without gaps: a bit of a number stands for each
    words text not null,
    retired_at_ms integer  -- since then no post gets it any more; those that have it keep it
);
insert into content_note (id, words)
values (1, 'Self-harm'), (2, 'Suicide'), (3, 'Feeling hopeless'), (4, 'Medication'), (5, 'Food and weight'),
       (6, 'Alcohol or drugs'), (7, 'Violence or abuse'), (8, 'Death and grief');

-- What a member wants to happen to posts with a note. No row: they are folded away.
create table note_choice (
    member_id integer not null references member (id),
    note_id integer not null references content_note (id),
    choice text not null,
    chosen_at_ms integer not null,
    primary key (member_id, note_id)
) without rowid;

-- Notes of the list as one number: bit n - 1 stands for note n. A post has those of its newest version and those of
-- staff_note; a thread has those of its first post.
alter table post add column notes integer not null default 0;
alter table post_version add column notes integer not null default 0;
alter table thread add column notes integer not null default 0;
-- As they came with the form: "1,3".
alter table draft add column notes text not null default '';

-- Notes that somebody who looks after the group put on a post.
create table staff_note (
    post_id integer primary key references post (id),
    notes integer not null,
    noted_by integer not null references persona (id),
    noted_at_ms integer not null
);
