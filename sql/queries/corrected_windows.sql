-- Which averages of minutes and hours were corrected, by how much, when and why?
SELECT metric_name,
       labels,
       "interval",
       start_time,
       old_value AS old_avg,
       new_value AS new_avg,
       difference,
       cause,
       corrected_at
FROM corrections
WHERE aggregation_type = 'avg'
  AND "interval" IN ('1m', '1h')
ORDER BY corrected_at DESC, metric_name, labels, start_time
LIMIT 100;
