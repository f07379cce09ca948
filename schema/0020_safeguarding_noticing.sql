-- A rule of assist can ask for a post to be read, as a report by nobody.
alter table report add column rule text not null default '';  -- its id; empty: a person reported it
alter table report add column urgency text not null default '';  -- of what it noticed

-- What was noticed about a post before, whether somebody has decided or not.
create index safety_case_post on safety_case (post_id) where post_id > 0;
