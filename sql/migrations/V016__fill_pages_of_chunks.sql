-- A chunk grows by a quarter with each write, so what is replaced seldom fits into its page again, and room that
-- is kept free there stays empty when the chunk is closed. What was replaced is used by the next chunks.

ALTER TABLE chunks SET (fillfactor = 100);
