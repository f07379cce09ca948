-- Jobs that wake people also run in a lane of their own: a mail server that hangs does not hold them up.
alter table job add column lane text not null default 'usual';
