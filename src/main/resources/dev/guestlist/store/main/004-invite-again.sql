-- Runs can invite again: delete, then invite, each step written down; rows know what was seen when
-- they were asked for, and what was decided about them. Lists of allowed words cannot be changed in
-- place, so both tables are made anew.

ALTER TABLE run RENAME TO run_before;
ALTER TABLE run_row RENAME TO run_row_before;

CREATE TABLE run (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  connection TEXT NOT NULL CHECK (trim(connection) <> ''),
  organization TEXT CHECK (trim(organization) <> ''),
  wish TEXT NOT NULL CHECK (wish IN ('INVITE_BY_MAIL', 'INVITE_WITH_CODES', 'INVITE_AGAIN_BY_MAIL',
    'INVITE_AGAIN_WITH_CODES', 'DELETE', 'ACCEPT')),
  account TEXT NOT NULL,
  ticket TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  -- whether somebody made sure that the caller is the person named
  caller_confirmed INTEGER NOT NULL DEFAULT 0 CHECK (caller_confirmed IN (0, 1)),
  posted INTEGER NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('ACTIVE', 'ASKS', 'HELD', 'PAUSED', 'STOPPED')),
  why TEXT NOT NULL,
  -- when what waits was compared with what is there now
  reviewed INTEGER
);

INSERT INTO run (number, connection, organization, wish, account, ticket, posted, phase, why)
  SELECT number, connection, organization, wish, account, ticket, posted, phase, why
  FROM run_before;

CREATE TABLE run_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES run (number),
  position INTEGER NOT NULL,
  target TEXT NOT NULL CHECK (target IN ('PERSON', 'LISTED', 'AGAIN', 'CODE')),
  -- the person's name; null for a code that was not checked
  username TEXT,
  user_store TEXT,
  -- what a person will get, as JSON
  gifts TEXT CHECK (json_valid(gifts)),
  -- the invitation to delete, or to replace
  listed TEXT CHECK (trim(listed) <> ''),
  -- of a code: what may be shown of it, and where it leads
  last_four TEXT,
  leads_to TEXT CHECK (trim(leads_to) <> ''),
  -- of a replacement: what is to be done next
  step TEXT CHECK (step IN ('DELETE', 'INVITE')),
  state TEXT NOT NULL CHECK (state IN (
    'READY', 'SENDING', 'UNKNOWN', 'NEEDS_DECISION', 'INVITED', 'CODE_LOST', 'DELETED', 'WAS_GONE',
    'NOT_INVITED_AGAIN', 'JOINED', 'ALREADY_MEMBER', 'USER_EXISTS', 'REFUSED', 'NOT_TRIED', 'CANNOT_TELL')),
  attempts INTEGER NOT NULL,
  -- how often its call was lost and it went back to the queue
  lost INTEGER NOT NULL DEFAULT 0,
  -- whether it leaves in a call of its own, after all others of its run
  alone INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1)),
  not_before INTEGER NOT NULL,
  -- whether its grace ended while a program was running
  grace_over INTEGER NOT NULL CHECK (grace_over IN (0, 1)),
  -- the name of a reason; one that the program does not know is read as OTHER
  reason TEXT,
  server_text TEXT NOT NULL,
  invitation TEXT CHECK (trim(invitation) <> ''),
  changed INTEGER NOT NULL,
  -- the newest call that left for it; null while ready
  call INTEGER REFERENCES call (id),
  -- what was seen when it was asked for, as JSON
  basis TEXT CHECK (json_valid(basis)),
  -- what somebody decided about it last
  decided TEXT,
  -- of a code: what it is recognised by once it is wiped; nothing without the key in the vault
  fingerprint TEXT,
  UNIQUE (run, position),
  CHECK (target = 'CODE' OR username IS NOT NULL),
  CHECK (target NOT IN ('PERSON', 'AGAIN') OR (trim(username) <> '' AND gifts IS NOT NULL)),
  CHECK (target NOT IN ('LISTED', 'AGAIN') OR listed IS NOT NULL),
  CHECK (target <> 'CODE' OR last_four IS NOT NULL),
  CHECK ((target = 'AGAIN') = (step IS NOT NULL))
);

INSERT INTO run_row (id, run, position, target, username, user_store, gifts, listed, last_four,
    leads_to, state, attempts, not_before, grace_over, reason, server_text, invitation, changed, call)
  SELECT id, run, position, target, username, user_store, gifts, listed, last_four,
    leads_to, state, attempts, not_before, grace_over, reason, server_text, invitation, changed, call
  FROM run_row_before;

DROP TABLE run_row_before;
DROP TABLE run_before;

CREATE INDEX run_of_organization ON run (connection, organization);
CREATE INDEX run_row_state ON run_row (run, state);
CREATE INDEX run_row_call ON run_row (call) WHERE call IS NOT NULL;
CREATE INDEX run_row_leads_to ON run_row (leads_to) WHERE leads_to IS NOT NULL;
CREATE INDEX run_row_open ON run_row (state, run)
  WHERE state IN ('READY', 'SENDING', 'UNKNOWN', 'NEEDS_DECISION');
CREATE INDEX run_row_unsettled ON run_row (username COLLATE NOCASE)
  WHERE state IN ('SENDING', 'UNKNOWN', 'NEEDS_DECISION');
CREATE INDEX run_row_accepted ON run_row (fingerprint)
  WHERE fingerprint IS NOT NULL AND state IN ('JOINED', 'ALREADY_MEMBER');
CREATE INDEX run_row_listed ON run_row (listed) WHERE listed IS NOT NULL;
