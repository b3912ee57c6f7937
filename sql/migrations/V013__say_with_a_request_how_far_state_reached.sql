-- A repair needs to know what of a series is stored as a whole, and when it has asked the job for that. It deletes
-- what it has answered, and its rows take the place of another life's.

ALTER TABLE repair_windows
  ADD COLUMN frontier timestamptz,
  ADD COLUMN asked_at timestamptz;
COMMENT ON COLUMN repair_windows.requested_at IS 'When it was last asked for. A repair deletes only the request it has read.';
COMMENT ON COLUMN repair_windows.frontier IS 'First instant of the series whose points the job''s state still held when it was last asked for: what lies before has been sent to the tables as a whole. infinity: state held nothing of the series; null: nobody has said so.';
COMMENT ON COLUMN repair_windows.asked_at IS 'When the repair last asked the job for the frontier, because the window reaches beyond it or none is known; null when it has not since the request.';
COMMENT ON COLUMN rollups.incarnation IS 'Life of the series in the job''s state that wrote the row; another life never replaces it, but with what a repair made of the raw points (cause backfill).';

CREATE OR REPLACE FUNCTION withdraw_overlapping_days() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  other public.rollups;
  loses boolean;
BEGIN
  FOR other IN
    SELECT r.*
    FROM public.rollups r
    WHERE r.series_id = NEW.series_id
      AND r."interval" = '1d'
      AND r.window_start > NEW.window_start - interval '2 days' -- no day is longer
      AND r.window_start < NEW.window_end
      AND r.window_start <> NEW.window_start
      AND r.window_end > NEW.window_start
      AND r.count > 0
    ORDER BY r.window_start
  LOOP
    IF other.incarnation <> NEW.incarnation AND NEW.cause <> 'backfill' THEN
      loses := true;
      INSERT INTO public.repair_windows AS w (series_id, "interval", window_start, cause, requested_at)
      VALUES (NEW.series_id, '1d', NEW.window_start, 'incarnation', now())
      ON CONFLICT (series_id, "interval", window_start)
        DO UPDATE SET requested_at = excluded.requested_at, frontier = NULL, asked_at = NULL;
    ELSIF other.is_final <> NEW.is_final THEN
      loses := other.is_final;
    ELSE
      loses := (other.epoch, other.seq) > (NEW.epoch, NEW.seq);
    END IF;
    UPDATE public.rollups
    SET count = 0, sum = 0, min = 'NaN', max = 'NaN', first = 'NaN', last = 'NaN', increase = NULL,
        boundary_increase = NULL, time_weighted_avg = NULL, covered_seconds = NULL,
        largest_gap_seconds = NULL, cause = 'definition'
    WHERE series_id = NEW.series_id
      AND "interval" = '1d'
      AND window_start = CASE WHEN loses THEN NEW.window_start ELSE other.window_start END;
    EXIT WHEN loses;
  END LOOP;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION withdraw_overlapping_days() IS
  'Trigger of rollups: of two days of a series that overlap one stands: that of the life whose state it was first, unless the other was made of the raw points by a repair; else a final one, else the one written last. The other says count 0, with cause definition.';

GRANT UPDATE (frontier, asked_at), DELETE ON repair_windows TO oht50_writer;
GRANT UPDATE (incarnation) ON rollups TO oht50_writer;
