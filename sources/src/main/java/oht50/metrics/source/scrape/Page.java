package oht50.metrics.source.scrape;

/**
 * What a target has answered.
 *
 * @param contentType or null
 * @param bytes unpacked; those after the length are not part of it
 */
record Page(String contentType, byte[] bytes, int length) {}
