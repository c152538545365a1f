-- Lists of former days. A kept list has no rows of its own: what lies here is how the rows that
-- changed since then were at that time, and the newest list says the rest.

CREATE TABLE kept_list (
  -- the load that brought it; its rows are gone
  load INTEGER PRIMARY KEY,
  connection TEXT NOT NULL,
  organization TEXT NOT NULL CHECK (trim(organization) <> ''),
  read_at INTEGER NOT NULL,
  -- how many rows it had
  size INTEGER NOT NULL
);
CREATE INDEX kept_list_organization ON kept_list (connection, organization, load);

-- One row for each invitation that changed between a list and the one kept after it; for rows that
-- were deleted or accepted from here, the list may still be the newest one.
CREATE TABLE invitation_before (
  load INTEGER NOT NULL,
  id TEXT NOT NULL CHECK (trim(id) <> ''),
  -- how it was in that list; without a name it was not in it
  username TEXT,
  email TEXT,
  gifts TEXT CHECK (json_valid(gifts)),
  pending INTEGER CHECK (pending IN (0, 1)),
  ends INTEGER,
  PRIMARY KEY (load, id),
  CHECK (username IS NULL OR (email IS NOT NULL AND gifts IS NOT NULL AND pending IS NOT NULL))
) WITHOUT ROWID;

-- Texts without upper case, for finding; written by the program, because lower() here knows the
-- letters from A to Z only. What was read before gets at least that.
ALTER TABLE invitation ADD COLUMN folded_email TEXT NOT NULL DEFAULT '';
UPDATE invitation SET folded_email = lower(email);
ALTER TABLE member ADD COLUMN folded TEXT NOT NULL DEFAULT '';
ALTER TABLE member ADD COLUMN folded_names TEXT NOT NULL DEFAULT '';
UPDATE member SET folded = lower(username),
  folded_names = lower(username || ' ' || email || ' ' || display_name);
