/**
 * YAML whose every value knows where it was written, so that all that is wrong with a file can be
 * said at once, each at its place.
 */
package oht50.metrics.yaml;
