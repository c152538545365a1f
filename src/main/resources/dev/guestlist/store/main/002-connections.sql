-- Connections learn more ways of signing in, whom to trust, and the way through the network.

ALTER TABLE connection RENAME TO connection_before;

CREATE TABLE connection (
  made INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE CHECK (trim(id) <> ''),
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('PRACTICE', 'TEST', 'PRODUCTION')),
  server TEXT NOT NULL,
  root_organization TEXT NOT NULL,
  client_id TEXT NOT NULL,
  sign_in TEXT NOT NULL CHECK (sign_in IN ('BROWSER', 'BROWSER_INTO_ORGANIZATION', 'DEVICE_CODE',
    'TECHNICAL_ACCOUNT', 'PASTED_TOKEN')),
  requests_at_once INTEGER NOT NULL CHECK (requests_at_once >= 1),
  lifetime_seconds INTEGER NOT NULL,
  colour TEXT NOT NULL DEFAULT 'BLUE' CHECK (colour IN ('BLUE', 'GREEN', 'TEAL', 'PURPLE',
    'ORANGE', 'RED', 'GREY')),
  favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1)),
  -- null: the root organization
  start_in TEXT,
  -- null: the server's own
  discovery TEXT,
  -- null without a pin: what the system trusts; with it: also what this file signed
  trust_file TEXT,
  pinned TEXT CHECK (length(pinned) = 64),
  proxy TEXT NOT NULL DEFAULT 'SYSTEM' CHECK (proxy IN ('SYSTEM', 'NONE', 'THROUGH')),
  proxy_host TEXT,
  proxy_port INTEGER,
  proxy_user TEXT,
  accept_link TEXT,
  read_only INTEGER NOT NULL DEFAULT 0 CHECK (read_only IN (0, 1)),
  stay_signed_in INTEGER NOT NULL DEFAULT 0 CHECK (stay_signed_in IN (0, 1)),
  CHECK (trust_file IS NULL OR pinned IS NULL)
);

INSERT INTO connection (made, id, name, kind, server, root_organization, client_id, sign_in,
    requests_at_once, lifetime_seconds)
  SELECT made, id, name, kind, server, root_organization, client_id, sign_in, requests_at_once,
    lifetime_seconds
  FROM connection_before;

DROP TABLE connection_before;

-- Where the key of the vault lies: one row, once that was decided. While the key moves, the place
-- it goes to or comes from is here too, so that a program that dies leaves no key behind.
CREATE TABLE vault_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- grows with every move: whoever holds an older key asks for the new one
  generation INTEGER NOT NULL,
  place TEXT NOT NULL CHECK (place IN ('KEYCHAIN', 'PASSPHRASE', 'KEY_FILE', 'UNTIL_CLOSED')),
  key_id TEXT NOT NULL,
  -- of a passphrase only: what it takes to work the key out, and a value that only it opens
  salt BLOB,
  rounds INTEGER CHECK (rounds > 0),
  proof BLOB,
  -- being made, and not needed any more
  next_place TEXT,
  next_key_id TEXT,
  last_place TEXT,
  last_key_id TEXT
);
