-- Who is here. Content refers to personas alone; the table persona is the only bridge to a member.

create table member (
    id integer primary key autoincrement,
    created_at_ms integer not null,
    language text not null default 'en',
    theme text not null default 'auto',
    view text not null default 'calm',
    keys integer not null default 1
);

-- How a member signs in. A placeholder made by an import has no account until it is claimed.
create table account (
    member_id integer primary key references member (id),
    name_key text not null unique,
    password_hash text not null,
    email text,
    email_confirmed_at_ms integer,  -- its owner has followed a link that came there
    email_paused_at_ms integer,     -- it took no mail; until its owner saves one again
    changed_at_ms integer not null
);

-- A name that a member writes under: the main one (group_id is null), the one for a group, or an alias for one thread
-- alone (thread_id is not null; 0 while the thread is being made), whose key nobody can type.
create table persona (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    group_id integer,
    thread_id integer,
    name text not null,
    name_key text not null unique,
    created_at_ms integer not null
);
create index persona_member on persona (member_id, group_id);
create unique index persona_alias on persona (member_id, thread_id) where thread_id is not null;
create index persona_thread on persona (thread_id) where thread_id is not null;

-- A name that a persona carried before. It stays its member's, so that old mentions never mean somebody else.
create table retired_name (
    name_key text primary key,
    persona_id integer not null references persona (id),
    name text not null,
    retired_at_ms integer not null
);

create table session (
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
create index session_member on session (member_id, ended_at_ms);

create table api_token (
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
create index api_token_member on api_token (member_id, ended_at_ms);

-- expires_at_ms: of a code that a host made for somebody who has lost theirs.
create table recovery_code (
    member_id integer not null references member (id),
    code_digest blob not null,
    created_at_ms integer not null,
    expires_at_ms integer,
    used_at_ms integer,
    primary key (member_id, code_digest)
) without rowid;

-- An app that shows codes (TOTP, RFC 6238). Until confirmed_at_ms it counts for nothing. last_step: that of the code
-- used last; none of it or before works again.
create table code_app (
    member_id integer primary key references member (id),
    secret text not null,
    created_at_ms integer not null,
    confirmed_at_ms integer,
    last_step integer not null
);

-- Somebody whose password was right and whose code is still to come. It gives no rights.
create table half_session (
    token_digest blob primary key,
    member_id integer not null references member (id),
    device text not null,
    tries integer not null,
    expires_at_ms integer not null
);
create index half_session_member on half_session (member_id);

-- credential_id and public_key in base64url. user_handle: what the device knows the member by, the same for all of
-- a member's passkeys, and random. algorithm: of COSE.
create table passkey (
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
create index passkey_member on passkey (member_id, id);

-- A challenge to a passkey, good for one answer. member_id 0: by whoever signs in; else for a new passkey of theirs.
create table passkey_challenge (
    challenge_digest blob primary key,
    member_id integer not null,
    user_handle text not null,
    expires_at_ms integer not null
);

-- The key of each day for the digests in attempt, the same for all nodes; it is forgotten with them.
create table daily_key (
    day integer primary key,
    secret text not null
);

-- Lets the real person take over a placeholder account.
create table claim_code (
    code_digest blob primary key,
    member_id integer not null references member (id),
    created_at_ms integer not null,
    expires_at_ms integer not null,
    used_at_ms integer
);

-- role: host, coordinator, researcher (site-wide, group_id null) or facilitator, moderator (in a group).
create table role_grant (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    role text not null,
    group_id integer,
    granted_by integer,
    granted_at_ms integer not null,
    ended_by integer,
    ended_at_ms integer
);
create index role_grant_member on role_grant (member_id, ended_at_ms);
create index role_grant_group on role_grant (group_id, ended_at_ms);

create table suspension (
    id integer primary key autoincrement,
    member_id integer not null references member (id),
    reason text not null,
    decided_by integer,
    from_ms integer not null,
    until_ms integer,
    lifted_by integer,
    lifted_at_ms integer
);
create index suspension_member on suspension (member_id, lifted_at_ms);

-- A member who closed the account; the row goes when they come back.
create table closure (
    member_id integer primary key references member (id),
    closed_at_ms integer not null
);

-- A member who wants to be erased. Signing in before it is due takes it back; then the account goes, the words (if they
-- are to go), and at last the member and this row.
create table erasure (
    member_id integer primary key references member (id),
    words text not null,  -- keep or take
    asked_at_ms integer not null,
    due_at_ms integer not null
);
create index erasure_due on erasure (due_at_ms);

-- Digests of the names of erased members: nobody else may take one, and nothing says whose it was.
create table erased_name (
    name_digest blob primary key
);

-- Whom the nameless personas of all erased members belong to: one for all, so that none tells of another.
create table former_member (
    id integer primary key check (id = 1),
    member_id integer not null references member (id)
);

-- Tries of what is limited (signing in and up, names): the key is a digest, of names and networks a keyed one,
-- never the thing itself.
create table attempt (
    key_digest blob not null,
    at_ms integer not null
);
create index attempt_key on attempt (key_digest, at_ms);

-- A host looked up who writes under a name.
create table look_up (
    id integer primary key autoincrement,
    persona_id integer not null references persona (id),
    looked_up_by integer,
    reason text not null,
    at_ms integer not null
);

-- People whose posts a member does not want to see, and in which group they met.
create table mute (
    member_id integer not null references member (id),
    persona_id integer not null references persona (id),
    group_id integer not null,
    since_ms integer not null,
    primary key (member_id, persona_id, group_id)
) without rowid;

-- Append-only; each entry's hash covers the one before it.
create table audit_entry (
    id integer primary key,
    at_ms integer not null,
    member_id integer,
    verb text not null,
    subject text not null,
    subject_id integer not null,
    detail text not null,
    hash blob not null
);
create index audit_entry_subject on audit_entry (subject, subject_id, id);

-- Something new for one person.
create table notice (
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
create index notice_member on notice (member_id, id);
create index notice_unread on notice (member_id, thread_id, kind, group_id) where read_at_ms is null;

-- How a member wants to hear of what is new; without a row: on the site.
create table notice_wish (
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
);

-- The host's words for the whole site: name, purpose, helplines (a line each), and switches.
create table setting (
    key text primary key,
    value text not null,
    changed_at_ms integer not null
);
