package oht50.metrics.model;

/**
 * What the registry says of a robot.
 *
 * @param isRemoval whether it says that the robot is no longer registered
 * @param site where the robot runs; null when not said
 * @param zone id of the time zone whose calendar days its 1d windows are; null for the configured
 *     one
 * @param effectiveFrom since when the zone counts, ms, or {@link #ALWAYS}
 * @param expectedIntervalMillis how often the robot sends its telemetry, or {@link #NOT_SAID}
 * @param missionsFrom topic whose missions of the robot count; null when not said
 * @param safetyFrom topic whose safety events of the robot count; null when not said
 * @param sourceId {@link Position#sourceId()} of the record that said so
 * @param offset offset of that record
 * @param attributes the whole record as a JSON object; null of a removal, and where nobody needs it
 */
public record Registration(
    String robotId,
    boolean isRemoval,
    String site,
    String zone,
    long effectiveFrom,
    long expectedIntervalMillis,
    String missionsFrom,
    String safetyFrom,
    long sourceId,
    long offset,
    String attributes)
    implements SeriesInput {
  public static final long ALWAYS = Long.MIN_VALUE;
  public static final long NOT_SAID = -1;

  /** Of a robot whose facts count from the topics that they count from anyway. */
  public Registration(
      String robotId,
      boolean isRemoval,
      String site,
      String zone,
      long effectiveFrom,
      long expectedIntervalMillis,
      long sourceId,
      long offset,
      String attributes) {
    this(
        robotId,
        isRemoval,
        site,
        zone,
        effectiveFrom,
        expectedIntervalMillis,
        null,
        null,
        sourceId,
        offset,
        attributes);
  }

  /** What the job itself needs to know of such a robot. */
  public Registration(
      String robotId,
      boolean isRemoval,
      String site,
      String zone,
      long effectiveFrom,
      long expectedIntervalMillis,
      long sourceId,
      long offset) {
    this(
        robotId,
        isRemoval,
        site,
        zone,
        effectiveFrom,
        expectedIntervalMillis,
        sourceId,
        offset,
        null);
  }

  /** Without what only the table needs. */
  public Registration bare() {
    return new Registration(
        robotId,
        isRemoval,
        site,
        zone,
        effectiveFrom,
        expectedIntervalMillis,
        missionsFrom,
        safetyFrom,
        sourceId,
        offset,
        null);
  }

  /** The robot is no longer registered. */
  public static Registration removal(String robotId, long sourceId, long offset) {
    return new Registration(robotId, true, null, null, ALWAYS, NOT_SAID, sourceId, offset);
  }

  /** The key of the robot's series. */
  @Override
  public long key() {
    return Series.keyOfRobot(robotId);
  }
}
