-- Members who take a break: here for nobody until they come back, or until the break ends by itself.
create table pause (
    member_id integer primary key references member (id),
    since_ms integer not null,
    until_ms integer  -- null: until they come back
);

create index closure_closed on closure (closed_at_ms);  -- for erasing what nobody has opened again
