-- Runs know whether they have to be compared with what is there before they leave: whoever asked
-- for them is not in front of them any more, or they waited.

ALTER TABLE run ADD COLUMN compare INTEGER NOT NULL DEFAULT 0 CHECK (compare IN (0, 1));

UPDATE run SET compare = 1 WHERE reviewed IS NULL AND wish <> 'ACCEPT'
  AND (phase = 'ASKS' OR (phase IN ('HELD', 'PAUSED')
    AND NOT EXISTS (SELECT 1 FROM run_row WHERE run = number AND attempts > 0)));
