-- The repair has to know that an attempt of the job has begun: what the one before had not yet written is gone.
GRANT SELECT ON SEQUENCE write_epochs TO oht50_writer;
