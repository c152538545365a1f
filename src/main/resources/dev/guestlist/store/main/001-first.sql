-- What cannot be read again from any server. Times are microseconds since 1970, UTC.
-- Checks hold the values to what the program can read, so that a damaged row is noticed.
-- Every table has its row number: a damaged file is saved row by row.

PRAGMA application_id = 1198748781;

CREATE TABLE connection (
  made INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE CHECK (trim(id) <> ''),
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('PRACTICE', 'TEST', 'PRODUCTION')),
  server TEXT NOT NULL,
  root_organization TEXT NOT NULL,
  client_id TEXT NOT NULL,
  sign_in TEXT NOT NULL CHECK (sign_in IN ('BROWSER', 'TECHNICAL_ACCOUNT')),
  requests_at_once INTEGER NOT NULL CHECK (requests_at_once >= 1),
  lifetime_seconds INTEGER NOT NULL
);

CREATE TABLE visit (
  connection TEXT NOT NULL,
  organization TEXT NOT NULL CHECK (trim(organization) <> ''),
  at INTEGER NOT NULL,
  PRIMARY KEY (connection, organization)
);

CREATE TABLE pin (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection TEXT NOT NULL,
  organization TEXT NOT NULL CHECK (trim(organization) <> ''),
  UNIQUE (connection, organization)
);

CREATE TABLE view_state (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

-- Nonce and ciphertext of AES-256-GCM; the name is the associated data.
CREATE TABLE secret (
  name TEXT NOT NULL PRIMARY KEY,
  sealed BLOB NOT NULL CHECK (length(sealed) >= 28)
);

CREATE TABLE run (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  connection TEXT NOT NULL CHECK (trim(connection) <> ''),
  organization TEXT CHECK (trim(organization) <> ''),
  wish TEXT NOT NULL CHECK (wish IN ('INVITE_BY_MAIL', 'INVITE_WITH_CODES', 'DELETE', 'ACCEPT')),
  account TEXT NOT NULL,
  ticket TEXT NOT NULL,
  posted INTEGER NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('ACTIVE', 'ASKS', 'HELD', 'STOPPED')),
  why TEXT NOT NULL
);
CREATE INDEX run_of_organization ON run (connection, organization);

CREATE TABLE call (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  left_at INTEGER NOT NULL,
  -- ids as a JSON list; null when the list was not known
  listed_before TEXT CHECK (json_valid(listed_before))
);

CREATE TABLE run_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES run (number),
  position INTEGER NOT NULL,
  target TEXT NOT NULL CHECK (target IN ('PERSON', 'LISTED', 'CODE')),
  -- the person's name; null for a code that was not checked
  username TEXT,
  user_store TEXT,
  -- what a person will get, as JSON
  gifts TEXT CHECK (json_valid(gifts)),
  -- the invitation to delete
  listed TEXT CHECK (trim(listed) <> ''),
  -- of a code: what may be shown of it, and where it leads
  last_four TEXT,
  leads_to TEXT CHECK (trim(leads_to) <> ''),
  state TEXT NOT NULL CHECK (state IN (
    'READY', 'SENDING', 'UNKNOWN', 'NEEDS_DECISION', 'INVITED', 'CODE_LOST', 'DELETED', 'WAS_GONE',
    'JOINED', 'ALREADY_MEMBER', 'USER_EXISTS', 'REFUSED', 'NOT_TRIED', 'CANNOT_TELL')),
  attempts INTEGER NOT NULL,
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
  UNIQUE (run, position),
  CHECK (target = 'CODE' OR username IS NOT NULL),
  CHECK (target <> 'PERSON' OR (trim(username) <> '' AND gifts IS NOT NULL)),
  CHECK (target <> 'LISTED' OR listed IS NOT NULL),
  CHECK (target <> 'CODE' OR last_four IS NOT NULL)
);
CREATE INDEX run_row_state ON run_row (run, state);
CREATE INDEX run_row_call ON run_row (call) WHERE call IS NOT NULL;
CREATE INDEX run_row_leads_to ON run_row (leads_to) WHERE leads_to IS NOT NULL;
CREATE INDEX run_row_open ON run_row (state, run)
  WHERE state IN ('READY', 'SENDING', 'UNKNOWN', 'NEEDS_DECISION');
