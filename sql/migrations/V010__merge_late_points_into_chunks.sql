-- Late points become part of the chunk of their time. The chunk remembers where they came from, so that
-- whatever comes later is judged as if they were late points still; and nobody replaces it any more.

ALTER TABLE chunks
  ADD COLUMN merged_offsets_ms     integer[],
  ADD COLUMN merged_source_ids     bigint[],
  ADD COLUMN merged_record_offsets bigint[],
  ADD CONSTRAINT chunks_one_position_per_merged_point CHECK (
    (merged_offsets_ms IS NULL AND merged_source_ids IS NULL AND merged_record_offsets IS NULL)
    OR (merged_offsets_ms IS NOT NULL AND merged_source_ids IS NOT NULL AND merged_record_offsets IS NOT NULL
      AND cardinality(merged_offsets_ms) = cardinality(merged_source_ids)
      AND cardinality(merged_offsets_ms) = cardinality(merged_record_offsets)));
COMMENT ON COLUMN chunks.merged_offsets_ms IS 'Milliseconds since chunk_start of the points that were late points, ascending; NULL as long as none has been merged. A chunk with merged points is never replaced: what a writer brings then becomes late points.';
COMMENT ON COLUMN chunks.merged_source_ids IS 'Of each merged point late_points.source_id.';
COMMENT ON COLUMN chunks.merged_record_offsets IS 'Of each merged point late_points.record_offset.';
COMMENT ON CONSTRAINT chunks_one_position_per_merged_point ON chunks IS 'Each merged point has its position.';
COMMENT ON COLUMN chunks.epoch IS 'Attempt that wrote the row, from write_epochs; of merged points too, where a refused chunk brought them.';

-- Nobody asks for an element, and to count the commonest ones was most of what ANALYZE cost.
ALTER TABLE chunks
  ALTER COLUMN offsets_ms SET STATISTICS 0,
  ALTER COLUMN point_values SET STATISTICS 0,
  ALTER COLUMN merged_offsets_ms SET STATISTICS 0,
  ALTER COLUMN merged_source_ids SET STATISTICS 0,
  ALTER COLUMN merged_record_offsets SET STATISTICS 0;

-- Room for a chunk to be replaced in its page; and what is replaced every few seconds is cleared away before
-- it is a part of a large table.
ALTER TABLE chunks SET (
  fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
ALTER TABLE late_points SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

CREATE INDEX late_points_by_receipt ON late_points (received_at);
COMMENT ON INDEX late_points_by_receipt IS 'Late points that have waited longest, for the merge.';

CREATE TABLE late_point_merges (
  only_row      boolean     PRIMARY KEY DEFAULT true,
  last_run_at   timestamptz NOT NULL,
  last_merge_at timestamptz,
  merged_chunks bigint      NOT NULL,
  merged_points bigint      NOT NULL,
  CONSTRAINT late_point_merges_is_one_row CHECK (only_row)
);
COMMENT ON TABLE late_point_merges IS 'What merge_late_points has done so far; no row before its first step.';
COMMENT ON COLUMN late_point_merges.only_row IS 'Always true: there is one row at most.';
COMMENT ON COLUMN late_point_merges.last_run_at IS 'When the last step was made.';
COMMENT ON COLUMN late_point_merges.last_merge_at IS 'When a step last found something to merge; null when none ever did.';
COMMENT ON COLUMN late_point_merges.merged_chunks IS 'How many chunks have been rewritten, each as often as it was.';
COMMENT ON COLUMN late_point_merges.merged_points IS 'How many late points have become part of a chunk.';
COMMENT ON CONSTRAINT late_point_merges_is_one_row ON late_point_merges IS 'One row at most.';

CREATE FUNCTION late_points_lock() RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN 5010867493;
COMMENT ON FUNCTION late_points_lock() IS
  'Key of the advisory lock on late_points: shared by who adds to them, exclusive for who merges. Without it a point that is being merged could be judged as if it were in neither place.';

CREATE FUNCTION chunk_for_late_points(
    of_series bigint, at_time timestamptz, OUT chunk_start timestamptz, OUT chunk_end timestamptz)
  -- Dear, so that it is not asked for all late points to find the oldest.
  LANGUAGE plpgsql STABLE COST 10000 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  span     bigint;
  covering integer;
BEGIN
  SELECT count(*), min(c.chunk_start), min(c.chunk_end) INTO covering, chunk_start, chunk_end
  FROM public.chunks c
  WHERE c.series_id = of_series
    AND c.chunk_start <= at_time AND c.chunk_start > at_time - interval '24 hours'
    AND c.chunk_end > at_time;
  -- The late point hides the points of several chunks: in one of them it would no longer.
  IF covering > 1 THEN
    chunk_start := NULL;
    chunk_end := NULL;
  END IF;
  IF covering > 0 THEN
    RETURN;
  END IF;

  -- As the job cuts the series, if it does; else a minute, of which every span is made.
  SELECT to_millis(c.chunk_end) - to_millis(c.chunk_start) INTO span
  FROM public.chunks c
  WHERE c.series_id = of_series
  ORDER BY c.chunk_start DESC LIMIT 1;
  span := coalesce(span, 3600000);
  chunk_start := from_millis(to_millis(at_time) - mod(mod(to_millis(at_time), span) + span, span));
  chunk_end := chunk_start + span * interval '1 millisecond';
  IF EXISTS (
    SELECT FROM public.chunks c
    WHERE c.series_id = of_series
      AND c.chunk_start < chunk_for_late_points.chunk_end
      AND c.chunk_start > chunk_for_late_points.chunk_start - interval '24 hours'
      AND c.chunk_end > chunk_for_late_points.chunk_start)
  THEN
    chunk_start := date_trunc('minute', at_time, 'UTC');
    chunk_end := chunk_start + interval '1 minute';
  END IF;
END $$;
COMMENT ON FUNCTION chunk_for_late_points(bigint, timestamptz) IS
  'The span of the chunk that a late point is merged into: the chunk that covers its time, or one that is to be made. Nothing where several chunks cover it.';

CREATE FUNCTION merge_late_points(
    max_chunks integer, settled interval, OUT merged_chunks integer, OUT merged_points integer)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
  -- Shorter than deadlock_timeout: of the two in a deadlock this one gives up, and never the job.
  SET lock_timeout = '500ms' AS $$
DECLARE
  target record;
  chunk  public.chunks;
  late   record;
  place  integer;
  points integer;
BEGIN
  IF max_chunks IS NULL OR max_chunks < 1 OR settled IS NULL OR settled < interval '0' THEN
    RAISE EXCEPTION 'at least one chunk is to be merged, of points that have settled for no less than nothing'
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  -- Each statement has to see what was done before the lock was had.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'late points are merged in READ COMMITTED only'
      USING ERRCODE = 'invalid_transaction_state';
  END IF;
  merged_chunks := 0;
  merged_points := 0;
  PERFORM pg_advisory_xact_lock(late_points_lock());

  FOR target IN
    SELECT DISTINCT oldest.series_id, oldest.chunk_start, oldest.chunk_end
    FROM (
      SELECT l.series_id, c.chunk_start, c.chunk_end
      FROM public.late_points l
      CROSS JOIN LATERAL public.chunk_for_late_points(l.series_id, l."timestamp") AS c
      WHERE l.received_at <= now() - settled AND c.chunk_start IS NOT NULL
      ORDER BY l.received_at
      LIMIT max_chunks
    ) AS oldest
    ORDER BY oldest.series_id, oldest.chunk_start
  LOOP
    -- A chunk that is just being written is for another time.
    SELECT * INTO chunk
    FROM public.chunks c
    WHERE c.series_id = target.series_id AND c.chunk_start = target.chunk_start
    FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
      INSERT INTO public.chunks (
        series_id, chunk_start, chunk_end, offsets_ms, point_values, incarnation, epoch, seq,
        merged_offsets_ms, merged_source_ids, merged_record_offsets)
      VALUES (target.series_id, target.chunk_start, target.chunk_end, '{}', '{}', 0, 0, 0, '{}', '{}', '{}')
      ON CONFLICT (series_id, chunk_start) DO NOTHING
      RETURNING * INTO chunk;
      CONTINUE WHEN NOT FOUND;
    END IF;

    points := 0;
    FOR late IN
      DELETE FROM public.late_points l
      WHERE l.series_id = chunk.series_id
        AND l."timestamp" >= chunk.chunk_start
        AND l."timestamp" < chunk.chunk_end
        -- So many at once, and the others with another step: each is a copy of the arrays.
        AND l."timestamp" < coalesce(
          (SELECT n."timestamp"
           FROM public.late_points n
           WHERE n.series_id = chunk.series_id
             AND n."timestamp" >= chunk.chunk_start AND n."timestamp" < chunk.chunk_end
           ORDER BY n."timestamp" OFFSET 1000 LIMIT 1),
          chunk.chunk_end)
      RETURNING (to_millis(l."timestamp") - to_millis(chunk.chunk_start))::integer AS offset_ms,
        l.value, l.source_id, l.record_offset, l.epoch, l.seq
    LOOP
      points := points + 1;
      -- How many offsets are not greater: the arrays are ascending, so nothing has to be sorted.
      place := CASE WHEN cardinality(chunk.offsets_ms) > 0
        THEN width_bucket(late.offset_ms, chunk.offsets_ms) ELSE 0 END;
      IF place > 0 AND chunk.offsets_ms[place] = late.offset_ms THEN
        chunk.point_values[place] := late.value;
      ELSE
        chunk.offsets_ms := chunk.offsets_ms[:place] || late.offset_ms || chunk.offsets_ms[place + 1:];
        chunk.point_values := chunk.point_values[:place] || late.value || chunk.point_values[place + 1:];
      END IF;

      place := CASE WHEN cardinality(chunk.merged_offsets_ms) > 0
        THEN width_bucket(late.offset_ms, chunk.merged_offsets_ms) ELSE 0 END;
      IF place > 0 AND chunk.merged_offsets_ms[place] = late.offset_ms THEN
        chunk.merged_source_ids[place] := late.source_id;
        chunk.merged_record_offsets[place] := late.record_offset;
      ELSE
        chunk.merged_offsets_ms :=
          chunk.merged_offsets_ms[:place] || late.offset_ms || chunk.merged_offsets_ms[place + 1:];
        chunk.merged_source_ids :=
          chunk.merged_source_ids[:place] || late.source_id || chunk.merged_source_ids[place + 1:];
        chunk.merged_record_offsets :=
          chunk.merged_record_offsets[:place] || late.record_offset || chunk.merged_record_offsets[place + 1:];
      END IF;

      -- Late points that a refused chunk brought have their order from the same numbers as chunks.
      IF late.source_id = 0 AND (late.epoch, late.seq) > (chunk.epoch, chunk.seq) THEN
        chunk.epoch := late.epoch;
        chunk.seq := late.seq;
      END IF;
    END LOOP;

    IF points > 0 THEN
      UPDATE public.chunks c SET
        offsets_ms = chunk.offsets_ms,
        point_values = chunk.point_values,
        merged_offsets_ms = chunk.merged_offsets_ms,
        merged_source_ids = chunk.merged_source_ids,
        merged_record_offsets = chunk.merged_record_offsets,
        epoch = chunk.epoch,
        seq = chunk.seq
      WHERE c.series_id = chunk.series_id AND c.chunk_start = chunk.chunk_start;
      merged_chunks := merged_chunks + 1;
      merged_points := merged_points + points;
    END IF;
  END LOOP;

  INSERT INTO public.late_point_merges AS m (last_run_at, last_merge_at, merged_chunks, merged_points)
  VALUES (now(), CASE WHEN merge_late_points.merged_points > 0 THEN now() END,
    merge_late_points.merged_chunks, merge_late_points.merged_points)
  ON CONFLICT (only_row) DO UPDATE SET
    last_run_at = excluded.last_run_at,
    last_merge_at = coalesce(excluded.last_merge_at, m.last_merge_at),
    merged_chunks = m.merged_chunks + excluded.merged_chunks,
    merged_points = m.merged_points + excluded.merged_points;
END $$;
COMMENT ON FUNCTION merge_late_points(integer, interval) IS
  'One step, one transaction: makes late points that were received longer ago than the interval part of their chunks, at most so many chunks at once. No reader sees a point twice or not at all. The job calls it; twice at once is harmless.';

-- The writer gets late points out of the way by this function only, and deletes none.
REVOKE ALL ON FUNCTION late_points_lock(), chunk_for_late_points(bigint, timestamptz),
  merge_late_points(integer, interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION late_points_lock(), merge_late_points(integer, interval) TO oht50_writer;
GRANT SELECT ON late_point_merges TO oht50_analyst;
