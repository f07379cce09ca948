create table thread (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    title text not null,
    author_id integer not null references persona (id),
    created_at_ms integer not null,
    last_number integer not null,
    last_post_at_ms integer not null,
    last_author_id integer not null references persona (id),
    removed_at_ms integer  -- while its first post is removed, and its title with it
);
create index thread_group on thread (group_id, last_post_at_ms, id);

-- Each title a thread had before, by whom it was changed and, if not by its author, why.
create table thread_renaming (
    id integer primary key autoincrement,
    thread_id integer not null references thread (id),
    old_title text not null,
    renamed_by integer not null,
    reason text not null,
    renamed_at_ms integer not null
);
create index thread_renaming_thread on thread_renaming (thread_id);

-- How many threads a group has, so that no page counts them.
create table thread_count (
    group_id integer primary key references peer_group (id),
    threads integer not null
);

-- A closing stands while reopened_at_ms is null.
create table thread_closing (
    id integer primary key autoincrement,
    thread_id integer not null references thread (id),
    closed_by integer not null,
    closed_at_ms integer not null,
    reopened_at_ms integer
);
create index thread_closing_thread on thread_closing (thread_id, reopened_at_ms);

-- id is thread << 20 | number, so that the posts of a thread lie side by side. html is what the renderer made
-- of the newest post_version. supports packs four counts of 16 bits in the order of the kinds.
create table post (
    id integer primary key,
    author_id integer not null references persona (id),
    created_at_ms integer not null,
    html text not null,
    reply_to integer not null default 0,
    note text not null default '',
    supports integer not null default 0,
    edited_at_ms integer,
    removed_at_ms integer,
    search_id integer not null  -- of its search_entry
);

create index post_author on post (author_id, id);  -- for one's own data, and for erasure

-- Every text and content note a post has had, the newest last.
create table post_version (
    post_id integer not null references post (id),
    version integer not null,
    markdown text not null,
    note text not null default '',
    written_by integer not null,
    written_at_ms integer not null,
    primary key (post_id, version)
) without rowid;

-- A removal stands while restored_at_ms is null; by the author (own) or by staff with a reason.
create table post_removal (
    id integer primary key autoincrement,
    post_id integer not null references post (id),
    removed_by integer not null,
    own integer not null,
    reason text not null,
    removed_at_ms integer not null,
    restored_at_ms integer
);
create index post_removal_post on post_removal (post_id, restored_at_ms);

create table support (
    member_id integer not null references member (id),
    post_id integer not null references post (id),
    kind text not null,
    given_at_ms integer not null,
    primary key (member_id, post_id, kind)
) without rowid;
create index support_post on support (post_id);

-- How far a member has read a thread.
create table read_mark (
    member_id integer not null references member (id),
    thread_id integer not null references thread (id),
    number integer not null,
    read_at_ms integer not null,
    primary key (member_id, thread_id)
) without rowid;

create table muted_thread (
    member_id integer not null references member (id),
    thread_id integer not null references thread (id),
    since_ms integer not null,
    primary key (member_id, thread_id)
) without rowid;

-- What a member chose last in a thread: name or anonymous.
create table thread_voice (
    member_id integer not null references member (id),
    thread_id integer not null references thread (id),
    voice text not null,
    primary key (member_id, thread_id)
) without rowid;

-- Two who look after a group find out together who writes under an alias: who asked and why, and who agreed.
create table unmasking (
    id integer primary key autoincrement,
    persona_id integer not null references persona (id),
    post_id integer not null references post (id),
    asked_by integer not null references member (id),
    reason text not null,
    asked_at_ms integer not null,
    agreed_by integer references member (id),
    agreed_at_ms integer
);
create index unmasking_persona on unmasking (persona_id, id);

-- A form sent twice with the same words is one post. form_key is the key that came with the form, and a digest of
-- its words.
create table sent_form (
    member_id integer not null references member (id),
    form_key text not null,
    post_id integer not null,
    sent_at_ms integer not null,
    primary key (member_id, form_key)
) without rowid;
create index sent_form_sent on sent_form (sent_at_ms);

-- What search knows of a post, also of an old one that was imported late. id is day << 26 | a number that counts,
-- so that its order is that of writing; it stays when the post changes. document is what post_search knows: empty
-- while the post is removed, and behind the post while waiting is 1.
create table search_entry (
    id integer primary key,
    post_id integer not null references post (id),
    document text not null default '',
    waiting integer not null default 1
);
create index search_entry_waiting on search_entry (id) where waiting = 1;
