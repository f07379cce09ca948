-- The key of the links in mails (to confirm an address, to stop mails): one row, made when it is first needed.
create table mail_key (
    id integer primary key check (id = 1),
    link_key blob not null
);
