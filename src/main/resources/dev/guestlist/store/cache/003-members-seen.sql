-- When each member was seen last: one may be looked up alone, after the list was read.

ALTER TABLE member ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
UPDATE member SET seen = coalesce(
  (SELECT read_at FROM member_list l
    WHERE l.connection = member.connection AND l.organization = member.organization), 0);
