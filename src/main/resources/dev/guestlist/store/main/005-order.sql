-- A row also waits for earlier ones about the same person that have not left yet.

DROP INDEX run_row_unsettled;
CREATE INDEX run_row_unsettled ON run_row (username COLLATE NOCASE)
  WHERE state IN ('READY', 'SENDING', 'UNKNOWN', 'NEEDS_DECISION');
