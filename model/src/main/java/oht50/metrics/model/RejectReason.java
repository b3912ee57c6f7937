package oht50.metrics.model;

/** Why an input, or a field of it, is not in any result. The names are persisted. */
public enum RejectReason {
  /** Cannot be parsed, even leniently. */
  MALFORMED_JSON,
  /** Not of the binary form of its topic. */
  MALFORMED_BINARY,
  /**
   * A message or element over 16 KiB, a record over 1 MiB, or a scrape beyond a limit of its job.
   */
  TOO_LARGE,
  /** Not of the JSON type that the field has. */
  WRONG_TYPE,
  /** A required field is absent. */
  MISSING_FIELD,
  /** An event or message type that nobody knows. */
  UNKNOWN_MESSAGE_TYPE,
  /** No key and no id inside. */
  NO_ENTITY,
  /** Key and content name different robots. */
  KEY_MISMATCH,
  /** A time that cannot be read, is zero or negative. */
  BAD_TIMESTAMP,
  /** Event time too far beyond the time of arrival. */
  TOO_FAR_AHEAD,
  /** A word outside the field's vocabulary. */
  UNKNOWN_ENUM_VALUE,
  /** A number outside the field's range. */
  OUT_OF_RANGE,
  /** NaN or infinity where a number is needed. */
  NOT_FINITE,
  /** Not a Prometheus metric name. */
  BAD_METRIC_NAME,
  /** Not a Prometheus label name, or a reserved one. */
  BAD_LABEL_NAME,
  /** A protocol version that is not spoken here. */
  UNSUPPORTED_VERSION,
  /** An error envelope instead of data. */
  NO_DATA,
  /** Two series with the same 64-bit id. */
  SERIES_COLLISION,
  /** A row that the database refuses. */
  REFUSED_BY_DATABASE,
  /** Records that had expired before they were read; the gap was accepted. */
  EXPIRED,
  /** A window, or a fact of one, that the raw points in the tables do not hold any more. */
  REPAIR_WITHOUT_POINTS,
  /** A fact older than the counts remember: it is in no count. */
  BEYOND_COUNTS,
  /** A repair of more points than a record may carry. */
  REPAIR_TOO_LARGE,
  /** Neither the Prometheus text format nor OpenMetrics, as the target said it was. */
  MALFORMED_EXPOSITION,
  /** Another sample of the series at that time was in the same page before it. */
  DUPLICATE_SAMPLE,
  /** Rule files that cannot be evaluated; those before them stay. */
  INVALID_RULES
}
