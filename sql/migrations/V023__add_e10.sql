-- How facts of robots become the six states of SEMI E10, and when a site works: read by the functions of kpi. Rows are
-- the installation's own: another mapping needs no replay.

CREATE SCHEMA kpi;
COMMENT ON SCHEMA kpi IS 'What robots did with their time: the states of SEMI E10 and the figures that follow from them.';

CREATE TABLE kpi.e10_mapping (
  fact  text COLLATE "C" NOT NULL,
  word  text COLLATE "C" NOT NULL,
  state text COLLATE "C",
  role  text COLLATE "C",
  PRIMARY KEY (fact, word),
  CONSTRAINT e10_mapping_states CHECK (state IN ('UDT', 'SDT', 'ENG', 'PRD')),
  CONSTRAINT e10_mapping_roles CHECK (role IN ('mission', 'restart', 'self_ending'))
);
COMMENT ON TABLE kpi.e10_mapping IS
  'Which state of SEMI E10 a robot is in while a fact holds (its value is not 0). Of several the first of UDT, SDT, ENG, PRD; of none SBY. NST is what the shifts of the site leave over.';
COMMENT ON COLUMN kpi.e10_mapping.fact IS 'Name of the metric, as in robot_facts; or mission_type: a mission of that type is being carried out.';
COMMENT ON COLUMN kpi.e10_mapping.word IS 'The label of the fact beside robot_id; empty for one that has none. Of mission_type the type.';
COMMENT ON COLUMN kpi.e10_mapping.state IS 'UDT, SDT, ENG or PRD; NULL of a fact that only has a role.';
COMMENT ON COLUMN kpi.e10_mapping.role IS 'mission: the robot is in a mission, so no shift ends its time. restart: it goes on being UDT if it was. self_ending: of what else makes it UDT, nobody has to end one, so it is no intervention.';
COMMENT ON CONSTRAINT e10_mapping_states ON kpi.e10_mapping IS 'The states that facts bring about.';
COMMENT ON CONSTRAINT e10_mapping_roles ON kpi.e10_mapping IS 'The roles there are.';

INSERT INTO kpi.e10_mapping (fact, word, state, role) VALUES
  ('oht50_robot_state', 'fault', 'UDT', NULL),
  ('oht50_robot_state', 'estop', 'UDT', NULL),
  ('oht50_robot_safety', 'estop', 'UDT', NULL),
  ('oht50_robot_safety', 'emergency_stop', 'UDT', NULL),
  ('oht50_robot_safety', 'estop_autoack', NULL, 'self_ending'),
  ('oht50_robot_errors', 'critical', 'UDT', NULL),
  ('oht50_robot_errors', 'fatal', 'UDT', NULL),
  ('oht50_robot_mode', 'intervened', 'UDT', NULL),
  ('oht50_robot_mode', 'emergency', 'UDT', NULL),
  ('oht50_robot_state', 'maintenance', 'SDT', NULL),
  ('oht50_robot_mode', 'maintenance', 'SDT', NULL),
  ('oht50_robot_mode', 'service', 'SDT', NULL),
  ('oht50_robot_mode', 'manual', 'SDT', NULL),
  ('oht50_robot_mode', 'startup', 'SDT', 'restart'),
  ('oht50_robot_state', 'starting', 'SDT', 'restart'),
  ('oht50_robot_state', 'charging', 'SDT', NULL),
  ('oht50_robot_charging', '', 'SDT', NULL),
  ('oht50_robot_mode', 'teach_in', 'ENG', NULL),
  ('mission_type', 'calibrate', 'ENG', NULL),
  ('oht50_robot_mission_active', '', 'PRD', 'mission'),
  ('oht50_robot_driving', '', 'PRD', NULL),
  ('oht50_robot_state', 'moving', 'PRD', NULL),
  ('oht50_robot_state', 'docking', 'PRD', NULL);

CREATE TABLE kpi.shifts (
  site    text COLLATE "C" NOT NULL,
  weekday integer NOT NULL,
  starts  time    NOT NULL,
  ends    time    NOT NULL,
  PRIMARY KEY (site, weekday, starts),
  CONSTRAINT shifts_weekday CHECK (weekday BETWEEN 1 AND 7)
);
COMMENT ON TABLE kpi.shifts IS
  'When a site works, by the clock of each robot''s zone. A site without rows works around the clock; of one with rows the rest of the week is non-scheduled time.';
COMMENT ON COLUMN kpi.shifts.site IS 'Site, as the registry names it.';
COMMENT ON COLUMN kpi.shifts.weekday IS 'Day on which the shift begins: 1 is Monday, 7 is Sunday.';
COMMENT ON COLUMN kpi.shifts.starts IS 'Local time of the beginning.';
COMMENT ON COLUMN kpi.shifts.ends IS 'Local time of the end; of the next day if it is not after the beginning.';
COMMENT ON CONSTRAINT shifts_weekday ON kpi.shifts IS 'A day of the week.';

CREATE TABLE kpi.closures (
  site   text COLLATE "C" NOT NULL,
  starts timestamptz NOT NULL,
  ends   timestamptz NOT NULL,
  reason text,
  PRIMARY KEY (site, starts),
  CONSTRAINT closures_in_order CHECK (starts < ends)
);
COMMENT ON TABLE kpi.closures IS 'Times at which a site does not work although its shifts say so: holidays, a shutdown of the plant.';
COMMENT ON COLUMN kpi.closures.site IS 'Site, as the registry names it.';
COMMENT ON COLUMN kpi.closures.starts IS 'First instant of the closure.';
COMMENT ON COLUMN kpi.closures.ends IS 'First instant after it.';
COMMENT ON COLUMN kpi.closures.reason IS 'For people.';
COMMENT ON CONSTRAINT closures_in_order ON kpi.closures IS 'A closure ends after it starts.';

ALTER DEFAULT PRIVILEGES IN SCHEMA kpi REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT USAGE ON SCHEMA kpi TO oht50_analyst;
GRANT SELECT ON kpi.e10_mapping, kpi.shifts, kpi.closures TO oht50_analyst;
