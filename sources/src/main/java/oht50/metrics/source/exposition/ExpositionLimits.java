package oht50.metrics.source.exposition;

import java.io.Serializable;

/**
 * How much a text may ask of its reader; one beyond a limit is not read at all. Bytes are limited
 * where they are received.
 *
 * @param samples of the text
 * @param labels of a sample, its name not counted
 * @param nameLength bytes of a label's name
 * @param valueLength bytes of a label's value, and of the name of a metric
 */
public record ExpositionLimits(int samples, int labels, int nameLength, int valueLength)
    implements Serializable {}
