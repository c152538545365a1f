-- What was done from this computer. Lines are added, never changed and never taken out.

CREATE TABLE activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  connection TEXT NOT NULL CHECK (trim(connection) <> ''),
  -- null where it is about the connection as a whole
  organization TEXT CHECK (trim(organization) <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('SIGNED_IN', 'SIGNED_OUT', 'LIST_READ', 'RUN_POSTED',
    'ROW_DONE', 'DECIDED', 'EXPORTED')),
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  -- of a run and its rows: what was wished, and what became of it
  wish TEXT,
  outcome TEXT,
  reason TEXT,
  -- the server's words, a count, a file name
  detail TEXT NOT NULL,
  run INTEGER,
  ticket TEXT NOT NULL,
  note TEXT NOT NULL,
  -- whether somebody made sure that the caller is the person named
  caller_confirmed INTEGER NOT NULL CHECK (caller_confirmed IN (0, 1)),
  -- person, ticket, note, account and detail without upper case, for finding
  folded TEXT NOT NULL
);
CREATE INDEX activity_place ON activity (connection, organization, id);

CREATE TRIGGER activity_stays_as_it_is BEFORE UPDATE ON activity
BEGIN
  SELECT raise(ABORT, 'What was done is not changed.');
END;

CREATE TRIGGER activity_stays BEFORE DELETE ON activity
BEGIN
  SELECT raise(ABORT, 'What was done is not taken out.');
END;
