-- An account may be on hold by a case of safeguarding: that shows at the member to nobody else.
alter table suspension add column case_id integer;  -- nothing: by a host

-- How long an account is on hold by a decision, the first time, the second, and so on (0 days: for good).
create table suspension_step (
    step integer primary key,
    days integer not null
);
insert into suspension_step (step, days)
values (1, 14), (2, 30), (3, 0);

-- How many reported posts of one name put its account on hold until somebody has looked (0: never).
alter table triage add column pause_after integer not null default 5;
