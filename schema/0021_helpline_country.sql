-- Whose helplines come first for a member: two letters of ISO 3166-1; empty: not chosen.
alter table member add column country text not null default '';
