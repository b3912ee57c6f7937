-- Which safety events and missions of a day count, where several topics tell of one robot? (Standard names of topics.)
SELECT e."timestamp", e.entity AS robot_id, e.kind, e.type, e.severity, e.status, e.topic
FROM events e
LEFT JOIN LATERAL registration_at(e.entity, e."timestamp") r ON true
WHERE e."timestamp" >= '2026-11-24T00:00:00Z'
  AND e."timestamp" < '2026-11-25T00:00:00Z'
  AND NOT e.withdrawn
  AND e.topic = CASE e.kind
    WHEN 'safety' THEN coalesce(r.attributes ->> 'safety_from', 'oht50.safety')
    WHEN 'mission' THEN coalesce(r.attributes ->> 'missions_from', 'oht50.missions')
  END
ORDER BY e."timestamp", e.kind, e.event_id;
