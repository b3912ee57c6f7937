package oht50.metrics.model;

/**
 * One change of an alert's state, or its withdrawal.
 *
 * @param transitionId hash(alert_id, state, event time of the change, withdrawn), 16 hexadecimal
 *     digits: the same change has the same id in every run
 * @param alertId hash(rule, labels, activeAt), 16 hexadecimal digits
 * @param rule name of the rule or sequence
 * @param state the state after the change
 * @param previousState the state before
 * @param withdrawn whether this takes back an earlier publication that late data proved wrong
 * @param turn how often this alert has been published, from 1; with the transition id the row's key
 * @param cause why it is published now
 * @param labels identity of the alert, with {@code alertname}
 * @param annotations text for people
 * @param value value of the rule's expression; 1 for a sequence
 * @param activeAt event time at which its condition began, ms
 * @param startsAt event time at which it fires, ms
 * @param endsAt event time at which it ended, ms, or {@link #OPEN}
 * @param decidedAt when the job decided this, ms; not part of any identity
 * @param replaces id of an alert that this one takes the place of, or null
 * @param evidence what the change rests on; in no identity
 */
public record AlertTransition(
    String transitionId,
    String alertId,
    String rule,
    AlertState state,
    AlertState previousState,
    boolean withdrawn,
    int turn,
    Cause cause,
    Labels labels,
    Labels annotations,
    double value,
    long activeAt,
    long startsAt,
    long endsAt,
    long decidedAt,
    String replaces,
    Evidence evidence,
    long epoch,
    long seq)
    implements Stampable<AlertTransition> {
  /** The end of an alert that has none yet. */
  public static final long OPEN = Long.MAX_VALUE;

  /** The identity of an alert: rule, labels and the event time its condition began. */
  public static String alertId(String rule, Labels labels, long activeAt) {
    return Hash64.hex("alert\n" + Series.of(rule, labels, MetricKind.STATE) + "\n" + activeAt);
  }

  /** The identity of a change. */
  public static String transitionId(
      String alertId, AlertState state, long changedAt, boolean withdrawn) {
    return Hash64.hex(
        "transition\n" + alertId + "\n" + state.word() + "\n" + changedAt + "\n" + withdrawn);
  }

  /** Whether somebody must know at once. */
  public boolean isCritical() {
    return "critical".equals(labels.get("severity"));
  }

  @Override
  public AlertTransition stamped(long newEpoch, long newSeq) {
    return new AlertTransition(
        transitionId,
        alertId,
        rule,
        state,
        previousState,
        withdrawn,
        turn,
        cause,
        labels,
        annotations,
        value,
        activeAt,
        startsAt,
        endsAt,
        decidedAt,
        replaces,
        evidence,
        newEpoch,
        newSeq);
  }
}
