-- What can be read again from the server. Times are microseconds since 1970, UTC.
-- Checks hold the values to what the program can read, so that a damaged row is noticed.

PRAGMA application_id = 1198748771;

CREATE TABLE organization (
  connection TEXT NOT NULL,
  id TEXT NOT NULL CHECK (trim(id) <> ''),
  name TEXT NOT NULL,
  handle TEXT,
  parent TEXT CHECK (trim(parent) <> ''),
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  has_children INTEGER CHECK (has_children IN (0, 1)),
  access TEXT NOT NULL CHECK (access IN ('UNKNOWN', 'ENTERABLE', 'REFUSED')),
  read_at INTEGER NOT NULL,
  PRIMARY KEY (connection, id)
);
CREATE INDEX organization_parent ON organization (connection, parent);

CREATE TABLE children_list (
  connection TEXT NOT NULL,
  parent TEXT NOT NULL,
  read_at INTEGER NOT NULL,
  PRIMARY KEY (connection, parent)
);

-- A list arrives under a load of its own. It takes the place of the current one in a single
-- transaction, by a change of both states; the rows of an old load are nobody's and go in steps.
CREATE TABLE invitation_load (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  connection TEXT NOT NULL,
  organization TEXT NOT NULL CHECK (trim(organization) <> ''),
  state TEXT NOT NULL CHECK (state IN ('LOADING', 'CURRENT', 'OLD')),
  read_at INTEGER NOT NULL,
  pending INTEGER NOT NULL DEFAULT 0,
  expired INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX invitation_load_current
  ON invitation_load (connection, organization) WHERE state = 'CURRENT';

-- Rows lie in the order in which they arrived: a list is written and read from front to back.
CREATE TABLE invitation (
  load INTEGER NOT NULL,
  -- place in the list, from 0; below 0 for rows that vanished
  number INTEGER NOT NULL,
  id TEXT NOT NULL CHECK (trim(id) <> ''),
  username TEXT NOT NULL,
  -- the username without upper case, for finding
  folded TEXT NOT NULL,
  email TEXT NOT NULL,
  -- roles and groups as JSON
  gifts TEXT NOT NULL CHECK (json_valid(gifts)),
  pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
  ends INTEGER,
  listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
  seen INTEGER NOT NULL,
  PRIMARY KEY (load, number),
  UNIQUE (load, id) ON CONFLICT REPLACE
) WITHOUT ROWID;
CREATE INDEX invitation_username ON invitation (load, folded);

-- Rows that were deleted or accepted from here while a list was on its way: that list may have
-- been written before, and must not bring them back.
CREATE TABLE removed_meanwhile (
  load INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (load, id)
);

CREATE TABLE assignment_list (
  connection TEXT NOT NULL,
  organization TEXT NOT NULL,
  roles TEXT NOT NULL CHECK (json_valid(roles)),
  groups TEXT NOT NULL CHECK (json_valid(groups)),
  read_at INTEGER NOT NULL,
  PRIMARY KEY (connection, organization)
);

CREATE TABLE member_list (
  connection TEXT NOT NULL,
  organization TEXT NOT NULL,
  read_at INTEGER NOT NULL,
  PRIMARY KEY (connection, organization)
);

CREATE TABLE member (
  connection TEXT NOT NULL,
  organization TEXT NOT NULL,
  id TEXT NOT NULL,
  username TEXT NOT NULL,
  display_name TEXT NOT NULL,
  email TEXT NOT NULL,
  managed_by TEXT CHECK (trim(managed_by) <> ''),
  groups TEXT NOT NULL CHECK (json_valid(groups)),
  roles TEXT NOT NULL CHECK (json_valid(roles)),
  PRIMARY KEY (connection, organization, id)
);
