-- Lines of the activity may forget who they were about, and the texts that named the person.
-- Nothing else about them can be changed, and they are never taken out.

DROP TRIGGER activity_stays_as_it_is;

CREATE TRIGGER activity_stays_as_it_is BEFORE UPDATE ON activity
WHEN NOT (new.id IS old.id AND new.at IS old.at AND new.connection IS old.connection
  AND new.organization IS old.organization AND new.kind IS old.kind AND new.account IS old.account
  AND new.wish IS old.wish AND new.outcome IS old.outcome AND new.reason IS old.reason
  AND new.run IS old.run AND new.caller_confirmed IS old.caller_confirmed
  AND new.person IN (old.person, '(forgotten)') AND new.detail IN (old.detail, '')
  AND new.ticket IN (old.ticket, '') AND new.note IN (old.note, '')
  AND length(new.folded) <= length(old.folded) + length('(forgotten)'))
BEGIN
  SELECT raise(ABORT, 'What was done is not changed.');
END;
