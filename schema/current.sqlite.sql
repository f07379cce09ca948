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
CREATE TABLE case_event (
    id integer primary key autoincrement,
    case_id integer not null references safety_case (id),
    kind text not null,
    actor_id integer,  -- a persona; nothing: the house itself
    words text not null,
    happened_at_ms integer not null
);
CREATE INDEX case_event_case on case_event (case_id, id);
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
CREATE TABLE content_note (
    id integer primary key,  -- without gaps: a bit of a number stands for each
    words text not null,
    retired_at_ms integer  -- since then no post gets it any more; those that have it keep it
);
CREATE TABLE daily_key (
    day integer primary key,
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
);
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
CREATE TABLE read_mark (
    member_id integer not null references member (id),
    thread_id integer not null references thread (id),
    number integer not null,
    read_at_ms integer not null,
    primary key (member_id, thread_id)
) without rowid;
CREATE TABLE recovery_code (
    member_id integer not null references member (id),
    code_digest blob not null,
    created_at_ms integer not null,
    expires_at_ms integer,
    used_at_ms integer,
    primary key (member_id, code_digest)
) without rowid;
CREATE TABLE report (
    id integer primary key autoincrement,
    case_id integer not null references safety_case (id),
    member_id integer references member (id),  -- nothing: no account, or one that was erased
    by_member integer not null,
    reason text not null,
    words text not null,
    filed_at_ms integer not null
, rule text not null default '', urgency text not null default '');
CREATE INDEX report_case on report (case_id, id);
CREATE INDEX report_member on report (member_id, id) where member_id is not null;
CREATE INDEX report_recent on report (member_id, filed_at_ms) where member_id is not null;
CREATE TABLE retired_name (
    name_key text primary key,
    persona_id integer not null references persona (id),
    name text not null,
    retired_at_ms integer not null
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
);
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
CREATE TABLE staff_note (
    post_id integer primary key references post (id),
    notes integer not null,
    noted_by integer not null references persona (id),
    noted_at_ms integer not null
);
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
