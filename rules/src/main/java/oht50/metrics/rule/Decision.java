package oht50.metrics.rule;

import oht50.metrics.model.Cause;

/**
 * When and why something is judged.
 *
 * @param watermark nothing older is expected, ms; Long.MIN_VALUE before the first, Long.MAX_VALUE
 *     at the end of a bounded input
 * @param decidedAt ms; in no identity
 * @param cause of what is published first by it
 */
record Decision(long watermark, long decidedAt, Cause cause) {}
