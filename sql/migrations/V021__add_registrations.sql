-- What the registry says of robots, and since when.

CREATE TABLE registrations (
  robot_id       text COLLATE "C" NOT NULL,
  effective_from timestamptz      NOT NULL,
  attributes     jsonb            NOT NULL,
  source_id      bigint           NOT NULL,
  record_offset  bigint           NOT NULL,
  site      text COLLATE "C" GENERATED ALWAYS AS (attributes ->> 'site') STORED,
  zone      text COLLATE "C" GENERATED ALWAYS AS (attributes ->> 'zone') STORED,
  model     text COLLATE "C" GENERATED ALWAYS AS (attributes ->> 'model') STORED,
  interface text COLLATE "C" GENERATED ALWAYS AS (attributes ->> 'interface') STORED,
  active    boolean GENERATED ALWAYS AS (
    CASE WHEN jsonb_typeof(attributes -> 'active') = 'boolean' THEN (attributes -> 'active')::boolean END) STORED,
  aliases   jsonb GENERATED ALWAYS AS (attributes -> 'aliases') STORED,
  PRIMARY KEY (robot_id, effective_from)
);

COMMENT ON TABLE registrations IS
  'What holds of each robot by the registry: a row since when something else does. A record replaces all rows of its robot from its own instant on, a removal all rows. Join it with registration_at.';
COMMENT ON COLUMN registrations.robot_id IS 'Robot, as in the label robot_id.';
COMMENT ON COLUMN registrations.effective_from IS 'Since when the row holds, until the next one of the robot; -infinity of the first one, and of one that names no instant.';
COMMENT ON COLUMN registrations.attributes IS 'The whole record of the registry.';
COMMENT ON COLUMN registrations.source_id IS 'Hash of topic and partition of the record.';
COMMENT ON COLUMN registrations.record_offset IS 'Offset of the record: of two of a partition the later one holds.';
COMMENT ON COLUMN registrations.site IS 'Where the robot runs; NULL when not said.';
COMMENT ON COLUMN registrations.zone IS 'Time zone of its days; NULL for the configured one.';
COMMENT ON COLUMN registrations.model IS 'Model of the robot; NULL when not said.';
COMMENT ON COLUMN registrations.interface IS 'How it speaks: oht50 or vda5050; NULL when not said.';
COMMENT ON COLUMN registrations.active IS 'Whether it is in service; NULL when not said.';
COMMENT ON COLUMN registrations.aliases IS 'Other spellings of its id, an array; NULL when not said.';

GRANT SELECT, INSERT, DELETE, UPDATE (attributes, source_id, record_offset) ON registrations TO oht50_writer;
GRANT SELECT ON registrations TO oht50_analyst;
