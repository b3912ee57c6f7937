-- Days are cut by the zone of the robot's site. When the zone changes they are cut anew, and rows of both cuts
-- may be there, of a failed attempt of the job too; a reader never sees two that overlap.

CREATE FUNCTION withdraw_overlapping_days() RETURNS trigger
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
    IF other.incarnation <> NEW.incarnation THEN
      loses := true;
      INSERT INTO public.repair_windows (series_id, "interval", window_start, cause, requested_at)
      VALUES (NEW.series_id, '1d', NEW.window_start, 'incarnation', now())
      ON CONFLICT (series_id, "interval", window_start) DO UPDATE SET requested_at = excluded.requested_at;
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
  'Trigger of rollups: of two days of a series that overlap one stands: that of the life whose state it was first, else a final one, else the one written last. The other says count 0, with cause definition.';
REVOKE ALL ON FUNCTION withdraw_overlapping_days() FROM PUBLIC;

CREATE TRIGGER withdraw_overlapping_days AFTER INSERT ON rollups FOR EACH ROW
  WHEN (NEW."interval" = '1d' AND NEW.count > 0)
  EXECUTE FUNCTION withdraw_overlapping_days();
COMMENT ON TRIGGER withdraw_overlapping_days ON rollups IS 'When a day appears.';

CREATE TRIGGER withdraw_overlapping_days_again AFTER UPDATE ON rollups FOR EACH ROW
  WHEN (NEW."interval" = '1d' AND NEW.count > 0 AND (OLD.count = 0 OR OLD.window_end <> NEW.window_end))
  EXECUTE FUNCTION withdraw_overlapping_days();
COMMENT ON TRIGGER withdraw_overlapping_days_again ON rollups IS 'When a day comes back, or ends elsewhere.';

COMMENT ON COLUMN rollups."interval" IS 'Length of the window: 1m, 5m, 15m (internal), 1h, aligned to UTC; 1d, the calendar day of the zone that the registry names for the robot, else of time.zone of the configuration.';
COMMENT ON COLUMN rollups.count IS 'Number of samples; 0 when all of them have been retracted, and of a day that is cut otherwise now.';
COMMENT ON COLUMN repair_windows.cause IS 'late: a point beyond the correction horizon; incarnation: another life of the series owns what is stored; definition: this day and those before it are cut by a zone that is no longer the robot''s.';
