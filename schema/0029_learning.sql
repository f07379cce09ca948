-- What people said a post needs, or showed by what they decided about it: from this the house learns what to read first.
create table post_label (
    id integer primary key autoincrement,
    post_id integer not null references post (id),
    case_id integer not null default 0,  -- whose decision it comes from; 0: somebody said so at the post
    persona_id integer not null,         -- who said or decided it
    said_at_ms integer not null,
    urgency text not null,
    crisis text not null,  -- yes, no, unsaid; so are the next three
    hostile text not null,
    spam text not null,
    advice text not null,
    why text not null,            -- it was shown: rule, model, report, audit, chosen
    chance double precision,                  -- of being shown; nothing where nobody knows
    saw_score integer not null
);
create unique index post_label_once on post_label (post_id, case_id, persona_id);
create index post_label_case on post_label (case_id) where case_id > 0;
create index post_label_persona on post_label (persona_id, id);

-- What models said of the post when it was labelled.
create table label_score (
    label_id integer not null references post_label (id),
    flag text not null,
    model_id integer not null,
    chance double precision not null,
    primary key (label_id, flag)
);

-- Posts that nothing had pointed to, drawn by lot, to be read without a score.
create table audit_pick (
    post_id integer primary key references post (id),
    picked_at_ms integer not null,
    chance double precision not null,  -- that it had of being drawn
    readers integer not null,  -- how many are still to say what it needs
    done_at_ms integer
);
create index audit_pick_waiting on audit_pick (picked_at_ms) where done_at_ms is null;
create index audit_pick_time on audit_pick (picked_at_ms);  -- to forget them

-- What was learned about one flag.
create table learned_model (
    id integer primary key autoincrement,
    flag text not null,
    made_at_ms integer not null,
    taken integer not null,  -- 0: it was worse than the one before, or a rule had changed
    bytes blob not null,
    lessons text not null,  -- a digest of what it learned from
    labels integer not null,
    positives integer not null,
    first_at_ms integer not null,  -- of those labels
    last_at_ms integer not null,
    auc double precision not null,
    auc_low double precision not null,
    auc_high double precision not null,
    calibration_error double precision not null,
    unseen double precision not null,  -- share of what stood in posts then, and no lesson had
    spread text not null   -- how chances lay then: counts in ten bins
);
create index learned_model_flag on learned_model (flag, id);

-- What a model would find, for each share of the posts that people would read for it.
create table learned_load (
    model_id integer not null references learned_model (id),
    load integer not null,  -- of 100 posts
    threshold double precision not null,
    found integer not null,  -- of `positives`, which it had not seen
    positives integer not null,
    foretold double precision not null,  -- share of what it points to that is so
    primary key (model_id, load)
);

create table learned_flag (
    flag text primary key,
    state text not null,  -- rules, shadow, working
    since_ms integer not null,
    load integer not null,
    model_id integer not null,  -- 0: none
    pinned integer not null,    -- a host went back to this model: no newer one takes its place
    fault text not null,
    fault_at_ms integer not null
);
insert into learned_flag (flag, state, since_ms, load, model_id, pinned, fault, fault_at_ms)
values ('crisis', 'rules', 0, 10, 0, 0, '', 0),
       ('hostile', 'rules', 0, 10, 0, 0, '', 0),
       ('spam', 'rules', 0, 10, 0, 0, '', 0),
       ('advice', 'rules', 0, 10, 0, 0, '', 0);

create table learning_wish (
    id integer primary key check (id = 1),
    audit_percent integer not null,  -- of the posts that nothing pointed to, how many are read
    drawn_day_ms integer not null    -- the last day whose posts were drawn from
);
insert into learning_wish (id, audit_percent, drawn_day_ms)
values (1, 5, 0);

-- Once a week: how what reads posts has done. `part`: all posts, or some of them.
create table learning_figure (
    week_ms integer not null,
    flag text not null,
    part text not null,
    name text not null,
    value double precision,  -- nothing: not enough evidence
    low double precision,
    high double precision,
    counted integer not null,  -- what it rests on
    warns integer not null,
    primary key (week_ms, flag, part, name)
);
