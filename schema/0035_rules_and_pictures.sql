-- The rule of the group or the house that a decision is about, in its words as they were then; empty: it names none.
alter table safety_case add column rule text not null default '';
-- The picture of the post that a report is about, by its key; empty: all of it.
alter table report add column picture text not null default '';
