COMMENT ON TABLE events IS 'Domain facts, each once; of several deliveries the one of the highest (topic, partition, record_offset).';
COMMENT ON COLUMN events.kind IS 'mission, safety, config (a change of configuration), alert (what a backend raised itself) or system (an error of a robot''s own software).';
COMMENT ON COLUMN events.type IS 'Canonical type in lower case, such as e_stop, transport, updated or acknowledged.';
COMMENT ON COLUMN events.status IS 'Canonical status of a mission, of a change of configuration (applied, pending, failed, completed) or of an alert (active, acknowledged, resolved, suppressed, expired).';
COMMENT ON COLUMN events.payload IS 'The message with the words of its source; a JSON string where it is no JSON. Of kinds other than mission and safety, passwords, hashes and tokens are masked.';
