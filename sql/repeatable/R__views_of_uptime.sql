-- What held of robots from when to when, and what they did with their time by SEMI E10.

CREATE OR REPLACE VIEW robot_facts WITH (security_invoker = true) AS
SELECT s.series_id,
       s.labels ->> 'robot_id' AS robot_id,
       s.metric_name AS fact,
       coalesce((SELECT l.value FROM jsonb_each_text(s.labels) AS l WHERE l.key <> 'robot_id' LIMIT 1), '') AS word
FROM series s
WHERE s.kind = 7
  AND s.labels ? 'robot_id';
COMMENT ON VIEW robot_facts IS 'The series whose changes are noted: what is said of a robot and holds until something else is said.';
COMMENT ON COLUMN robot_facts.series_id IS 'The series, see series.series_id.';
COMMENT ON COLUMN robot_facts.robot_id IS 'Robot, as in the label robot_id.';
COMMENT ON COLUMN robot_facts.fact IS 'Name of the metric: oht50_robot_state, oht50_robot_mode, ...';
COMMENT ON COLUMN robot_facts.word IS 'The label beside robot_id: the state, mode, signal, level or link; empty where there is none.';

CREATE OR REPLACE VIEW robot_intervals WITH (security_invoker = true) AS
SELECT f.robot_id,
       f.fact,
       f.word,
       c.value,
       r.window_start + c.offset_ms * interval '1 millisecond' AS since,
       lead(r.window_start + c.offset_ms * interval '1 millisecond')
         OVER (PARTITION BY f.series_id ORDER BY r.window_start, c.offset_ms) AS until
FROM robot_facts f
JOIN rollups r ON r.series_id = f.series_id
CROSS JOIN LATERAL unnest(r.change_offsets, r.change_values) AS c (offset_ms, value)
WHERE r.change_offsets IS NOT NULL;
COMMENT ON VIEW robot_intervals IS
  'From when to when a fact of a robot held, to the millisecond, corrected when late data say so; as far back as there are rows of minutes. For a span of time use robot_intervals_between, which also knows what held before it.';
COMMENT ON COLUMN robot_intervals.robot_id IS 'Robot, as in the label robot_id.';
COMMENT ON COLUMN robot_intervals.fact IS 'Name of the metric.';
COMMENT ON COLUMN robot_intervals.word IS 'The label beside robot_id; empty where there is none.';
COMMENT ON COLUMN robot_intervals.value IS 'What it said, in the metric''s own unit: mostly 1 or 0. NULL where the series had ended.';
COMMENT ON COLUMN robot_intervals.since IS 'First instant at which it held.';
COMMENT ON COLUMN robot_intervals.until IS 'First instant at which something else did; NULL while it holds.';

CREATE OR REPLACE FUNCTION robot_intervals_between(from_time timestamptz, to_time timestamptz)
  RETURNS TABLE (
    robot_id text, fact text, word text, value double precision, since timestamptz, until timestamptz)
  LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH said AS (
    -- what held before the minute of from_time: the end of the newest minute that says anything
    SELECT f.series_id,
           '-infinity'::timestamptz AS at,
           CASE WHEN r.change_values[cardinality(r.change_values)] IS NULL AND r.change_values IS NOT NULL THEN NULL
                ELSE r.last END AS value
    FROM robot_facts f
    CROSS JOIN LATERAL (
      SELECT m.last, m.change_values
      FROM rollups m
      WHERE m.series_id = f.series_id
        AND m."interval" = '1m'
        AND m.window_start < date_trunc('minute', from_time, 'UTC')
        AND (m.count > 0 OR m.change_offsets IS NOT NULL)
      ORDER BY m.window_start DESC
      LIMIT 1) AS r
    UNION ALL
    SELECT f.series_id, r.window_start + c.offset_ms * interval '1 millisecond', c.value
    FROM robot_facts f
    JOIN rollups r ON r.series_id = f.series_id
    CROSS JOIN LATERAL unnest(r.change_offsets, r.change_values) AS c (offset_ms, value)
    WHERE r.change_offsets IS NOT NULL
      AND r.window_start >= date_trunc('minute', from_time, 'UTC')
      AND r.window_start < to_time
  ),
  spans AS (
    SELECT s.series_id,
           s.value,
           greatest(s.at, from_time) AS since,
           least(lead(s.at) OVER (PARTITION BY s.series_id ORDER BY s.at), to_time) AS until
    FROM said s
  )
  SELECT f.robot_id, f.fact, f.word, s.value, s.since, s.until
  FROM spans s
  JOIN robot_facts f ON f.series_id = s.series_id
  WHERE s.since < s.until;
END;
COMMENT ON FUNCTION robot_intervals_between(timestamptz, timestamptz) IS
  'What held of robots within from_time <= t < to_time, cut to it: each fact from when to when.';

CREATE OR REPLACE FUNCTION kpi.unobserved(from_time timestamptz, to_time timestamptz)
  RETURNS TABLE (robot_id text, since timestamptz, until timestamptz, is_known boolean)
  LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH carriers AS (
    -- the words of a fact come together: one of them tells when it spoke
    SELECT DISTINCT ON (f.robot_id, f.fact)
           f.robot_id,
           f.series_id,
           min(s.expected_interval_seconds) OVER (PARTITION BY f.robot_id) * interval '3 seconds' AS patience
    FROM robot_facts f
    JOIN series s ON s.series_id = f.series_id
    ORDER BY f.robot_id, f.fact, f.series_id
  ),
  spoke AS (
    SELECT c.robot_id, c.patience, p."timestamp" AS at
    FROM carriers c
    JOIN points p ON p.series_id = c.series_id
    WHERE p.chunk_start > from_time - greatest(c.patience, interval '1 day') - interval '24 hours'
      AND p.chunk_start < to_time
      AND p."timestamp" >= from_time - greatest(c.patience, interval '1 day')
      AND p."timestamp" < to_time
    UNION ALL
    SELECT DISTINCT c.robot_id, c.patience, from_time - c.patience - interval '1 microsecond'
    FROM carriers c
  ),
  gaps AS (
    SELECT s.robot_id,
           s.at,
           s.patience,
           s.at + s.patience AS since,
           coalesce(lead(s.at) OVER (PARTITION BY s.robot_id ORDER BY s.at), to_time) AS until
    FROM spoke s
  ),
  -- Of a minute that is still open raw points are stored a little later than the newest point is known.
  open_minutes AS (
    SELECT c.robot_id, date_trunc('minute', max(l."timestamp"), 'UTC') AS start, max(l."timestamp") AS newest
    FROM carriers c
    JOIN latest_points l ON l.series_id = c.series_id
    WHERE l."timestamp" > now() - interval '2 minutes'
    GROUP BY c.robot_id
  ),
  stored_gaps AS (
    SELECT g.robot_id, g.at, g.since, least(g.until, o.start) AS until
    FROM gaps g
    LEFT JOIN open_minutes o ON o.robot_id = g.robot_id
    UNION ALL
    SELECT g.robot_id, o.newest, greatest(g.since, o.newest + g.patience), g.until
    FROM gaps g
    JOIN open_minutes o ON o.robot_id = g.robot_id
    WHERE g.until > o.newest
  ),
  silences AS (
    SELECT g.robot_id, greatest(g.since, from_time) AS since, g.until,
           -- minutes that spoke, and no points of them: these are no longer kept
           NOT EXISTS (
             SELECT
             FROM carriers c
             JOIN rollups r ON r.series_id = c.series_id
             WHERE c.robot_id = g.robot_id
               AND r."interval" = '1m'
               AND r.window_start > greatest(g.at, from_time - interval '1 day')
               AND r.window_end < g.until
               AND r.count > 0) AS is_known
    FROM stored_gaps g
    WHERE g.since < g.until
      AND g.until > from_time
  )
  SELECT s.robot_id, s.since, s.until, s.is_known
  FROM silences s
  UNION ALL
  SELECT i.robot_id, i.since, i.until, true
  FROM robot_intervals_between(from_time, to_time) i
  WHERE i.fact = 'oht50_robot_link_up'
    AND i.word = 'broker'
    AND i.value = 0;
END;
COMMENT ON FUNCTION kpi.unobserved(timestamptz, timestamptz) IS
  'When nothing was known of robots: silence beyond three expected intervals, and a broken link to the broker. The spans of a robot may overlap. is_known is false where the raw points that would tell are no longer kept.';

CREATE OR REPLACE FUNCTION kpi.e10_intervals(from_time timestamptz, to_time timestamptz)
  RETURNS TABLE (
    robot_id text, state text, since timestamptz, until timestamptz, is_failure boolean, is_intervention boolean)
  LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH span AS (
    -- from a day before, to know from what state the first one was entered
    SELECT from_time - interval '1 day' AS low, least(to_time, now()) AS high
  ),
  held AS (
    SELECT i.*
    FROM span
    CROSS JOIN LATERAL robot_intervals_between(span.low, span.high) i
  ),
  robots AS (
    SELECT h.robot_id, min(h.since) AS known_since
    FROM held h
    GROUP BY h.robot_id
  ),
  sites AS (
    SELECT b.robot_id, r.site, coalesce(r.zone, current_setting('TimeZone')) AS zone
    FROM robots b
    CROSS JOIN span
    CROSS JOIN LATERAL registration_at(b.robot_id, span.high) r
  ),
  active AS (
    SELECT h.robot_id, h.since, h.until, coalesce(m.role = 'restart', false) AS restarts, m.state, m.role
    FROM held h
    JOIN kpi.e10_mapping m ON m.fact = h.fact AND m.word = h.word
    WHERE h.value <> 0
    UNION ALL
    SELECT a.robot_id, greatest(a.executing_at, span.low), least(a.ended_at, span.high), false, m.state, m.role
    FROM missions a
    JOIN robots b ON b.robot_id = a.robot_id
    JOIN kpi.e10_mapping m ON m.fact = 'mission_type' AND m.word = a.mission_type
    CROSS JOIN span
    WHERE a.executing_at < span.high
      AND (a.ended_at IS NULL OR a.ended_at > span.low)
    UNION ALL
    SELECT s.robot_id,
           greatest((d.day + f.starts) AT TIME ZONE s.zone, span.low),
           least((d.day + f.ends + CASE WHEN f.ends <= f.starts THEN interval '1 day' ELSE interval '0' END)
             AT TIME ZONE s.zone, span.high),
           false, 'open', NULL
    FROM sites s
    CROSS JOIN span
    JOIN kpi.shifts f ON f.site = s.site
    CROSS JOIN LATERAL generate_series(
      (span.low AT TIME ZONE s.zone)::date - 1, (span.high AT TIME ZONE s.zone)::date, interval '1 day') AS d (day)
    WHERE f.weekday = extract(isodow FROM d.day)
    UNION ALL
    SELECT s.robot_id, greatest(c.starts, span.low), least(c.ends, span.high), false, 'closed', NULL
    FROM sites s
    CROSS JOIN span
    JOIN kpi.closures c ON c.site = s.site
    UNION ALL
    SELECT b.robot_id, b.known_since, span.high, false, 'known', NULL
    FROM robots b
    CROSS JOIN span
    UNION ALL
    SELECT b.robot_id, span.low, span.high, false, 'all', NULL
    FROM robots b
    CROSS JOIN span
  ),
  edges AS (
    SELECT a.robot_id, a.since AS at, 1 AS step, a.state, a.role, a.restarts FROM active a WHERE a.since < a.until
    UNION ALL
    SELECT a.robot_id, a.until, -1, a.state, a.role, a.restarts FROM active a WHERE a.since < a.until
  ),
  steps AS (
    SELECT e.robot_id,
           e.at,
           sum(e.step) FILTER (WHERE e.state = 'UDT') AS udt,
           sum(e.step) FILTER (WHERE e.role = 'self_ending') AS self_ending,
           sum(e.step) FILTER (WHERE e.state = 'SDT' AND NOT e.restarts) AS sdt,
           sum(e.step) FILTER (WHERE e.restarts) AS restart,
           sum(e.step) FILTER (WHERE e.state = 'ENG') AS eng,
           sum(e.step) FILTER (WHERE e.state = 'PRD') AS prd,
           sum(e.step) FILTER (WHERE e.role = 'mission') AS mission,
           sum(e.step) FILTER (WHERE e.state = 'open') AS open,
           sum(e.step) FILTER (WHERE e.state = 'closed') AS closed,
           sum(e.step) FILTER (WHERE e.state = 'known') AS known
    FROM edges e
    GROUP BY e.robot_id, e.at
  ),
  counts AS (
    SELECT s.robot_id,
           s.at AS since,
           lead(s.at) OVER w AS until,
           coalesce(sum(s.udt) OVER w, 0) AS udt,
           coalesce(sum(s.self_ending) OVER w, 0) AS self_ending,
           coalesce(sum(s.sdt) OVER w, 0) AS sdt,
           coalesce(sum(s.restart) OVER w, 0) AS restart,
           coalesce(sum(s.eng) OVER w, 0) AS eng,
           coalesce(sum(s.prd) OVER w, 0) AS prd,
           coalesce(sum(s.mission) OVER w, 0) AS mission,
           coalesce(sum(s.open) OVER w, 0) AS open,
           coalesce(sum(s.closed) OVER w, 0) AS closed,
           coalesce(sum(s.known) OVER w, 0) AS known
    FROM steps s
    WINDOW w AS (PARTITION BY s.robot_id ORDER BY s.at)
  ),
  judged AS (
    SELECT c.robot_id,
           c.since,
           c.until,
           c.udt > c.self_ending AS needs_person,
           CASE
             WHEN c.known = 0 THEN 'UNKNOWN'
             WHEN c.mission = 0
               AND (c.closed > 0
                 OR c.open = 0
                   AND EXISTS (
                     SELECT FROM sites s JOIN kpi.shifts f ON f.site = s.site WHERE s.robot_id = c.robot_id))
               THEN 'NST'
             WHEN c.udt > 0 THEN 'UDT'
             WHEN c.sdt > 0 THEN 'SDT'
             WHEN c.restart > 0 THEN 'RESTART'
             WHEN c.eng > 0 THEN 'ENG'
             WHEN c.prd > 0 THEN 'PRD'
             ELSE 'SBY'
           END AS state
    FROM counts c
    WHERE c.until IS NOT NULL
  ),
  before_restart AS (
    SELECT j.*,
           count(*) FILTER (WHERE j.state <> 'RESTART') OVER (PARTITION BY j.robot_id ORDER BY j.since) AS stretch
    FROM judged j
  ),
  settled AS (
    SELECT b.robot_id, b.since, b.until, b.needs_person,
           CASE
             WHEN b.state <> 'RESTART' THEN b.state
             WHEN first_value(b.state) OVER (PARTITION BY b.robot_id, b.stretch ORDER BY b.since) = 'UDT' THEN 'UDT'
             ELSE 'SDT'
           END AS state
    FROM before_restart b
  ),
  turns AS (
    SELECT s.*,
           s.state IS DISTINCT FROM lag(s.state) OVER (PARTITION BY s.robot_id ORDER BY s.since) AS is_turn
    FROM settled s
  ),
  islands AS (
    SELECT t.*, count(*) FILTER (WHERE t.is_turn) OVER (PARTITION BY t.robot_id ORDER BY t.since) AS island
    FROM turns t
  ),
  joined AS (
    SELECT i.robot_id,
           i.state,
           min(i.since) AS since,
           max(i.until) AS until,
           bool_or(i.needs_person) AS needs_person
    FROM islands i
    GROUP BY i.robot_id, i.island, i.state
  ),
  entered AS (
    SELECT j.*,
           j.state = 'UDT'
             AND coalesce(lag(j.state) OVER (PARTITION BY j.robot_id ORDER BY j.since), 'UNKNOWN') <> 'UNKNOWN'
             AND j.since >= from_time AS is_failure
    FROM joined j
  )
  SELECT e.robot_id, e.state, greatest(e.since, from_time), e.until, e.is_failure, e.is_failure AND e.needs_person
  FROM entered e
  WHERE e.until > from_time;
END;
COMMENT ON FUNCTION kpi.e10_intervals(timestamptz, timestamptz) IS
  'The states of SEMI E10 that robots were in within from_time <= t < to_time, one after the other: PRD, SBY, ENG, SDT, UDT, NST; UNKNOWN before anything was said of a robot. Of the time to come nothing is said. is_failure: it entered UDT from another state; is_intervention: and a person had to end it.';

CREATE OR REPLACE FUNCTION kpi.e10(from_time timestamptz, to_time timestamptz)
  RETURNS TABLE (
    robot_id text, day date, state text, seconds double precision, unobserved_seconds double precision)
  LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH intervals AS MATERIALIZED (
    SELECT i.* FROM kpi.e10_intervals(from_time, to_time) i
  ),
  zones AS (
    SELECT n.robot_id, coalesce(r.zone, current_setting('TimeZone')) AS zone
    FROM (SELECT DISTINCT i.robot_id FROM intervals i) n
    LEFT JOIN LATERAL registration_at(n.robot_id, to_time) r ON true
  ),
  pieces AS (
    SELECT i.robot_id,
           d.day::date AS day,
           i.state,
           greatest(i.since, d.day AT TIME ZONE z.zone) AS since,
           least(i.until, (d.day + interval '1 day') AT TIME ZONE z.zone) AS until
    FROM intervals i
    JOIN zones z ON z.robot_id = i.robot_id
    CROSS JOIN LATERAL generate_series(
      date_trunc('day', i.since AT TIME ZONE z.zone), i.until AT TIME ZONE z.zone, interval '1 day') AS d (day)
  ),
  dark AS MATERIALIZED (
    SELECT u.robot_id, range_agg(tstzrange(u.since, u.until)) AS spans, range_agg(tstzrange(u.since, u.until))
      FILTER (WHERE NOT u.is_known) AS unknown
    FROM kpi.unobserved(from_time, least(to_time, now())) u
    GROUP BY u.robot_id
  )
  SELECT p.robot_id,
         p.day,
         p.state,
         sum(extract(epoch FROM p.until - p.since))::double precision,
         CASE WHEN coalesce(bool_or(k.unknown && tstzrange(p.since, p.until)), false) THEN NULL
              ELSE coalesce(sum((
                SELECT sum(extract(epoch FROM upper(s.span) - lower(s.span)))
                FROM unnest(k.spans * tstzmultirange(tstzrange(p.since, p.until))) AS s (span))), 0)
         END::double precision
  FROM pieces p
  LEFT JOIN dark k ON k.robot_id = p.robot_id
  WHERE p.since < p.until
  GROUP BY p.robot_id, p.day, p.state;
END;
COMMENT ON FUNCTION kpi.e10(timestamptz, timestamptz) IS
  'Seconds that each robot spent in each state of SEMI E10 on each day of its site, within from_time <= t < to_time and not in the time to come: they add up to the day. Silence changes no state: unobserved_seconds are the seconds of these in which nothing was known; NULL where the raw points that would tell are no longer kept.';

CREATE OR REPLACE FUNCTION kpi.robots(from_time timestamptz, to_time timestamptz)
  RETURNS TABLE (
    robot_id text, total_seconds double precision, prd_seconds double precision, sby_seconds double precision,
    eng_seconds double precision, sdt_seconds double precision, udt_seconds double precision,
    nst_seconds double precision, unknown_seconds double precision, failures bigint, interventions bigint,
    obstructions bigint, missions_completed bigint, missions_failed bigint,
    mtbf_productive_seconds double precision, mtbf_uptime_seconds double precision, mttr_seconds double precision,
    mcbf_missions double precision, mmbi_missions double precision, mmbo_missions double precision,
    availability double precision, operational_utilisation double precision, total_utilisation double precision,
    success_rate double precision)
  LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  WITH times AS (
    SELECT i.robot_id,
           sum(extract(epoch FROM i.until - i.since)) AS total,
           coalesce(sum(extract(epoch FROM i.until - i.since)) FILTER (WHERE i.state = 'PRD'), 0) AS prd,
           coalesce(sum(extract(epoch FROM i.until - i.since)) FILTER (WHERE i.state = 'SBY'), 0) AS sby,
           coalesce(sum(extract(epoch FROM i.until - i.since)) FILTER (WHERE i.state = 'ENG'), 0) AS eng,
           coalesce(sum(extract(epoch FROM i.until - i.since)) FILTER (WHERE i.state = 'SDT'), 0) AS sdt,
           coalesce(sum(extract(epoch FROM i.until - i.since)) FILTER (WHERE i.state = 'UDT'), 0) AS udt,
           coalesce(sum(extract(epoch FROM i.until - i.since)) FILTER (WHERE i.state = 'NST'), 0) AS nst,
           coalesce(sum(extract(epoch FROM i.until - i.since)) FILTER (WHERE i.state = 'UNKNOWN'), 0) AS unknown,
           count(*) FILTER (WHERE i.is_failure) AS failures,
           count(*) FILTER (WHERE i.is_intervention) AS interventions
    FROM kpi.e10_intervals(from_time, to_time) i
    GROUP BY i.robot_id
  ),
  held AS MATERIALIZED (
    SELECT h.*
    FROM robot_intervals_between(from_time, least(to_time, now())) h
    WHERE h.value <> 0
      AND (h.fact = 'oht50_robot_safety' AND h.word = 'obstacle_detected'
        OR (h.fact, h.word) IN (SELECT m.fact, m.word FROM kpi.e10_mapping m WHERE m.role = 'mission'))
  ),
  obstacles AS (
    SELECT o.robot_id, count(*) AS obstructions
    FROM held o
    WHERE o.fact = 'oht50_robot_safety'
      AND o.since > from_time
      AND EXISTS (
        SELECT
        FROM held m
        WHERE m.robot_id = o.robot_id AND m.fact <> 'oht50_robot_safety' AND m.since <= o.since AND o.since < m.until)
    GROUP BY o.robot_id
  ),
  ended AS (
    SELECT m.robot_id,
           count(*) FILTER (WHERE m.status = 'completed') AS completed,
           count(*) FILTER (WHERE m.status = 'failed') AS failed
    FROM missions m
    WHERE m.ended_at >= from_time
      AND m.ended_at < to_time
    GROUP BY m.robot_id
  )
  SELECT t.robot_id,
         t.total::double precision,
         t.prd::double precision,
         t.sby::double precision,
         t.eng::double precision,
         t.sdt::double precision,
         t.udt::double precision,
         t.nst::double precision,
         t.unknown::double precision,
         t.failures,
         t.interventions,
         coalesce(o.obstructions, 0),
         coalesce(e.completed, 0),
         coalesce(e.failed, 0),
         t.prd::double precision / nullif(t.failures, 0),
         (t.prd + t.sby + t.eng)::double precision / nullif(t.failures, 0),
         t.udt::double precision / nullif(t.failures, 0),
         (coalesce(e.completed, 0) + coalesce(e.failed, 0))::double precision / nullif(t.failures, 0),
         coalesce(e.completed, 0)::double precision / nullif(t.interventions, 0),
         coalesce(e.completed, 0)::double precision / nullif(o.obstructions, 0),
         (t.prd + t.sby + t.eng)::double precision / nullif((t.total - t.unknown - t.nst)::double precision, 0),
         t.prd::double precision / nullif((t.total - t.unknown - t.nst)::double precision, 0),
         t.prd::double precision / nullif((t.total - t.unknown)::double precision, 0),
         coalesce(e.completed, 0)::double precision / nullif(e.completed + e.failed, 0)
  FROM times t
  LEFT JOIN obstacles o ON o.robot_id = t.robot_id
  LEFT JOIN ended e ON e.robot_id = t.robot_id;
END;
COMMENT ON FUNCTION kpi.robots(timestamptz, timestamptz) IS
  'Figures of each robot within from_time <= t < to_time, by SEMI E10: seconds in each state; failures (entries into UDT), interventions (failures that a person had to end), obstructions (an obstacle appeared during a mission), missions that ended; mean seconds between failures of productive time and of uptime, mean seconds to repair, missions between failures (MCBF), completed missions between interventions (MMBI) and obstructions (MMBO), availability = uptime / (total - NST), utilisation = PRD / (total - NST) and PRD / total, share of missions that succeeded. NULL where nothing is divided by; UNKNOWN time is in no quotient.';

REVOKE ALL ON FUNCTION robot_intervals_between(timestamptz, timestamptz), kpi.unobserved(timestamptz, timestamptz),
  kpi.e10_intervals(timestamptz, timestamptz), kpi.e10(timestamptz, timestamptz), kpi.robots(timestamptz, timestamptz)
  FROM PUBLIC;
GRANT SELECT ON robot_facts, robot_intervals TO oht50_analyst;
GRANT EXECUTE ON FUNCTION robot_intervals_between(timestamptz, timestamptz), kpi.unobserved(timestamptz, timestamptz),
  kpi.e10_intervals(timestamptz, timestamptz), kpi.e10(timestamptz, timestamptz), kpi.robots(timestamptz, timestamptz)
  TO oht50_analyst;
