create index look_up_persona on look_up (persona_id);  -- for the log of access that a member can read
