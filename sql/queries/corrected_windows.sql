-- Hours and minutes whose final answer was corrected, what it was before and why it changed.
SELECT s.canonical AS series,
       r."interval",
       r.window_start,
       h.revision AS old_revision,
       h.sum / nullif(h.count, 0) AS old_avg,
       r.revision AS new_revision,
       r.sum / nullif(r.count, 0) AS new_avg,
       r.cause,
       h.visible_until AS corrected_at
FROM rollup_history h
JOIN rollups r USING (series_id, "interval", window_start)
JOIN series s USING (series_id)
WHERE r."interval" IN ('1m', '1h')
ORDER BY h.visible_until DESC, s.canonical, r.window_start
LIMIT 100;
