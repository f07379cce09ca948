-- How the person of a case was reached or not.
create table contact_attempt (
    id integer primary key autoincrement,
    case_id integer not null references safety_case (id),
    by_id integer not null,  -- a persona, as all who act here
    way text not null,       -- here, phone, facilitator, other
    reached integer not null,
    words text not null,
    tried_at_ms integer not null
);
create index contact_attempt_case on contact_attempt (case_id, id);
create index contact_attempt_tried on contact_attempt (tried_at_ms);

-- Services outside that can be told; the host keeps the list.
create table outside_service (
    id integer primary key autoincrement,
    name text not null,
    purpose text not null,  -- what it is for
    contact text not null,  -- how it is reached, a telephone number as a rule
    hours text not null,
    note text not null,
    country text not null  -- two letters of ISO 3166-1; empty: for all
);

-- Which service was told, what was said, and what came of it.
create table escalation (
    id integer primary key autoincrement,
    case_id integer not null references safety_case (id),
    by_id integer not null,
    service text not null,  -- its name then
    told_at_ms integer not null,
    said text not null,
    reference text not null,  -- the service's own number
    noted_at_ms integer not null,
    outcome text not null default '',
    outcome_by integer,
    outcome_at_ms integer
);
create index escalation_case on escalation (case_id, id);
create index escalation_told on escalation (told_at_ms);

-- How to reach a member in an emergency, left by themselves and sealed with a key that is not in the database.
create table emergency_contact (
    member_id integer primary key references member (id),
    sealed text not null,
    left_at_ms integer not null
);

-- Two people open the details of whoever wrote what a case is about. The member is nowhere in it.
create table contact_opening (
    id integer primary key autoincrement,
    case_id integer not null references safety_case (id),
    author_id integer not null,  -- the persona that wrote it, an alias also
    asked_by integer not null,
    reason text not null,
    asked_at_ms integer not null,
    agreed_by integer,
    agreed_at_ms integer,
    opened_at_ms integer  -- when the details were first seen
);
create index contact_opening_case on contact_opening (case_id, id);
create index contact_opening_author on contact_opening (author_id);

-- After a crisis is closed, a note to oneself by whoever decided it and by the second person; nothing at the case.
create table debrief (
    id integer primary key autoincrement,
    case_id integer not null references safety_case (id),
    member_id integer not null references member (id),
    asked_at_ms integer not null,
    answered_at_ms integer,
    hard text not null default '',
    help text not null default '',
    share text not null default 'nobody',  -- nobody, read, call
    talked_at_ms integer,
    talked_by integer,  -- a persona
    unique (case_id, member_id)
);
create index debrief_member on debrief (member_id, id);
create index debrief_shared on debrief (id) where share <> 'nobody';

-- A case given to an authority, and why.
create table case_export (
    id integer primary key autoincrement,
    case_id integer not null references safety_case (id),
    by_id integer not null,
    made_at_ms integer not null,
    requester text not null,
    reference text not null,
    reason text not null,
    with_reporters integer not null,  -- 1: with the names of those who reported
    reporters_reason text not null,
    is_silent integer not null,  -- 1: the law forbids to tell the people concerned
    silence_reason text not null
);
create index case_export_case on case_export (case_id, id);

-- Words of the house, for those who decide about posts.
create table reply_template (
    id integer primary key autoincrement,
    name text not null,
    words text not null
);
