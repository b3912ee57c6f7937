-- Whoever asks for days by their length, and not by the column interval, would read every minute of the span.
CREATE INDEX rollups_of_long_windows ON rollups (series_id, (window_end - window_start), window_start)
  WHERE window_end - window_start >= interval '1 hour';
COMMENT ON INDEX rollups_of_long_windows IS 'Hours and days of a series, by the length of the window.';
