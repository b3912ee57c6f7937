-- Which alerts of a robot fired, newest first? One that was taken back never was.
SELECT rule,
       starts_at,
       ends_at,
       coalesce(ends_at, now()) - starts_at AS lasted,
       annotations ->> 'summary' AS summary
FROM alerts
WHERE labels ->> 'robot_id' = 'OHT-50-001'
  AND NOT withdrawn
  AND starts_at IS NOT NULL
ORDER BY starts_at DESC;
