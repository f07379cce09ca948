CREATE TABLE about_me (
    member_id integer primary key references member (id),
    since text not null,  -- new, years, long
    stage text not null,  -- waiting, treatment, changed, daily, close
    tone text not null,
    hopes text not null,  -- of listen, share, learn, company: "listen,share"
    said_at_ms integer not null
);
CREATE TABLE about_me_topic (
    member_id integer not null references about_me (member_id),
    topic_id integer not null references topic (id) on delete cascade,
    primary key (member_id, topic_id)
) without rowid;
CREATE TABLE account (
    member_id integer primary key references member (id),
    name_key text not null unique,
    password_hash text not null,
    email text,
    email_confirmed_at_ms integer,  -- its owner has followed a link that came there
    email_paused_at_ms integer,     -- it took no mail; until its owner saves one again
    changed_at_ms integer not null
);
CREATE TABLE answer_address (
    member_id integer not null references member (id),
    thread_id integer not null references thread (id),
    number integer not null,  -- of the post that the mail shows
    digest blob not null unique,  -- of what stands in the address
    voice text not null,  -- what the answer is written under, as the mail said
    made_at_ms integer not null,
    sent_at_ms integer,
    primary key (member_id, thread_id, number)
) without rowid;
CREATE INDEX answer_address_made on answer_address (made_at_ms);
CREATE TABLE answered_mail (
    digest blob primary key,
    member_id integer not null references member (id),
    answered_at_ms integer not null
);
CREATE INDEX answered_mail_member on answered_mail (member_id, answered_at_ms);
CREATE INDEX answered_mail_time on answered_mail (answered_at_ms);
CREATE TABLE api_token (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    name text not null,
    token_digest blob not null unique,
    scope text not null,
    created_at_ms integer not null,
    expires_at_ms integer not null,
    ended_at_ms integer,
    second_factor integer not null default 0  -- of the session that made it
);
CREATE INDEX api_token_member on api_token (member_id, ended_at_ms);
CREATE TABLE appeal (
    case_id integer primary key references safety_case (id),
    member_id integer references member (id),  -- the author; nothing: they were erased
    words text not null,
    filed_at_ms integer not null,
    outcome text,  -- upheld, overturned
    answer text not null default '',
    decided_by integer,
    decided_at_ms integer
);
CREATE INDEX appeal_member on appeal (member_id) where member_id is not null;
CREATE INDEX appeal_waiting on appeal (case_id) where outcome is null;
CREATE TABLE attempt (
    key_digest blob not null,
    at_ms integer not null
);
CREATE INDEX attempt_key on attempt (key_digest, at_ms);
CREATE TABLE audit_entry (
    id integer primary key,
    at_ms integer not null,
    member_id integer,
    verb text not null,
    subject text not null,
    subject_id integer not null,
    detail text not null,
    hash blob not null
);
CREATE INDEX audit_entry_subject on audit_entry (subject, subject_id, id);
CREATE TABLE audit_pick (
    post_id integer primary key references post (id),
    picked_at_ms integer not null,
    chance double precision not null,  -- that it had of being drawn
    readers integer not null,  -- how many are still to say what it needs
    done_at_ms integer
);
CREATE INDEX audit_pick_time on audit_pick (picked_at_ms);
CREATE INDEX audit_pick_waiting on audit_pick (picked_at_ms) where done_at_ms is null;
CREATE TABLE case_event (
    id integer primary key autoincrement,
    case_id integer not null references safety_case (id),
    kind text not null,
    actor_id integer,  -- a persona; nothing: the house itself
    words text not null,
    happened_at_ms integer not null
);
CREATE INDEX case_event_case on case_event (case_id, id);
CREATE TABLE case_export (
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
CREATE INDEX case_export_case on case_export (case_id, id);
CREATE TABLE change (
    sequence integer primary key autoincrement,
    at_ms integer not null,
    kind text not null,
    group_id integer not null,
    thread_id integer not null,
    number integer not null,
    member_id integer not null
);
CREATE INDEX change_group on change (group_id, sequence);
CREATE INDEX change_member on change (member_id, sequence) where member_id > 0;
CREATE TABLE claim_code (
    code_digest blob primary key,
    member_id integer not null references member (id),
    created_at_ms integer not null,
    expires_at_ms integer not null,
    used_at_ms integer
);
CREATE TABLE closure (
    member_id integer primary key references member (id),
    closed_at_ms integer not null
);
CREATE INDEX closure_closed on closure (closed_at_ms);
CREATE TABLE code_app (
    member_id integer primary key references member (id),
    secret text not null,
    created_at_ms integer not null,
    confirmed_at_ms integer,
    last_step integer not null
);
CREATE TABLE contact_attempt (
    id integer primary key autoincrement,
    case_id integer not null references safety_case (id),
    by_id integer not null,  -- a persona, as all who act here
    way text not null,       -- here, phone, facilitator, other
    reached integer not null,
    words text not null,
    tried_at_ms integer not null
);
CREATE INDEX contact_attempt_case on contact_attempt (case_id, id);
CREATE INDEX contact_attempt_tried on contact_attempt (tried_at_ms);
CREATE TABLE contact_opening (
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
CREATE INDEX contact_opening_author on contact_opening (author_id);
CREATE INDEX contact_opening_case on contact_opening (case_id, id);
CREATE TABLE content_note (
    id integer primary key,  -- without gaps: a bit of a number stands for each
    words text not null,
    retired_at_ms integer  -- since then no post gets it any more; those that have it keep it
);
CREATE TABLE cover_state (
    group_id integer primary key,
    is_covered integer not null,
    since_ms integer not null
);
CREATE TABLE daily_key (
    day integer primary key,
    secret text not null
);
CREATE TABLE debrief (
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
CREATE INDEX debrief_member on debrief (member_id, id);
CREATE INDEX debrief_shared on debrief (id) where share <> 'nobody';
CREATE TABLE door_count (
    slot integer primary key,  -- unix time / 600 s
    came integer not null,
    turned_away integer not null,
    worked integer not null,   -- of those who came: their device worked
    waited integer not null    -- they waited a minute instead
);
CREATE TABLE door_hint (
    member_id integer primary key references member (id),
    at_ms integer not null
);
CREATE INDEX door_hint_at on door_hint (at_ms);
CREATE TABLE door_rule (
    id integer primary key check (id = 1),
    per_network integer not null,    -- sign-ups of one network in an hour
    per_hour integer not null,       -- sign-ups of everybody in an hour; who has an invitation passes
    busy_from integer not null,      -- sign-ups in an hour from which a newcomer's device has to work
    asking text not null,            -- when_busy, never, always
    new_days integer not null,       -- how long an account counts as new
    threads_a_day integer not null,  -- of a new account
    posts_a_day integer not null,
    same_words integer not null,     -- how often the same words come from new accounts before it is a flood; 0: never
    reads_an_hour integer not null   -- conversations that one member opens before they are slowed; 0: never
);
CREATE TABLE door_secret (
    purpose text primary key,
    secret text not null
);
CREATE TABLE draft (
    member_id integer not null references member (id),
    kind text not null,
    place_id integer not null,
    title text not null default '',
    markdown text not null,
    note text not null default '',
    reply_to integer not null default 0,
    voice text not null default '',
    saved_at_ms integer not null, notes text not null default '',
    primary key (member_id, kind, place_id)
) without rowid;
CREATE INDEX draft_saved on draft (saved_at_ms);
CREATE TABLE emergency_contact (
    member_id integer primary key references member (id),
    sealed text not null,
    left_at_ms integer not null
);
CREATE TABLE erased_name (
    name_digest blob primary key
);
CREATE TABLE erasure (
    member_id integer primary key references member (id),
    words text not null,  -- keep or take
    asked_at_ms integer not null,
    due_at_ms integer not null
);
CREATE INDEX erasure_due on erasure (due_at_ms);
CREATE TABLE escalation (
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
CREATE INDEX escalation_case on escalation (case_id, id);
CREATE INDEX escalation_told on escalation (told_at_ms);
CREATE TABLE feed_key (
    member_id integer primary key references member (id),
    key_digest blob not null unique,
    language text not null,
    made_at_ms integer not null
);
CREATE TABLE fit (
    member_id integer not null references member (id),
    group_id integer not null references peer_group (id),
    answer text not null,
    reason text not null,  -- heavy, busy, quiet, other, words; empty: not said
    answered_at_ms integer not null,
    primary key (member_id, group_id)
) without rowid;
CREATE TABLE flood (
    id integer primary key autoincrement,
    kind text not null,
    words_digest blob not null unique,
    began_at_ms integer not null,
    last_at_ms integer not null,
    outcome text,  -- stopped, cleared; nothing: it waits
    words text not null default '',  -- to the authors
    decided_by integer,              -- a persona
    decided_at_ms integer
);
CREATE INDEX flood_last on flood (last_at_ms);
CREATE TABLE flood_post (
    flood_id integer not null references flood (id),
    post_id integer not null,
    case_id integer,  -- that this post was decided by; 0: it is left to others
    primary key (flood_id, post_id)
);
CREATE TABLE former_member (
    id integer primary key check (id = 1),
    member_id integer not null references member (id)
);
CREATE TABLE group_name (
    group_id integer not null references peer_group (id),
    persona_id integer not null references persona (id),
    since_ms integer not null,
    primary key (group_id, persona_id)
) without rowid;
CREATE TABLE group_try (
    key_digest blob not null,
    at_ms integer not null
);
CREATE INDEX group_try_at on group_try (at_ms);
CREATE INDEX group_try_key on group_try (key_digest, at_ms);
CREATE TABLE half_session (
    token_digest blob primary key,
    member_id integer not null references member (id),
    device text not null,
    tries integer not null,
    expires_at_ms integer not null
);
CREATE INDEX half_session_member on half_session (member_id);
CREATE TABLE handover (
    id integer primary key autoincrement,
    group_id integer not null,
    author_id integer not null,  -- a persona
    words text not null,
    written_at_ms integer not null
);
CREATE INDEX handover_author on handover (author_id);
CREATE INDEX handover_group on handover (group_id, id);
CREATE TABLE handover_read (
    member_id integer primary key references member (id),
    handover_id integer not null  -- the last one that they have read
);
CREATE TABLE held_network (
    member_id integer not null references member (id),
    network_digest blob not null,
    until_ms integer not null,
    primary key (member_id, network_digest)
);
CREATE INDEX held_network_digest on held_network (network_digest);
CREATE TABLE helper (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    name text not null,  -- the member's own word for them: "my sister"
    code_digest blob not null,
    made_at_ms integer not null,
    begun_at_ms integer
);
CREATE INDEX helper_member on helper (member_id);
CREATE TABLE import_key (
    id integer primary key check (id = 1),
    digest_key blob not null
);
CREATE TABLE imported (
    group_id integer not null references peer_group (id),
    source text not null,  -- kind of archive, and the site where it was told apart
    kind text not null,    -- message, thread, author
    key_digest blob not null,
    id integer not null,   -- of the post, thread or persona
    primary key (group_id, source, kind, key_digest)
) without rowid;
CREATE INDEX imported_author on imported (id) where kind = 'author';
CREATE TABLE imported_person (
    key_digest blob primary key,
    member_id integer not null references member (id)
);
CREATE INDEX imported_person_member on imported_person (member_id);
CREATE TABLE invitation (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    code_digest blob not null unique,
    label text not null,
    created_by integer,
    created_at_ms integer not null,
    expires_at_ms integer not null,
    uses_left integer not null,
    used integer not null default 0,
    revoked_at_ms integer
);
CREATE INDEX invitation_group on invitation (group_id, id);
CREATE TABLE invitation_stop (
    invitation_id integer primary key,
    stopped_by integer not null,  -- a persona
    stopped_at_ms integer not null,
    undone_at_ms integer
);
CREATE TABLE job (
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
, lane text not null default 'usual');
CREATE INDEX job_done on job (done_at_ms) where done_at_ms is not null;
CREATE INDEX job_failed on job (id) where failed_at_ms is not null;
CREATE UNIQUE INDEX job_round on job (kind) where every_ms is not null;
CREATE INDEX job_waiting on job (due_at_ms) where done_at_ms is null and failed_at_ms is null;
CREATE TABLE join_request (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    member_id integer not null references member (id),
    persona_id integer not null references persona (id),
    words text not null,
    created_at_ms integer not null,
    decided_at_ms integer,
    decided_by integer,
    accepted integer
);
CREATE INDEX join_request_member on join_request (member_id, group_id, id);
CREATE UNIQUE INDEX join_request_waiting on join_request (group_id, member_id)
    where decided_at_ms is null;
CREATE TABLE label_score (
    label_id integer not null references post_label (id),
    flag text not null,
    model_id integer not null,
    chance double precision not null,
    primary key (label_id, flag)
);
CREATE TABLE learned_flag (
    flag text primary key,
    state text not null,  -- rules, shadow, working
    since_ms integer not null,
    load integer not null,
    model_id integer not null,  -- 0: none
    pinned integer not null,    -- a host went back to this model: no newer one takes its place
    fault text not null,
    fault_at_ms integer not null
);
CREATE TABLE learned_load (
    model_id integer not null references learned_model (id),
    load integer not null,  -- of 100 posts
    threshold double precision not null,
    found integer not null,  -- of `positives`, which it had not seen
    positives integer not null,
    foretold double precision not null,  -- share of what it points to that is so
    primary key (model_id, load)
);
CREATE TABLE learned_model (
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
CREATE INDEX learned_model_flag on learned_model (flag, id);
CREATE TABLE learning_figure (
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
CREATE TABLE learning_wish (
    id integer primary key check (id = 1),
    audit_percent integer not null,  -- of the posts that nothing pointed to, how many are read
    drawn_day_ms integer not null    -- the last day whose posts were drawn from
);
CREATE TABLE likeness (
    group_id integer not null references peer_group (id),
    question text not null,  -- since, stage
    answer text not null,
    primary key (group_id, question, answer)
) without rowid;
CREATE TABLE look_up (
    id integer primary key autoincrement,
    persona_id integer not null references persona (id),
    looked_up_by integer,
    reason text not null,
    at_ms integer not null
);
CREATE INDEX look_up_persona on look_up (persona_id);
CREATE TABLE mail_key (
    id integer primary key check (id = 1),
    link_key blob not null
);
CREATE TABLE member (
    id integer primary key autoincrement,
    created_at_ms integer not null,
    language text not null default 'en',
    theme text not null default 'auto',
    view text not null default 'calm',
    keys integer not null default 1
, country text not null default '');
CREATE TABLE membership (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    member_id integer not null references member (id),
    persona_id integer not null references persona (id),
    joined_at_ms integer not null,
    rules_agreed_at_ms integer,  -- null: put in by the house, and not asked yet
    invitation_id integer,
    left_at_ms integer,
    left_reason text,
    ended_by integer
, first_post_at_ms integer);
CREATE UNIQUE INDEX membership_current on membership (group_id, member_id) where left_at_ms is null;
CREATE INDEX membership_history on membership (member_id, group_id, id);
CREATE INDEX membership_invitation on membership (invitation_id, joined_at_ms) where invitation_id is not null;
CREATE INDEX membership_member on membership (member_id, left_at_ms);
CREATE TABLE migration (
        name text primary key,
        hash text not null,
        applied_at_ms bigint not null
    );
CREATE TABLE mute (
    member_id integer not null references member (id),
    persona_id integer not null references persona (id),
    group_id integer not null,
    since_ms integer not null,
    primary key (member_id, persona_id, group_id)
) without rowid;
CREATE TABLE muted_thread (
    member_id integer not null references member (id),
    thread_id integer not null references thread (id),
    since_ms integer not null,
    primary key (member_id, thread_id)
) without rowid;
CREATE TABLE newcomer (
    member_id integer not null references member (id),
    group_id integer not null,
    posts integer not null,
    primary key (member_id, group_id)
);
CREATE TABLE newcomer_post (
    post_id integer primary key,
    member_id integer not null references member (id),
    begins integer not null,  -- a thread
    at_ms integer not null
);
CREATE INDEX newcomer_post_at on newcomer_post (at_ms);
CREATE INDEX newcomer_post_member on newcomer_post (member_id, at_ms);
CREATE TABLE newcomer_words (
    words_digest blob not null,
    post_id integer not null,
    kind text not null,  -- words: the whole text; link: an address in it
    member_id integer not null references member (id),
    at_ms integer not null,
    primary key (words_digest, post_id)
);
CREATE INDEX newcomer_words_at on newcomer_words (at_ms);
CREATE INDEX newcomer_words_member on newcomer_words (member_id);
CREATE INDEX newcomer_words_post on newcomer_words (post_id);
CREATE TABLE note_choice (
    member_id integer not null references member (id),
    note_id integer not null references content_note (id),
    choice text not null,
    chosen_at_ms integer not null,
    primary key (member_id, note_id)
) without rowid;
CREATE TABLE notice (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    kind text not null,
    group_id integer not null,  -- 0, as the next three: it is about none
    thread_id integer not null,
    number integer not null,
    persona_id integer not null,
    created_at_ms integer not null,
    read_at_ms integer
);
CREATE INDEX notice_member on notice (member_id, id);
CREATE INDEX notice_of_staff on notice (group_id, thread_id, number)
    where read_at_ms is null and kind in ('report', 'crisis', 'second_reading', 'appeal');
CREATE INDEX notice_of_waiting on notice (group_id, kind)
    where read_at_ms is null and kind in ('words_wait', 'danger_waits');
CREATE INDEX notice_unread on notice (member_id, thread_id, kind, group_id) where read_at_ms is null;
CREATE TABLE notice_wish (
    member_id integer primary key references member (id),
    way text not null,  -- site, at_once, daily, weekly, important
    hour integer not null,  -- by the clock of the zone, as the next two
    weekday integer not null,  -- 1: Monday
    quiet_from integer not null,  -- nothing is sent at once from this hour; the same as the next: always
    quiet_until integer not null,
    zone text not null,  -- "Europe/Madrid"
    tells_more integer not null,  -- a mail may name the site and its groups
    due_at_ms integer,  -- when a mail goes; null: there is nothing to tell
    mailed_id integer not null default 0  -- the last notice that a mail told of
, answers integer not null default 0);
CREATE TABLE outside_service (
    id integer primary key autoincrement,
    name text not null,
    purpose text not null,  -- what it is for
    contact text not null,  -- how it is reached, a telephone number as a rule
    hours text not null,
    note text not null,
    country text not null  -- two letters of ISO 3166-1; empty: for all
);
CREATE TABLE pace (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    thread_id integer not null,
    kind text not null,
    slow_minutes integer not null,  -- 0: not slow
    held_first integer not null,
    read_only integer not null,
    flags_hide integer not null,  -- one report hides a post
    words text not null,   -- that everybody reads there
    reason text not null,  -- for those who look after the group
    set_by integer,        -- a persona; nothing: the house itself
    set_at_ms integer not null,
    until_ms integer,
    look_at_ms integer,    -- when they are asked whether it shall go on
    ended_by integer,
    ended_at_ms integer
);
CREATE TABLE pace_choice (
    group_id integer primary key,
    newcomer_posts integer,
    cover text not null default 'none'
);
CREATE INDEX pace_group on pace (group_id, id);
CREATE INDEX pace_look on pace (look_at_ms) where ended_at_ms is null and look_at_ms is not null;
CREATE UNIQUE INDEX pace_standing on pace (group_id, thread_id, kind) where ended_at_ms is null;
CREATE TABLE pace_turn (
    member_id integer not null references member (id),
    group_id integer not null,
    thread_id integer not null,
    written_at_ms integer not null,
    primary key (member_id, group_id, thread_id)
);
CREATE TABLE paired_group (
    group_id integer primary key
);
CREATE TABLE passkey (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    name text not null,
    credential_id text not null unique,
    public_key text not null,
    algorithm integer not null,
    user_handle text not null,
    sign_count integer not null,
    created_at_ms integer not null,
    used_at_ms integer
);
CREATE TABLE passkey_challenge (
    challenge_digest blob primary key,
    member_id integer not null,
    user_handle text not null,
    expires_at_ms integer not null
);
CREATE INDEX passkey_member on passkey (member_id, id);
CREATE TABLE pause (
    member_id integer primary key references member (id),
    since_ms integer not null,
    until_ms integer  -- null: until they come back
);
CREATE TABLE peer_group (
    id integer primary key autoincrement,
    topic_id integer references topic (id),
    name text not null,
    name_key text not null unique,
    purpose text not null,
    rules text not null,
    admission text not null,          -- open, request, invitation
    leadership text not null,         -- peer, professional
    hours text not null default '',   -- when its leaders are there, in their words
    public_reading integer not null,  -- may be read without an account (open groups only)
    size_limit integer,
    opens_at_ms integer,
    closes_at_ms integer,
    sensitive integer not null default 0,
    anonymous_posting text not null default 'allowed',  -- off, allowed, preselected
    created_at_ms integer not null,
    created_by integer,
    archived_at_ms integer,
    words text not null default ''    -- name and purpose, folded: what the directory searches
, tone text not null default 'any');
CREATE INDEX peer_group_topic on peer_group (topic_id);
CREATE TABLE persona (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    group_id integer,
    thread_id integer,
    name text not null,
    name_key text not null unique,
    created_at_ms integer not null
);
CREATE UNIQUE INDEX persona_alias on persona (member_id, thread_id) where thread_id is not null;
CREATE INDEX persona_member on persona (member_id, group_id);
CREATE INDEX persona_thread on persona (thread_id) where thread_id is not null;
CREATE TABLE picture (
    picture_key text primary key,
    group_id integer not null references peer_group (id),
    member_id integer references member (id),
    post_id integer references post (id),
    hidden integer not null default 0,  -- while its post is removed, or no longer names it
    width integer not null,
    height integer not null,
    added_at_ms integer not null,
    webp blob not null
);
CREATE INDEX picture_member on picture (member_id) where member_id is not null;
CREATE INDEX picture_post on picture (post_id) where post_id is not null;
CREATE TABLE policy (
    id integer primary key autoincrement,
    kind text not null,  -- rules, privacy, moderation, complaint, other
    number integer not null,  -- of the version that holds
    asks_number integer not null default 0,  -- the newest version that everybody is asked about; 0: none
    retired_at_ms integer
);
CREATE TABLE policy_answer (
    member_id integer not null references member (id),
    policy_id integer not null,
    number integer not null,
    answer text not null,  -- agreed, later, declined
    answered_at_ms integer not null,
    primary key (member_id, policy_id, number),
    foreign key (policy_id, number) references policy_version (policy_id, number)
);
CREATE TABLE policy_grace (
    id integer primary key check (id = 1),
    days integer not null
);
CREATE TABLE policy_version (
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
CREATE TABLE post (
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
, notes integer not null default 0);
CREATE INDEX post_author on post (author_id, id);
CREATE TABLE post_label (
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
CREATE INDEX post_label_case on post_label (case_id) where case_id > 0;
CREATE UNIQUE INDEX post_label_once on post_label (post_id, case_id, persona_id);
CREATE INDEX post_label_persona on post_label (persona_id, id);
CREATE TABLE post_removal (
    id integer primary key autoincrement,
    post_id integer not null references post (id),
    removed_by integer not null,
    own integer not null,
    reason text not null,
    removed_at_ms integer not null,
    restored_at_ms integer
);
CREATE INDEX post_removal_post on post_removal (post_id, restored_at_ms);
CREATE VIRTUAL TABLE post_search using fts5 (
    document,
    content = 'search_entry',
    content_rowid = 'id',
    columnsize = 0,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
CREATE TABLE post_version (
    post_id integer not null references post (id),
    version integer not null,
    markdown text not null,
    note text not null default '',
    written_by integer not null,
    written_at_ms integer not null, notes integer not null default 0,
    primary key (post_id, version)
) without rowid;
CREATE TABLE published_figure (
    report_id integer not null references published_report (id),
    place integer not null,
    figure text not null,  -- "reports.hostile"
    shown text not null,  -- exact, few, withheld
    value integer,  -- nothing unless it is exact
    primary key (report_id, place)
);
CREATE TABLE published_report (
    id integer primary key autoincrement,
    from_ms integer not null,
    until_ms integer not null,  -- the first moment behind it
    least integer not null,
    words text not null,  -- of the host
    published_by integer,  -- a persona; nothing: the house itself
    published_at_ms integer not null,
    withdrawn_at_ms integer,
    withdrawn_because text not null default ''
);
CREATE TABLE push_device (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    endpoint text not null unique,
    device text not null,
    added_at_ms integer not null
);
CREATE INDEX push_device_member on push_device (member_id);
CREATE TABLE push_key (
    id integer primary key,
    private_key text not null
);
CREATE TABLE push_wish (
    member_id integer primary key references member (id),
    due_at_ms integer
);
CREATE TABLE read_first (
    case_id integer primary key,
    member_id integer not null references member (id),
    group_id integer not null,
    alias_id integer not null,
    posts_left integer,  -- nothing: until until_ms
    until_ms integer,
    decided_at_ms integer not null,
    ended_at_ms integer
);
CREATE INDEX read_first_member on read_first (member_id, group_id);
CREATE TABLE read_mark (
    member_id integer not null references member (id),
    thread_id integer not null references thread (id),
    number integer not null,
    read_at_ms integer not null,
    primary key (member_id, thread_id)
) without rowid;
CREATE TABLE reading_alarm (
    id integer primary key autoincrement,
    member_id integer references member (id),  -- nothing: without an account
    opened integer not null,  -- at least so many conversations
    began_at_ms integer not null,
    last_at_ms integer not null
);
CREATE INDEX reading_alarm_last on reading_alarm (last_at_ms);
CREATE INDEX reading_alarm_member on reading_alarm (member_id) where member_id is not null;
CREATE TABLE recovery_code (
    member_id integer not null references member (id),
    code_digest blob not null,
    created_at_ms integer not null,
    expires_at_ms integer,
    used_at_ms integer,
    primary key (member_id, code_digest)
) without rowid;
CREATE TABLE reply_template (
    id integer primary key autoincrement,
    name text not null,
    words text not null
);
CREATE TABLE report (
    id integer primary key autoincrement,
    case_id integer not null references safety_case (id),
    member_id integer references member (id),  -- nothing: no account, or one that was erased
    by_member integer not null,
    reason text not null,
    words text not null,
    filed_at_ms integer not null
, rule text not null default '', urgency text not null default '', picture text not null default '');
CREATE INDEX report_case on report (case_id, id);
CREATE INDEX report_member on report (member_id, id) where member_id is not null;
CREATE INDEX report_recent on report (member_id, filed_at_ms) where member_id is not null;
CREATE TABLE retired_name (
    name_key text primary key,
    persona_id integer not null references persona (id),
    name text not null,
    retired_at_ms integer not null
);
CREATE TABLE risk (
    id integer primary key autoincrement,
    number integer not null,  -- of its newest version
    review_at_ms integer not null,  -- when somebody looks at it again
    reminded_at_ms integer,  -- since that day
    retired_at_ms integer
);
CREATE TABLE risk_version (
    risk_id integer not null references risk (id),
    number integer not null,
    title text not null,
    words text not null,
    likelihood text not null,  -- rare, possible, likely
    severity text not null,  -- slight, serious, grave
    measures text not null,
    owner text not null,  -- in words: a name or a task
    changes text not null,
    review_at_ms integer not null,
    written_by integer,  -- a persona; nothing: the house itself
    written_at_ms integer not null,
    primary key (risk_id, number)
);
CREATE TABLE role_grant (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    role text not null,
    group_id integer,
    granted_by integer,
    granted_at_ms integer not null,
    ended_by integer,
    ended_at_ms integer
);
CREATE INDEX role_grant_group on role_grant (group_id, ended_at_ms);
CREATE INDEX role_grant_member on role_grant (member_id, ended_at_ms);
CREATE TABLE room_member (
    member_id integer primary key references member (id)
);
CREATE TABLE rota_setting (
    id integer primary key check (id = 1),
    zone text not null,          -- of the community's clock
    shift_most integer not null, -- urgent cases for one person in a shift; 0: no limit
    week_most integer not null,  -- the same in seven days
    room_id integer not null     -- the group of those who look after groups; 0: none
);
CREATE TABLE safety_case (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    post_id integer not null,    -- 0: it is about the group
    author_id integer not null,  -- the persona that wrote the post; 0: it is about the group
    urgency text not null,
    worst text not null,  -- the highest urgency that it ever had
    opened_at_ms integer not null,
    urgent_since_ms integer not null,  -- when it got the urgency that it has
    first_look_at_ms integer,          -- since then
    claimed_by integer,  -- a persona, as all who act here
    claimed_until_ms integer,
    outcome text,
    words text not null default '',  -- to the author
    decided_by integer,
    decided_at_ms integer,
    did integer not null default 0,  -- whether the decision removed the post or closed the thread
    closed_at_ms integer  -- of a crisis: once a second person has read it
, rule text not null default '');
CREATE INDEX safety_case_author on safety_case (author_id, id);
CREATE INDEX safety_case_crisis on safety_case (id) where closed_at_ms is null and urgency = 'crisis';
CREATE UNIQUE INDEX safety_case_open on safety_case (group_id, post_id) where decided_at_ms is null;
CREATE INDEX safety_case_post on safety_case (post_id) where post_id > 0;
CREATE INDEX safety_case_waiting on safety_case (id) where closed_at_ms is null and urgency <> 'crisis';
CREATE TABLE search_entry (
    id integer primary key,
    post_id integer not null references post (id),
    document text not null default '',
    waiting integer not null default 1
);
CREATE INDEX search_entry_waiting on search_entry (id) where waiting = 1;
CREATE TABLE sent_form (
    member_id integer not null references member (id),
    form_key text not null,
    post_id integer not null,
    sent_at_ms integer not null,
    primary key (member_id, form_key)
) without rowid;
CREATE INDEX sent_form_sent on sent_form (sent_at_ms);
CREATE TABLE session (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    token_digest blob not null unique,
    form_token text not null,
    device text not null,
    created_at_ms integer not null,
    seen_at_ms integer not null,
    expires_at_ms integer not null,
    ended_at_ms integer,
    second_factor integer not null default 0,   -- 1: by a passkey, or by a code besides the password
    confirmed_at_ms integer not null default 0  -- when it was last made sure that it is really them
);
CREATE INDEX session_member on session (member_id, ended_at_ms);
CREATE TABLE setting (
    key text primary key,
    value text not null,
    changed_at_ms integer not null
);
CREATE TABLE shift (
    id integer primary key autoincrement,
    group_id integer not null,
    member_id integer references member (id),  -- nothing: a place that waits for somebody
    begins_at_ms integer not null,
    ends_at_ms integer not null,
    pattern_id integer references shift_pattern (id),
    day integer,            -- of the pattern
    offered_at_ms integer,  -- its member would like somebody else to take it
    removed_at_ms integer
);
CREATE INDEX shift_member on shift (member_id, begins_at_ms) where member_id is not null;
CREATE UNIQUE INDEX shift_of_pattern on shift (pattern_id, day) where pattern_id is not null;
CREATE TABLE shift_pattern (
    id integer primary key autoincrement,
    group_id integer not null,
    member_id integer references member (id),  -- nothing: a place that waits for somebody
    weekday integer not null,                  -- from 1, Monday
    from_minute integer not null,              -- of the day
    until_minute integer not null,             -- at or before from_minute: of the next day
    first_day integer not null,                -- days since 1 January 1970
    ended_at_ms integer
);
CREATE INDEX shift_pattern_member on shift_pattern (member_id) where member_id is not null;
CREATE INDEX shift_pattern_standing on shift_pattern (id) where ended_at_ms is null;
CREATE INDEX shift_time on shift (begins_at_ms);
CREATE TABLE spent_work (
    work_digest blob primary key,
    at_ms integer not null
);
CREATE INDEX spent_work_at on spent_work (at_ms);
CREATE TABLE staff_note (
    post_id integer primary key references post (id),
    notes integer not null,
    noted_by integer not null references persona (id),
    noted_at_ms integer not null
);
CREATE TABLE stopped_member (
    invitation_id integer not null references invitation_stop (invitation_id),
    member_id integer not null references member (id),
    primary key (invitation_id, member_id)
);
CREATE INDEX stopped_member_member on stopped_member (member_id);
CREATE TABLE support (
    member_id integer not null references member (id),
    post_id integer not null references post (id),
    kind text not null,
    given_at_ms integer not null,
    primary key (member_id, post_id, kind)
) without rowid;
CREATE INDEX support_post on support (post_id);
CREATE TABLE suspension (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    reason text not null,
    decided_by integer,
    from_ms integer not null,
    until_ms integer,
    lifted_by integer,
    lifted_at_ms integer
, case_id integer);
CREATE INDEX suspension_member on suspension (member_id, lifted_at_ms);
CREATE TABLE suspension_step (
    step integer primary key,
    days integer not null
);
CREATE TABLE taken_case (
    member_id integer not null references member (id),
    case_id integer not null,
    taken_at_ms integer not null,
    is_alone integer not null,  -- past the limit, because nobody else was there
    primary key (member_id, case_id)
) without rowid;
CREATE INDEX taken_case_recent on taken_case (member_id, taken_at_ms);
CREATE INDEX taken_case_time on taken_case (taken_at_ms);
CREATE TABLE thread (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    title text not null,
    author_id integer not null references persona (id),
    created_at_ms integer not null,
    last_number integer not null,
    last_post_at_ms integer not null,
    last_author_id integer not null references persona (id),
    removed_at_ms integer  -- while its first post is removed, and its title with it
, notes integer not null default 0);
CREATE TABLE thread_closing (
    id integer primary key autoincrement,
    thread_id integer not null references thread (id),
    closed_by integer not null,
    closed_at_ms integer not null,
    reopened_at_ms integer
);
CREATE INDEX thread_closing_thread on thread_closing (thread_id, reopened_at_ms);
CREATE TABLE thread_count (
    group_id integer primary key references peer_group (id),
    threads integer not null
);
CREATE INDEX thread_group on thread (group_id, last_post_at_ms, id);
CREATE TABLE thread_renaming (
    id integer primary key autoincrement,
    thread_id integer not null references thread (id),
    old_title text not null,
    renamed_by integer not null,
    reason text not null,
    renamed_at_ms integer not null
);
CREATE INDEX thread_renaming_thread on thread_renaming (thread_id);
CREATE TABLE thread_voice (
    member_id integer not null references member (id),
    thread_id integer not null references thread (id),
    voice text not null,
    primary key (member_id, thread_id)
) without rowid;
CREATE TABLE topic (
    id integer primary key autoincrement,
    parent_id integer references topic (id),
    name text not null,
    position integer not null default 0
);
CREATE TABLE training_done (
    member_id integer not null references member (id),
    module_id integer not null references training_module (id),
    done_at_ms integer not null,
    expires_at_ms integer,  -- nothing: never
    reminded_at_ms integer,
    primary key (member_id, module_id)
) without rowid;
CREATE INDEX training_done_due on training_done (reminded_at_ms, expires_at_ms);
CREATE TABLE training_module (
    id integer primary key autoincrement,
    title text not null,
    words text not null,      -- Markdown
    questions text not null,  -- a line each: question | right answer | other answer | ...
    statement text not null,  -- that they agree to; may be empty where there are questions
    months integer not null,  -- that it holds; 0: for good
    retired_at_ms integer     -- nobody needs it any more
);
CREATE TABLE training_need (
    role text not null,
    module_id integer not null references training_module (id),
    from_ms integer not null,
    primary key (role, module_id)
) without rowid;
CREATE TABLE transparency_rule (
    id integer primary key check (id = 1),
    least integer not null
);
CREATE TABLE triage (
    id integer primary key check (id = 1),
    amber integer not null,
    red integer not null,
    crisis integer not null,
    hide_after integer not null
, pause_after integer not null default 5);
CREATE TABLE unanswered (
    post_id integer primary key references post (id),
    group_id integer not null references peer_group (id),
    author_id integer not null references persona (id),
    is_first integer not null,  -- of somebody who is new in the group
    written_at_ms integer not null,
    answered_at_ms integer,
    answered_by integer,  -- the post that did
    settled_by integer references persona (id)
);
CREATE INDEX unanswered_answered on unanswered (answered_by) where answered_by is not null;
CREATE INDEX unanswered_waiting on unanswered (group_id, written_at_ms) where answered_at_ms is null;
CREATE TABLE unmasking (
    id integer primary key autoincrement,
    persona_id integer not null references persona (id),
    post_id integer not null references post (id),
    asked_by integer not null references member (id),
    reason text not null,
    asked_at_ms integer not null,
    agreed_by integer references member (id),
    agreed_at_ms integer
);
CREATE INDEX unmasking_persona on unmasking (persona_id, id);
CREATE TABLE waiting_post (
    id integer primary key autoincrement,
    group_id integer not null references peer_group (id),
    kind text not null,          -- thread, reply, change
    place_id integer not null,   -- the group, the thread, the post
    member_id integer references member (id),
    voice text not null,
    title text not null,
    markdown text not null,
    note text not null,
    notes integer not null,
    reply_to integer not null,
    form_key text not null,
    cause text not null,         -- place, newcomer, person, method
    is_danger integer not null,  -- somebody may be in danger
    written_at_ms integer not null,
    looked_at_ms integer,
    looked_by integer,  -- a persona
    outcome text,       -- let_through, sent_back, taken_back
    words text not null default ''  -- to the author
, times_paged integer not null default 0, case_id integer);
CREATE INDEX waiting_post_group on waiting_post (group_id, id) where looked_at_ms is null;
CREATE INDEX waiting_post_looked on waiting_post (looked_at_ms) where looked_at_ms is not null;
CREATE INDEX waiting_post_member on waiting_post (member_id, id) where member_id is not null;
CREATE INDEX waiting_post_since on waiting_post (group_id, written_at_ms);
