-- How often people were woken for it, and the case that it left where it will not stand.
alter table waiting_post add column times_paged integer not null default 0;
alter table waiting_post add column case_id integer;
