-- Whoever wishes it reads the words of replies in mails, and answers by mail.
alter table notice_wish add column answers integer not null default 0;

-- Where an answer to a mail goes: what stands behind the "+" of its address leads to a member and a post.
create table answer_address (
    member_id integer not null references member (id),
    thread_id integer not null references thread (id),
    number integer not null,  -- of the post that the mail shows
    digest blob not null unique,  -- of what stands in the address
    voice text not null,  -- what the answer is written under, as the mail said
    made_at_ms integer not null,
    sent_at_ms integer,
    primary key (member_id, thread_id, number)
) without rowid;

-- Mails that were posted: the same is posted once, as long as its address works.
create table answered_mail (
    digest blob primary key,
    member_id integer not null references member (id),
    answered_at_ms integer not null
);
create index answered_mail_member on answered_mail (member_id, answered_at_ms);
create index answered_mail_time on answered_mail (answered_at_ms);
create index answer_address_made on answer_address (made_at_ms);
