-- How often did each robot fail in a week, how long did it run in between, and how long did it stand still?
SELECT robot_id,
       failures,
       interventions,
       round((mtbf_productive_seconds / 3600)::numeric, 2) AS mtbf_hours,
       round((mttr_seconds / 60)::numeric, 1) AS mttr_minutes,
       mmbi_missions,
       round((100 * availability)::numeric, 1) AS available_percent,
       round((100 * operational_utilisation)::numeric, 1) AS utilised_percent
FROM kpi.robots('2026-11-17T00:00:00Z', '2026-11-24T00:00:00Z')
ORDER BY failures DESC, robot_id;
