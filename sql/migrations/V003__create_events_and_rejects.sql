CREATE TABLE events (
  kind          text COLLATE "C" NOT NULL,
  event_id      text COLLATE "C" NOT NULL,
  entity        text,
  type          text,
  severity      text,
  status        text,
  acknowledged  boolean          NOT NULL,
  "timestamp"   timestamptz      NOT NULL,
  payload       jsonb            NOT NULL,
  topic         text COLLATE "C" NOT NULL,
  partition     integer          NOT NULL,
  record_offset bigint           NOT NULL,
  PRIMARY KEY (kind, event_id)
);
CREATE INDEX events_by_timestamp ON events ("timestamp");

COMMENT ON TABLE events IS 'Mission and safety events, each once; of several deliveries the one of the highest (topic, partition, record_offset).';
COMMENT ON COLUMN events.kind IS 'mission or safety.';
COMMENT ON COLUMN events.event_id IS 'Natural key within the kind; one over 512 characters is cut and ends in # and its hash.';
COMMENT ON COLUMN events.entity IS 'The robot it is about; null when the message names none.';
COMMENT ON COLUMN events.type IS 'Canonical type in lower case, such as e_stop or transport.';
COMMENT ON COLUMN events.severity IS 'low, medium, high or critical.';
COMMENT ON COLUMN events.status IS 'Canonical status of a mission.';
COMMENT ON COLUMN events.acknowledged IS 'Whether the message says that a person has taken notice.';
COMMENT ON COLUMN events."timestamp" IS 'Event time.';
COMMENT ON COLUMN events.payload IS 'The message with the words of its source; a JSON string where it is no JSON.';
COMMENT ON COLUMN events.topic IS 'Topic of the record that carried it.';
COMMENT ON COLUMN events.partition IS 'Partition of that record.';
COMMENT ON COLUMN events.record_offset IS 'Offset of that record.';

CREATE TABLE rejected (
  topic         text COLLATE "C" NOT NULL,
  partition     integer          NOT NULL,
  record_offset bigint           NOT NULL,
  path          text COLLATE "C" NOT NULL,
  reason        text COLLATE "C" NOT NULL,
  detail        text,
  key           text,
  value         text,
  append_time   timestamptz      NOT NULL,
  PRIMARY KEY (topic, partition, record_offset, path)
);
CREATE INDEX rejected_by_reason ON rejected (reason, append_time);

COMMENT ON TABLE rejected IS 'Inputs, or single fields of them, that are in no result, with the reason.';
COMMENT ON COLUMN rejected.topic IS 'Topic of the record; for a row that the database refused table: and the name of its table.';
COMMENT ON COLUMN rejected.partition IS 'Partition of the record; -1 for a refused row.';
COMMENT ON COLUMN rejected.record_offset IS 'Offset of the record; for a refused row a hash of its key.';
COMMENT ON COLUMN rejected.path IS 'The field, such as status.pos_mm; $ for the whole message; the key of a refused row.';
COMMENT ON COLUMN rejected.reason IS 'Name of the reason, such as BAD_TIMESTAMP or REFUSED_BY_DATABASE.';
COMMENT ON COLUMN rejected.detail IS 'What was seen and what is allowed, one line.';
COMMENT ON COLUMN rejected.key IS 'Key of the record as text.';
COMMENT ON COLUMN rejected.value IS 'The first KiB of the record as text; characters that the database cannot hold are U+FFFD.';
COMMENT ON COLUMN rejected.append_time IS 'When it arrived; for a refused row when it was refused.';
