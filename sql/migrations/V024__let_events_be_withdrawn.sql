-- What follows from several messages may follow no longer once a late one has come.

ALTER TABLE events ADD COLUMN withdrawn boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN events.withdrawn IS 'Whether it is known by now not to have happened: it followed from messages between which a late one has come.';
COMMENT ON COLUMN events.payload IS 'The message with the words of its source; a JSON string where it is no JSON. Of kinds other than mission and safety, passwords, hashes and tokens are masked. Of what follows from two states of VDA 5050: the id of the order, the type of the error, or how the emergency stop stands.';
COMMENT ON COLUMN events.topic IS 'Topic of the record that carried it, or that is the reason for it or for its withdrawal.';

GRANT UPDATE (withdrawn) ON events TO oht50_writer;
